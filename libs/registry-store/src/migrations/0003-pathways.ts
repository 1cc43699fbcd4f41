/** The newest version of each pathway; earlier ones nobody is shown. */
export const pathways = `
  create table pathway (
    id text collate "C" primary key,
    version int not null,
    owner_id text collate "C" not null,
    name jsonb not null,
    sort_name text collate "C" not null generated always as (left(fold(name ->> 'en-CA'), 200)) stored,
    kind text not null,
    destination_type text not null,
    start_on date not null,
    end_on date,
    requirement jsonb not null,
    limits jsonb not null,
    sharing jsonb,
    status text not null,
    aggregate_version int not null
  );
  create index pathway_of_owner on pathway (owner_id);
  create index pathway_by_name on pathway (sort_name, id);
`;
