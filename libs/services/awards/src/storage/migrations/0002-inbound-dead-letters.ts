import type { Migration } from '@mcr/database';

/** Records on inbound topics that name no event to answer to. Found again by place and content, so that reading them twice lists them once. */
export const inboundDeadLetters: Migration = {
  number: 2,
  name: 'inbound dead letters',
  sql: () => `
    create table inbound_dead_letter (
      dead_letter_id uuid primary key,
      institution_code text not null,
      topic text not null,
      -- "offset" is a word of SQL.
      record_offset bigint not null,
      sha256 bytea not null,
      reason text not null check (reason in ('MALFORMED', 'NULL_RECORD', 'TOO_LARGE')),
      detail text not null,
      bytes int not null,
      -- Key, headers and value as they were sent, encrypted under a key outside the database.
      sealed bytea not null,
      received_at timestamptz not null,
      unique (topic, record_offset, sha256)
    );
    create index inbound_dead_letter_of_institution on inbound_dead_letter (institution_code, dead_letter_id);
  `,
};
