import type { Migration } from '@mcr/database';

/**
 * The versions of a pathway before the newest one that still hold on days of their own, the last one first. Those of pathways that there are come from
 * the log: of each version its event, unless a later one begins no later. What answers follow from changes with them, so it has new numbers.
 */
export const versionsOfAPathway: Migration = {
  number: 7,
  name: 'versions of a pathway',
  sql: () => `
    alter table pathway add column earlier jsonb not null default '[]';

    with published as (
      select key as id, event::jsonb -> 'data' as snapshot, (event::jsonb #>> '{data,version}')::int as version
      from event_log where topic = 'mcr.transfer.v1' and type = 'ca.bc.mcr.pathway.published.v1'
    )
    update pathway p set earlier = still.versions
    from (
      select v.id, jsonb_agg(v.snapshot order by v.version desc) as versions
      from published v
      where not exists (
        select from published later where later.id = v.id and later.version > v.version and later.snapshot ->> 'startDate' <= v.snapshot ->> 'startDate'
      ) and v.version < (select version from pathway newest where newest.id = v.id)
      group by v.id
    ) still
    where still.id = p.id;

    with changed as (
      select id, row_number() over (order by id) as place from pathway where status = 'PUBLISHED' and earlier <> '[]'
    ), head as (
      update graph_head set change = change + (select count(*) from changed) returning change
    )
    insert into graph_change (kind, id, change)
    select 'PATHWAY', id, head.change - (select count(*) from changed) + place from changed cross join head
    on conflict (kind, id) do update set change = excluded.change;
  `,
};
