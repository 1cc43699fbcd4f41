import type { Migration } from '@mcr/database';

/** What each consumer has in hand, for the case that its process dies of it. */
export const attempts: Migration = {
  number: 4,
  name: 'attempts',
  sql: () => `
    -- Written before a batch, and forgotten when the checkpoint has passed to_pos. While entries are gone through one at a time,
    -- alone_pos is the one in hand and count says how often a process will have died with it, should this one die.
    create table attempt (
      consumer text not null,
      topic text not null,
      partition int not null,
      from_pos bigint not null,
      to_pos bigint not null,
      alone_pos bigint,
      count int not null default 0,
      primary key (consumer, topic, partition)
    ) with (fillfactor = 50);
  `,
};
