/**
 * What CTDL says of a version beyond the catalogue, and competencies by their CTID. A version that was written before lacks the new parts until the
 * registry is built anew; what it has is right.
 */
export const wholeDefinitions = `
  alter table micro_credential_version
    add column exact_duration text,
    add column estimated_cost jsonb not null default '[]',
    add column components jsonb not null default '[]',
    add column assessments jsonb not null default '[]',
    add column partners jsonb not null default '[]';
  create index micro_credential_version_competency on micro_credential_version using gin (competencies jsonb_path_ops);
`;
