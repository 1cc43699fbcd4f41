import type { Migration } from '@mcr/database';

/** What institutions send with an award beside its dates, and credentials that they signed themselves. */
export const particulars: Migration = {
  number: 6,
  name: 'particulars of awards',
  sql: () => `
    -- The ids of the assessments of a version, which records may name.
    alter table micro_credential_version add column assessments text[] not null default '{}';
    update micro_credential_version set assessments = array(select a ->> 'id' from jsonb_array_elements(snapshot -> 'assessments') as a)
      where jsonb_typeof(snapshot -> 'assessments') = 'array';

    -- Results, evidence, by what a credential names the learner, and an institution's own credential: encrypted under a key outside the database.
    -- Most awards have none.
    create table award_particulars (
      award_id uuid primary key references award,
      sealed bytea not null,
      -- The id of the institution's own credential: no two awards have the same.
      credential_id text collate "C" unique
    );

    -- A credential that its institution signed has an entry in no list of ours: it could not know one.
    alter table credential alter column status_list_id drop not null;
    alter table credential alter column status_list_index drop not null;
    alter table credential add check ((status_list_id is null) = (status_list_index is null)) not valid;
    -- Whose signature it has. The document of an institution's own may be the text of a JWT.
    alter table credential add column signed_by text not null default 'REGISTRY' check (signed_by in ('REGISTRY', 'INSTITUTION'));
  `,
};
