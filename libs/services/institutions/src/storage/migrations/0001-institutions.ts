import type { Migration } from '@mcr/database';

/**
 * A CTID stands in `id`, because `ctid` is a system column of PostgreSQL.
 * What each status needs is checked here too, so that a row is always one of the states of the domain.
 */
export const institutions: Migration = {
  number: 1,
  name: 'institutions and their publishing clients',
  sql: () => `
    create table institution (
      id text primary key,
      code text not null unique,
      name jsonb not null,
      agent_type text not null,
      region text not null,
      subject_webpage text,
      status text not null check (status in ('INVITED', 'PENDING_VERIFICATION', 'ACTIVE', 'SUSPENDED')),
      version int not null check (version > 0),
      verified_by text,
      activated_by text,
      reason text,
      changed_by text not null,
      changed_at timestamptz not null,
      constraint verified_by_somebody check ((status = 'INVITED') = (verified_by is null)),
      constraint activated_by_somebody check ((status in ('ACTIVE', 'SUSPENDED')) = (activated_by is not null)),
      constraint activated_by_another check (activated_by <> verified_by),
      constraint suspended_for_a_reason check (status <> 'SUSPENDED' or reason is not null)
    );

    create table publishing_client (
      client_id text primary key,
      institution_id text not null references institution,
      public_key jsonb not null,
      scopes text[] not null,
      status text not null check (status in ('ACTIVE', 'REVOKED')),
      reason text,
      changed_by text not null,
      changed_at timestamptz not null
    );
    create index publishing_client_of_institution on publishing_client (institution_id);
  `,
};
