import type { Migration } from '@mcr/database';

/** A CTID stands in `id`, because `ctid` is a system column of PostgreSQL. */
export const microCredentials: Migration = {
  number: 1,
  name: 'micro-credentials, their versions and titles, and the copy of institutions',
  sql: () => `
    create table institution (
      id text primary key,
      code text not null,
      status text not null,
      version int not null
    );
    create index institution_by_code on institution (code);

    create table micro_credential (
      id text primary key,
      owned_by text not null,
      aggregate_version int not null check (aggregate_version >= 0)
    );

    create table micro_credential_version (
      micro_credential_id text not null references micro_credential,
      version int not null check (version > 0),
      owned_by text not null,
      offered_by text[] not null check (cardinality(offered_by) > 0),
      title_key text not null,
      definition jsonb not null,
      status text not null check (status in ('DRAFT', 'PUBLISHED')),
      rule_set text,
      changed_by text not null,
      changed_at timestamptz not null,
      primary key (micro_credential_id, version),
      constraint published_under_rules check ((status = 'PUBLISHED') = (rule_set is not null))
    );
    create unique index one_draft_at_a_time on micro_credential_version (micro_credential_id) where status = 'DRAFT';

    -- A title belongs to one micro-credential of its owner, as long as one of its versions carries it.
    -- The key is a hash: a folded title may be longer than an index entry.
    create table title (
      owned_by text not null,
      title_key text not null,
      micro_credential_id text not null references micro_credential,
      primary key (owned_by, title_key)
    );
    create index title_of_micro_credential on title (micro_credential_id);

    create function refuse_change_of_published() returns trigger language plpgsql as $$
    begin
      raise exception 'version % of micro-credential % is published and never changes', old.version, old.micro_credential_id
        using errcode = 'integrity_constraint_violation';
    end $$;
    create trigger published_never_changes before update or delete on micro_credential_version
      for each row when (old.status = 'PUBLISHED') execute function refuse_change_of_published();
  `,
};
