import type { Migration } from '@mcr/database';

/**
 * A CTID stands in `id`, because `ctid` is a system column of PostgreSQL. The first two tables are pathways' own copy of what other services
 * said; `aggregate_version` is the version of the event that a row was last written by.
 */
export const createTables: Migration = {
  number: 1,
  name: 'facts of others, and agreements',
  sql: () => `
    create table institution (
      id text collate "C" primary key,
      code text not null,
      status text not null,
      aggregate_version int not null
    );
    create index institution_code on institution (code);

    create table micro_credential (
      id text collate "C" primary key,
      is_non_credit boolean not null,
      offered_by text[] not null,
      aggregate_version int not null
    );

    create table agreement (
      id text collate "C" primary key,
      kind text not null,
      sender_id text collate "C" not null,
      receiver_id text collate "C" not null,
      start_on date not null,
      end_on date check (end_on > start_on),
      ground text collate "C" not null,
      published_by text not null,
      published_at timestamptz not null,
      version int not null
    );
    -- A hash, because the text of a ground may be longer than an index entry.
    create index agreement_of_ground on agreement using hash (ground);

    create table agreement_from (
      agreement_id text collate "C" not null references agreement,
      position int not null,
      micro_credential_id text collate "C" not null,
      min_grade numeric,
      primary key (agreement_id, position),
      unique (agreement_id, micro_credential_id)
    );
    create index agreement_from_micro_credential on agreement_from (micro_credential_id);

    create table agreement_grant (
      agreement_id text collate "C" not null references agreement,
      position int not null,
      course text,
      subject text not null,
      level int,
      credits numeric not null check (credits > 0),
      primary key (agreement_id, position)
    );
  `,
};
