import type { Migration } from '@mcr/database';

/** What operators did, what they dropped, and who may change what is set aside: nobody. */
export const operating: Migration = {
  number: 3,
  name: 'operating',
  sql: ({ running }) => `
    -- Every act of an operator, written in its own transaction: who, when, what and why.
    create table operator_action (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      who text not null,
      action text not null check (action in ('REDRIVE', 'REDRIVE_REFUSED', 'DISCARD_ASKED', 'DISCARD_CONFIRMED', 'REPLAY',
        'REBUILD_BEGUN', 'REBUILD_SWAPPED', 'REBUILD_ABANDONED', 'RECONCILE')),
      reason text not null,
      consumer text not null,
      topic text,
      partition int,
      pos bigint,
      key text,
      outcome jsonb not null default '{}'
    );
    create index operator_action_place on operator_action (consumer, topic, partition, pos);

    create function refuse_change_of_actions() returns trigger language plpgsql as $$
    begin
      raise exception 'what operators did is not changed afterwards' using errcode = '42501';
    end $$;
    create trigger operator_action_is_append_only before update or delete or truncate on operator_action
      for each statement execute function refuse_change_of_actions();
    revoke all on operator_action from ${running};
    grant select, insert on operator_action to ${running};

    -- Events that two people agreed to drop. A replay or a rebuild passes them over.
    create table discarded_event (
      consumer text not null,
      topic text not null,
      partition int not null,
      pos bigint not null,
      key text not null,
      action_id bigint not null references operator_action,
      primary key (consumer, topic, partition, pos)
    );
    revoke all on discarded_event from ${running};
    grant select, insert on discarded_event to ${running};

    -- The stored bytes of an event are never corrected: they are applied as they came, or not at all.
    revoke update on dead_letter, parked_event from ${running};
    grant update (reason, detail, buried_at) on dead_letter to ${running};
  `,
};
