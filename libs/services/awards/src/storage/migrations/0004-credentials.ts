import type { Migration } from '@mcr/database';

/**
 * Credentials, and what they are made of. The copies of institutions and versions keep their whole snapshot from now on: what the rows lack is in
 * the logs, which are read again from their beginning.
 */
export const credentials: Migration = {
  number: 4,
  name: 'credentials',
  sql: () => `
    alter table institution add column snapshot jsonb;
    update institution set version = 0;
    alter table micro_credential_version add column snapshot jsonb;
    delete from checkpoint where consumer = 'awards.facts' and topic in ('mcr.institutions.v1', 'mcr.programs.v1');
    delete from dead_letter where consumer = 'awards.facts' and topic in ('mcr.institutions.v1', 'mcr.programs.v1');
    delete from parked_event where consumer = 'awards.facts' and topic in ('mcr.institutions.v1', 'mcr.programs.v1');
    delete from attempt where consumer = 'awards.facts' and topic in ('mcr.institutions.v1', 'mcr.programs.v1');

    -- What an institution was from an instant on: whether it was recognised when it made an award.
    create table institution_standing (
      institution_ctid text collate "C" not null,
      version int not null,
      status text not null,
      since timestamptz not null,
      primary key (institution_ctid, version)
    );

    create table issuer_key (
      kid text collate "C" primary key,
      institution_ctid text collate "C" not null,
      did text not null,
      public_key_multibase text not null,
      held_by text not null check (held_by in ('INSTITUTION', 'REGISTRY')),
      status text not null check (status in ('ACTIVE', 'RETIRED', 'COMPROMISED')),
      activated_at timestamptz not null,
      retired_at timestamptz,
      compromised_at timestamptz,
      version int not null
    );
    create index issuer_key_of_institution on issuer_key (institution_ctid);

    -- The lists of an institution, filled one after the other: never more than three quarters of one.
    create table status_list (
      list_id uuid primary key,
      institution_ctid text collate "C" not null,
      number int not null,
      entries int not null check (entries >= 131072),
      -- One bit an entry that some credential has.
      allocated bytea not null,
      used int not null check (used between 0 and entries),
      unique (institution_ctid, number)
    );

    -- What the world reads of a list: signed, and what its bits were then.
    create table published_status_list (
      list_id uuid not null references status_list,
      purpose text not null check (purpose in ('revocation', 'suspension')),
      bits_hash bytea not null,
      kid text collate "C" not null,
      document text not null,
      etag text not null,
      signed_at timestamptz not null,
      valid_until timestamptz not null,
      primary key (list_id, purpose)
    );

    -- One signed credential an award. The document is kept as it was signed.
    create table credential (
      award_id uuid primary key references award,
      credential_id text collate "C" not null unique,
      kid text not null,
      status_list_id uuid not null references status_list,
      status_list_index int not null,
      hash bytea not null,
      document text not null,
      -- The same as a JWT, once somebody asked for it so.
      jwt text,
      issued_at timestamptz not null,
      unique (status_list_id, status_list_index)
    );
    create index credential_by_hash on credential (hash);

    -- What a learner gave out to show a credential; the token itself is not kept.
    create table share (
      token_hash bytea primary key,
      share_id uuid not null unique,
      award_id uuid not null references award,
      learner_ref uuid not null,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      ended_at timestamptz,
      views int not null default 0,
      last_viewed_at timestamptz
    );
    create index share_of_learner on share (learner_ref, created_at);

    -- Awards whose institution has no key that the registry may sign with: they get their credential once it has.
    create table credential_awaited (
      award_id uuid primary key references award,
      institution_ctid text collate "C" not null
    );
    create index credential_awaited_of_institution on credential_awaited (institution_ctid, award_id);

    create index source_award_of_award on source_award (award_id);
    create index award_revoked on award (award_id) where status = 'REVOKED';
  `,
};
