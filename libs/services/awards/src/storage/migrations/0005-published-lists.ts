import type { Migration } from '@mcr/database';

/** Each publication of a status list is an event; its version counts them. What was published before was told to nobody, and is version 0. */
export const publishedLists: Migration = {
  number: 5,
  name: 'published lists',
  sql: () => `
    alter table published_status_list add column version int not null default 0;
  `,
};
