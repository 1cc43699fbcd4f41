import type { Migration } from '@mcr/database';

/** What the sign-in knows of the publishing clients. Filled from their events alone. */
export const publishingClient: Migration = {
  number: 1,
  name: 'publishing client',
  sql: () => `
    create table publishing_client (
      client_id text primary key,
      institution_code text not null,
      scopes text[] not null,
      public_key jsonb not null,
      status text not null check (status in ('ACTIVE', 'REVOKED')),
      aggregate_version int not null
    )`,
};
