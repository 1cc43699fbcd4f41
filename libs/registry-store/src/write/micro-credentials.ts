import type { LanguageMap } from '@mcr/event-kit';
import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

/** A published version; what no query shows is left out. */
export interface MicroCredentialEntry {
  readonly ctid: string;
  readonly version: number;
  readonly ownedBy: string;
  readonly offeredBy: readonly string[];
  readonly name: LanguageMap;
  readonly description: LanguageMap;
  readonly codedNotation?: string;
  readonly subjectWebpage?: string;
  readonly totalHours: number;
  readonly isNonCredit: boolean;
  readonly creditValue?: { readonly value: number; readonly creditUnitType: string; readonly creditLevelType?: string };
  readonly deliveryType?: string;
  readonly dateEffective: string;
  readonly expirationDate?: string;
  readonly inLanguage: readonly string[];
  readonly keyword: readonly string[];
  readonly purpose?: string;
  readonly instructionalProgramType?: string;
  readonly occupationType: readonly string[];
  readonly competencies: readonly { readonly ctid: string; readonly competencyText: string; readonly competencyLabel?: string }[];
  readonly exactDuration?: string;
  readonly estimatedCost: readonly object[];
  readonly components: readonly object[];
  readonly assessments: readonly object[];
  readonly partners: readonly object[];
  readonly status: string;
  readonly aggregateVersion: number;
}

const columns = [
  ['id', 'ctid', 'text'],
  ['version', 'version', 'int'],
  ['owned_by', 'ownedBy', 'text'],
  ['offered_by', 'offeredBy', 'text[]'],
  ['name', 'name', 'jsonb'],
  ['description', 'description', 'jsonb'],
  ['coded_notation', 'codedNotation', 'text'],
  ['subject_webpage', 'subjectWebpage', 'text'],
  ['total_hours', 'totalHours', 'numeric'],
  ['is_non_credit', 'isNonCredit', 'boolean'],
  ['credit_value', 'creditValue', 'jsonb'],
  ['delivery_type', 'deliveryType', 'text'],
  ['date_effective', 'dateEffective', 'date'],
  ['expiration_date', 'expirationDate', 'date'],
  ['in_language', 'inLanguage', 'jsonb'],
  ['keyword', 'keyword', 'jsonb'],
  ['purpose', 'purpose', 'text'],
  ['instructional_program_type', 'instructionalProgramType', 'text'],
  ['occupation_type', 'occupationType', 'jsonb'],
  ['competencies', 'competencies', 'jsonb'],
  ['exact_duration', 'exactDuration', 'text'],
  ['estimated_cost', 'estimatedCost', 'jsonb'],
  ['components', 'components', 'jsonb'],
  ['assessments', 'assessments', 'jsonb'],
  ['partners', 'partners', 'jsonb'],
  ['status', 'status', 'text'],
  ['aggregate_version', 'aggregateVersion', 'int'],
] as const satisfies readonly (readonly [column: string, property: keyof MicroCredentialEntry, type: string])[];

const list = (part: (column: (typeof columns)[number]) => string) => columns.map(part).join(', ');

const sql = statement(
  (registry) => `
  with entry as materialized (
    select distinct on (ctid, version) * from jsonb_to_recordset($1::jsonb) as given (${list(([, property, type]) => `"${property}" ${type}`)})
    order by ctid, version, "aggregateVersion" desc
  ), versions as (
    insert into ${registry}.micro_credential_version as kept (${list(([column]) => column)})
    select ${list(([, property]) => `"${property}"`)} from entry
    on conflict (id, version) do update set ${list(([column]) => `${column} = excluded.${column}`)}
    where kept.aggregate_version < excluded.aggregate_version
  )
  insert into ${registry}.micro_credential as kept (id, current_version, aggregate_version)
  select distinct on (ctid) ctid, version, "aggregateVersion" from entry order by ctid, "aggregateVersion" desc
  on conflict (id) do update set current_version = excluded.current_version, aggregate_version = excluded.aggregate_version
  where kept.aggregate_version < excluded.aggregate_version`,
);

/** Keeps every version that was published, and makes the newest entry's version the current one. */
export async function upsertMicroCredentials(tx: Writer, entries: readonly MicroCredentialEntry[]): Promise<void> {
  await tx.query(sql(tx), [JSON.stringify(entries)]);
}
