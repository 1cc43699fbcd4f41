/**
 * Agreements of every kind, in every state. What a row lacks that was written before stays unsaid until its next event, or until the registry is
 * built anew: those were active, and nothing else is in doubt.
 */
export const agreements = `
  alter table agreement
    add column status text not null default 'ACTIVE',
    add column priority int not null default 0,
    add column max_age_months int,
    add column requires_unexpired boolean not null default false,
    add column program_scope jsonb,
    add column conditions jsonb not null default '[]',
    add column cap_bucket text,
    add column exclusive_group text,
    add column evidence_url text,
    add column signatures jsonb not null default '[]',
    add column reason text;
  alter table agreement alter column status drop default;
  alter table agreement_from add column max_grade numeric;
  alter table agreement_grant add column areas jsonb, add column waives text;

  -- The micro-credential at the end of a pathway, where it is one.
  alter table pathway add column destination_id text collate "C";

  -- What holds for a transfer agreement on a day; its last day is included. What both signed follows from its days; all else is as it was said last.
  create function effective_agreement_status(status text, start_on date, end_on date, as_of_day date) returns text language sql immutable parallel safe
    return case
      when status in ('PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'TERMINATED') then status
      when start_on > as_of_day then 'AGREED'
      when end_on < as_of_day then 'ENDED'
      else 'ACTIVE'
    end;
  drop function effective_agreement_status(date, date, date);
`;
