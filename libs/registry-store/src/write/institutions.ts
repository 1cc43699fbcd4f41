import type { LanguageMap } from '@mcr/event-kit';
import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

export interface InstitutionEntry {
  readonly ctid: string;
  readonly code: string;
  readonly name: LanguageMap;
  readonly agentType: string;
  readonly region: string;
  readonly subjectWebpage?: string;
  readonly status: string;
  readonly aggregateVersion: number;
}

const sql = statement(
  (registry) => `
  insert into ${registry}.institution as kept (id, code, name, agent_type, region, subject_webpage, status, aggregate_version)
  select distinct on (ctid) ctid, code, name, "agentType", region, "subjectWebpage", status, "aggregateVersion"
  from jsonb_to_recordset($1::jsonb) as entry (
    ctid text, code text, name jsonb, "agentType" text, region text, "subjectWebpage" text, status text, "aggregateVersion" int
  )
  order by ctid, "aggregateVersion" desc
  on conflict (id) do update set
    code = excluded.code, name = excluded.name, agent_type = excluded.agent_type, region = excluded.region,
    subject_webpage = excluded.subject_webpage, status = excluded.status, aggregate_version = excluded.aggregate_version
  where kept.aggregate_version < excluded.aggregate_version`,
);

/** Writes each institution as its newest entry says, here or already kept. */
export async function upsertInstitutions(tx: Writer, entries: readonly InstitutionEntry[]): Promise<void> {
  await tx.query(sql(tx), [JSON.stringify(entries)]);
}
