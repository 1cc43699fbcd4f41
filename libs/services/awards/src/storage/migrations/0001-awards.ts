import type { Migration } from '@mcr/database';

/**
 * Facts of other services, as their events told them; what institutions sent and what became of it; awards; learners.
 * Nothing of a learner is here but keyed hashes of identifiers and a random reference. No row copies a field of another aggregate.
 */
export const awardsTables: Migration = {
  number: 1,
  name: 'awards',
  sql: () => `
    -- PostgreSQL has a system column "ctid" of its own.
    create table institution (
      institution_ctid text primary key,
      code text not null,
      status text not null,
      version int not null
    );
    create index institution_code on institution (code);

    create table publishing_client (
      client_id text primary key,
      institution_ctid text not null,
      status text not null check (status in ('ACTIVE', 'REVOKED')),
      version int not null
    );

    create table micro_credential_version (
      micro_credential_ctid text not null,
      version int not null,
      owned_by text not null,
      offered_by text[] not null,
      date_effective date not null,
      expiration_date date,
      is_non_credit boolean not null,
      credit_value double precision,
      competencies text[] not null,
      primary key (micro_credential_ctid, version)
    );

    create table submission (
      submission_id uuid primary key,
      institution_code text not null,
      event_id text not null,
      -- A keyed hash of type and data, the same for the same content only.
      content_hash bytea not null,
      -- The submission that came first, when another content was sent under the same event id.
      conflict_of uuid,
      source_award_id text,
      state text not null check (state in ('PENDING', 'ACCEPTED', 'REJECTED', 'DUPLICATE')),
      award_id uuid,
      errors json,
      warnings json,
      -- The micro-credential that a waiting record needs; null when it waits for an earlier revision.
      awaits text,
      -- The record itself while it waits, encrypted under a key outside the database.
      sealed bytea,
      received_at timestamptz not null,
      decided_at timestamptz,
      check ((state = 'PENDING') = (decided_at is null)),
      check (state = 'PENDING' or (sealed is null and awaits is null))
    ) with (fillfactor = 90);
    create unique index submission_event on submission (institution_code, event_id) where conflict_of is null;
    create unique index submission_conflict on submission (institution_code, event_id, content_hash) where conflict_of is not null;
    create index submission_waiting on submission (institution_code, source_award_id) where state = 'PENDING';

    -- One row a sourceAwardId: the lock under which everything of it is decided.
    create table source_award (
      institution_code text not null,
      source_award_id text not null,
      -- The content hashes of the accepted revisions 1, 2, 3, …, 32 bytes each.
      accepted bytea not null,
      award_id uuid,
      primary key (institution_code, source_award_id)
    ) with (fillfactor = 90);

    create table award (
      award_id uuid primary key,
      -- The partition of its events: that of its sourceAwardId.
      partition int not null,
      version int not null,
      revision int not null,
      institution_ctid text not null,
      micro_credential_ctid text not null,
      micro_credential_version int not null,
      learner_ref uuid not null,
      awarded_date date not null,
      valid_from timestamptz,
      valid_until timestamptz,
      activity_start_date date,
      activity_end_date date,
      method text not null,
      credits_earned double precision,
      hours_completed double precision,
      competencies_demonstrated json,
      status text not null check (status in ('ACTIVE', 'REVOKED')),
      reason_code text,
      revoked_at timestamptz,
      received_at timestamptz not null,
      check ((status = 'REVOKED') = (revoked_at is not null and reason_code is not null))
    ) with (fillfactor = 90);
    create index award_learner on award (learner_ref);

    create table learner_identifier (
      -- HMAC-SHA-256 of type, institution (student numbers only) and value, under a key outside the database.
      fingerprint bytea primary key,
      type text not null check (type in ('DID', 'PEN', 'STUDENT_NUMBER', 'EMAIL')),
      learner_ref uuid not null
    );
    -- Nobody has two PENs.
    create unique index learner_pen on learner_identifier (learner_ref) where type = 'PEN';
  `,
};
