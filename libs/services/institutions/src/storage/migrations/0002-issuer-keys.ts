import type { Migration } from '@mcr/database';

/** Keys with which credentials are signed. Each status has what it needs, so that a row is always one of the states of the domain. */
export const issuerKeys: Migration = {
  number: 2,
  name: 'issuer keys',
  sql: () => `
    create table issuer_key (
      institution_id text not null references institution,
      public_key_multibase text collate "C" not null,
      did text not null,
      held_by text not null check (held_by in ('INSTITUTION', 'REGISTRY')),
      status text not null check (status in ('PROPOSED', 'ACTIVE', 'RETIRED', 'COMPROMISED')),
      challenge text,
      challenge_expires_at timestamptz,
      activated_at timestamptz,
      retired_at timestamptz,
      compromised_at timestamptz,
      -- The private key that the registry made, encrypted under a key outside the database.
      sealed_private_key bytea,
      changed_by text not null,
      changed_at timestamptz not null,
      primary key (institution_id, public_key_multibase),
      constraint proposed_with_a_challenge check ((status = 'PROPOSED') = (challenge is not null and challenge_expires_at is not null)),
      constraint active_once check ((status = 'PROPOSED') = (activated_at is null)),
      constraint retired_once check (status <> 'RETIRED' or retired_at is not null),
      constraint compromised_once check ((status = 'COMPROMISED') = (compromised_at is not null)),
      constraint held_where_it_is check ((held_by = 'REGISTRY') = (sealed_private_key is not null))
    );
    -- Anybody can name a key; whoever proves to have it is the only one.
    create unique index issuer_key_of_one_institution on issuer_key (public_key_multibase) where status <> 'PROPOSED';
  `,
};
