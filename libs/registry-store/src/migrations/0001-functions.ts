export const functions = `
  -- Text without case and accents, for searching and sorting. PostgreSQL calls unaccent stable because its rules are a file;
  -- that file is a part of the server's release, so this may be called immutable, which generated columns need.
  create function fold(given text) returns text language sql immutable strict parallel safe
    return lower(extensions.unaccent('extensions.unaccent'::regdictionary, normalize(given, nfc)));

  -- What a micro-credential is found by: its name before its keywords, before its description and competencies.
  -- Very long texts are cut, because a tsvector holds at most one megabyte.
  create function document_of(name jsonb, keyword jsonb, description jsonb, competencies jsonb, coded_notation text) returns tsvector
    language sql immutable parallel safe
    return
      setweight(to_tsvector('english', fold(name ->> 'en-CA')) || to_tsvector('french', coalesce(fold(name ->> 'fr-CA'), '')), 'A')
      || setweight(to_tsvector('simple', fold(coded_notation)), 'A')
      || setweight(to_tsvector('english', left(fold(keyword::text), 20000)), 'B')
      || setweight(to_tsvector('english', left(fold(description ->> 'en-CA'), 20000)), 'C')
      || setweight(to_tsvector('french', coalesce(left(fold(description ->> 'fr-CA'), 20000), '')), 'C')
      || setweight(to_tsvector('english', left(fold(jsonb_path_query_array(competencies, '$[*].competencyText')::text), 20000)), 'D');

  -- What holds for an award at a moment, from what was recorded and its dates: the one place where this is written.
  -- Valid from its first instant, or the day it was awarded, up to but not including validUntil. A revocation counts for every moment.
  -- The day in British Columbia comes with the moment, because servers disagree on its clock: it has stayed on summer time since 2026.
  create function effective_award_status(
    status text, awarded_on date, valid_from timestamptz, valid_until timestamptz, as_of timestamptz, as_of_day date
  ) returns text language sql immutable parallel safe
    return case
      when status = 'REVOKED' then 'REVOKED'
      when valid_from > as_of or (valid_from is null and awarded_on > as_of_day) then 'SCHEDULED'
      when valid_until <= as_of then 'EXPIRED'
      else 'ACTIVE'
    end;

  -- What holds for a transfer agreement on a day; its last day is included.
  create function effective_agreement_status(start_on date, end_on date, as_of_day date) returns text language sql immutable parallel safe
    return case when start_on > as_of_day then 'AGREED' when end_on < as_of_day then 'ENDED' else 'ACTIVE' end;
`;
