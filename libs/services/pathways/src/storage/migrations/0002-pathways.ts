import type { Migration } from '@mcr/database';

/**
 * Pathways, and what the engine is told of micro-credentials. `graph_change` says under which number each fact was last changed; the numbers
 * come from `graph_head`, whose row is locked until the commit, so that they become visible in order and without gaps. Neither is a part of the
 * projection: that one is built anew in other tables, and whoever follows the numbers reads everything again afterwards.
 */
export const pathwaysAndTheirGraph: Migration = {
  number: 2,
  name: 'pathways and their graph',
  sql: () => `
    create table pathway (
      id text collate "C" primary key,
      version int not null,
      owner_id text collate "C" not null,
      snapshot jsonb not null,
      status text not null check (status in ('PUBLISHED', 'RETIRED')),
      changed_by text not null,
      changed_at timestamptz not null,
      aggregate_version int not null
    );

    create table graph_head (
      only_row boolean primary key default true check (only_row),
      change bigint not null
    );
    insert into graph_head (change) values (0);

    create table graph_change (
      kind text not null check (kind in ('MICRO_CREDENTIAL', 'AGREEMENT', 'PATHWAY')),
      id text collate "C" not null,
      change bigint not null,
      primary key (kind, id)
    );
    create unique index graph_change_by_number on graph_change (change);

    -- What the rows lack is in the log: it is read again from its beginning.
    alter table micro_credential add column fact jsonb;
    update micro_credential set aggregate_version = 0;
    delete from checkpoint where consumer = 'pathways.facts' and topic = 'mcr.programs.v1';
    delete from dead_letter where consumer = 'pathways.facts' and topic = 'mcr.programs.v1';
    delete from parked_event where consumer = 'pathways.facts' and topic = 'mcr.programs.v1';
    delete from attempt where consumer = 'pathways.facts' and topic = 'mcr.programs.v1';
  `,
};
