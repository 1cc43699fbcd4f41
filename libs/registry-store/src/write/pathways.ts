import type { LanguageMap } from '@mcr/event-kit';
import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

export interface PathwayEntry {
  readonly ctid: string;
  readonly version: number;
  readonly ownedBy: string;
  readonly name: LanguageMap;
  readonly kind: string;
  readonly destinationType: string;
  /** The CTID of a micro-credential. */
  readonly destination?: string;
  readonly startDate: string;
  readonly endDate?: string;
  /** The tree as its event carries it; the registry only shows it. */
  readonly requirement: object;
  readonly limits: readonly object[];
  readonly sharing?: object;
  readonly status: string;
  readonly aggregateVersion: number;
}

const columns = [
  ['id', 'ctid', 'text'],
  ['version', 'version', 'int'],
  ['owner_id', 'ownedBy', 'text'],
  ['name', 'name', 'jsonb'],
  ['kind', 'kind', 'text'],
  ['destination_type', 'destinationType', 'text'],
  ['destination_id', 'destination', 'text'],
  ['start_on', 'startDate', 'date'],
  ['end_on', 'endDate', 'date'],
  ['requirement', 'requirement', 'jsonb'],
  ['limits', 'limits', 'jsonb'],
  ['sharing', 'sharing', 'jsonb'],
  ['status', 'status', 'text'],
  ['aggregate_version', 'aggregateVersion', 'int'],
] as const satisfies readonly (readonly [column: string, property: keyof PathwayEntry, type: string])[];

const list = (part: (column: (typeof columns)[number]) => string) => columns.map(part).join(', ');

const sql = statement(
  (registry) => `
  insert into ${registry}.pathway as kept (${list(([column]) => column)})
  select distinct on (ctid) ${list(([, property]) => `"${property}"`)}
  from jsonb_to_recordset($1::jsonb) as given (${list(([, property, type]) => `"${property}" ${type}`)})
  order by ctid, "aggregateVersion" desc
  on conflict (id) do update set ${list(([column]) => `${column} = excluded.${column}`)}
  where kept.aggregate_version < excluded.aggregate_version`,
);

/** Writes each pathway as its newest entry says, here or already kept. */
export async function upsertPathways(tx: Writer, entries: readonly PathwayEntry[]): Promise<void> {
  await tx.query(sql(tx), [JSON.stringify(entries)]);
}
