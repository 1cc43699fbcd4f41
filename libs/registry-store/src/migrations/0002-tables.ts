/**
 * The read model. No row copies a field of another aggregate: names are joined by primary key, so topics may arrive in any order.
 * A CTID stands in `id`, because `ctid` is a system column of PostgreSQL. `aggregate_version` is the version of the event that a row was last written by; an older event never overwrites it.
 */
export const tables = `
  create table institution (
    id text collate "C" primary key,
    code text not null,
    name jsonb not null,
    sort_name text collate "C" not null generated always as (left(fold(name ->> 'en-CA'), 200)) stored,
    agent_type text not null,
    region text not null,
    subject_webpage text,
    status text not null,
    aggregate_version int not null
  );
  -- Not unique: that a code belongs to one institution is the institutions service's rule, and a read model refuses nothing.
  create index institution_code on institution (code);

  create table micro_credential (
    id text collate "C" primary key,
    current_version int not null,
    aggregate_version int not null
  );

  -- Every version that was ever published, because an award is pinned to the one that was earned.
  create table micro_credential_version (
    id text collate "C" not null,
    version int not null,
    owned_by text collate "C" not null,
    offered_by text[] not null,
    name jsonb not null,
    sort_name text collate "C" not null generated always as (left(fold(name ->> 'en-CA'), 200)) stored,
    description jsonb not null,
    coded_notation text,
    subject_webpage text,
    total_hours numeric not null,
    is_non_credit boolean not null,
    credit_value jsonb,
    delivery_type text,
    date_effective date not null,
    expiration_date date,
    in_language jsonb not null,
    keyword jsonb not null,
    purpose text,
    instructional_program_type text,
    occupation_type jsonb not null,
    competencies jsonb not null,
    status text not null,
    aggregate_version int not null,
    document tsvector not null generated always as (document_of(name, keyword, description, competencies, coalesce(coded_notation, ''))) stored,
    primary key (id, version)
  );
  create index micro_credential_version_document on micro_credential_version using gin (document);

  create table award (
    id uuid primary key,
    source_award_id text not null,
    revision int not null,
    institution_id text collate "C" not null,
    micro_credential_id text collate "C" not null,
    micro_credential_version int not null,
    awarded_on date not null,
    valid_from timestamptz,
    valid_until timestamptz,
    method text not null,
    credits_earned numeric,
    hours_completed numeric,
    status text not null,
    reason_code text,
    aggregate_version int not null
  );
  -- Each serves one list in its order, and carries what the status follows from, so that a total is counted from the index alone.
  create index award_of_institution on award (institution_id, awarded_on desc, id desc) include (status, valid_from, valid_until);
  create index award_of_micro_credential on award (micro_credential_id, awarded_on desc, id desc) include (institution_id, status, valid_from, valid_until);
  create index award_by_date on award (awarded_on desc, id desc) include (status, valid_from, valid_until);

  create table agreement (
    id text collate "C" primary key,
    kind text not null,
    sender_id text collate "C" not null,
    receiver_id text collate "C" not null,
    start_on date not null,
    end_on date,
    aggregate_version int not null
  );
  create index agreement_of_sender on agreement (sender_id, start_on desc, id desc);
  create index agreement_of_receiver on agreement (receiver_id, start_on desc, id desc);
  create index agreement_by_start on agreement (start_on desc, id desc);

  create table agreement_from (
    agreement_id text collate "C" not null references agreement,
    position int not null,
    micro_credential_id text collate "C" not null,
    min_grade numeric,
    primary key (agreement_id, position)
  );
  create index agreement_from_micro_credential on agreement_from (micro_credential_id);

  create table agreement_grant (
    agreement_id text collate "C" not null references agreement,
    position int not null,
    course text,
    subject text not null,
    level int,
    credits numeric not null,
    primary key (agreement_id, position)
  );

  -- The time of the newest event taken in. A topic has several slots, so that transactions of its partitions need not wait for one another.
  create table projection_state (
    topic text not null,
    slot int not null,
    last_event_at timestamptz not null default '-infinity',
    primary key (topic, slot)
  );
`;
