import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

export interface AgreementEntry {
  readonly ctid: string;
  readonly kind: string;
  readonly sendingOrganization: string;
  readonly receivingOrganization: string;
  readonly startDate: string;
  readonly endDate?: string;
  readonly from: readonly { readonly microCredential: string; readonly minGrade?: number }[];
  readonly grants: readonly { readonly course?: string; readonly subject: string; readonly level?: number; readonly credits: number }[];
  readonly aggregateVersion: number;
}

const sql = statement(
  (registry) => `
  with entry as materialized (
    select distinct on (ctid) *
    from jsonb_to_recordset($1::jsonb) as given (
      ctid text, kind text, "sendingOrganization" text, "receivingOrganization" text, "startDate" date, "endDate" date,
      "from" jsonb, grants jsonb, "aggregateVersion" int
    )
    order by ctid, "aggregateVersion" desc
  ), agreements as (
    insert into ${registry}.agreement as kept (id, kind, sender_id, receiver_id, start_on, end_on, aggregate_version)
    select ctid, kind, "sendingOrganization", "receivingOrganization", "startDate", "endDate", "aggregateVersion" from entry
    on conflict (id) do update set end_on = excluded.end_on, aggregate_version = excluded.aggregate_version
    where kept.aggregate_version < excluded.aggregate_version
  ), items as (
    insert into ${registry}.agreement_from (agreement_id, position, micro_credential_id, min_grade)
    select entry.ctid, item.position, item.value ->> 'microCredential', (item.value ->> 'minGrade')::numeric
    from entry cross join jsonb_array_elements(entry."from") with ordinality as item (value, position)
    on conflict do nothing
  )
  insert into ${registry}.agreement_grant (agreement_id, position, course, subject, level, credits)
  select entry.ctid, item.position, item.value ->> 'course', item.value ->> 'subject', (item.value ->> 'level')::int, (item.value ->> 'credits')::numeric
  from entry cross join jsonb_array_elements(entry.grants) with ordinality as item (value, position)
  on conflict do nothing`,
);

/** Writes agreements. What one asks and gives never changes once it is active (another agreement does that); its end may. */
export async function upsertAgreements(tx: Writer, entries: readonly AgreementEntry[]): Promise<void> {
  await tx.query(sql(tx), [JSON.stringify(entries)]);
}
