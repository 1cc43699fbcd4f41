import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

export interface AgreementEntry {
  readonly ctid: string;
  readonly kind: string;
  readonly sendingOrganization: string;
  readonly receivingOrganization: string;
  readonly startDate: string;
  readonly endDate?: string;
  readonly from: readonly { readonly microCredential: string; readonly minGrade?: number; readonly maxGrade?: number }[];
  readonly grants: readonly {
    readonly course?: string;
    readonly subject: string;
    readonly level?: number;
    readonly areas?: readonly string[];
    readonly credits: number;
    readonly waives?: string;
  }[];
  readonly priority: number;
  readonly maxAgeMonths?: number;
  readonly requiresUnexpired: boolean;
  /** CTIDs of pathways. */
  readonly programScope?: readonly string[];
  readonly conditions: readonly { readonly declares: string; readonly text: string }[];
  readonly capBucket?: string;
  readonly exclusiveGroup?: string;
  readonly evidenceUrl?: string;
  /** Of institutions; never of a person. */
  readonly signatures: readonly { readonly organization: string; readonly signedOn: string; readonly through: string }[];
  /** As it was said last; what both signed follows from its days. */
  readonly status: string;
  readonly reason?: string;
  readonly aggregateVersion: number;
}

const columns = [
  ['id', 'ctid', 'text'],
  ['kind', 'kind', 'text'],
  ['sender_id', 'sendingOrganization', 'text'],
  ['receiver_id', 'receivingOrganization', 'text'],
  ['start_on', 'startDate', 'date'],
  ['end_on', 'endDate', 'date'],
  ['priority', 'priority', 'int'],
  ['max_age_months', 'maxAgeMonths', 'int'],
  ['requires_unexpired', 'requiresUnexpired', 'boolean'],
  ['program_scope', 'programScope', 'jsonb'],
  ['conditions', 'conditions', 'jsonb'],
  ['cap_bucket', 'capBucket', 'text'],
  ['exclusive_group', 'exclusiveGroup', 'text'],
  ['evidence_url', 'evidenceUrl', 'text'],
  ['signatures', 'signatures', 'jsonb'],
  ['status', 'status', 'text'],
  ['reason', 'reason', 'text'],
  ['aggregate_version', 'aggregateVersion', 'int'],
] as const satisfies readonly (readonly [column: string, property: keyof AgreementEntry, type: string])[];

const list = (part: (column: (typeof columns)[number]) => string) => columns.map(part).join(', ');

const sql = statement(
  (registry) => `
  with entry as materialized (
    select distinct on (ctid) *
    from jsonb_to_recordset($1::jsonb) as given (${list(([, property, type]) => `"${property}" ${type}`)}, "from" jsonb, grants jsonb)
    order by ctid, "aggregateVersion" desc
  ), agreements as (
    insert into ${registry}.agreement as kept (${list(([column]) => column)})
    select ${list(([, property]) => `"${property}"`)} from entry
    on conflict (id) do update set ${list(([column]) => `${column} = excluded.${column}`)}
    where kept.aggregate_version < excluded.aggregate_version
  ), items as (
    insert into ${registry}.agreement_from (agreement_id, position, micro_credential_id, min_grade, max_grade)
    select entry.ctid, item.position, item.value ->> 'microCredential', (item.value ->> 'minGrade')::numeric, (item.value ->> 'maxGrade')::numeric
    from entry cross join jsonb_array_elements(entry."from") with ordinality as item (value, position)
    on conflict do nothing
  )
  insert into ${registry}.agreement_grant (agreement_id, position, course, subject, level, areas, credits, waives)
  select entry.ctid, item.position, item.value ->> 'course', item.value ->> 'subject', (item.value ->> 'level')::int, item.value -> 'areas',
    (item.value ->> 'credits')::numeric, item.value ->> 'waives'
  from entry cross join jsonb_array_elements(entry.grants) with ordinality as item (value, position)
  on conflict do nothing`,
);

/** Writes agreements. What one begins from and gives never changes once it was proposed (another agreement does that); its state and its end may. */
export async function upsertAgreements(tx: Writer, entries: readonly AgreementEntry[]): Promise<void> {
  await tx.query(sql(tx), [JSON.stringify(entries)]);
}
