import { statement } from './writer.ts';
import type { Writer } from './writer.ts';

/** An award without its learner: the registry has no question about persons, so it keeps nothing about them. */
export interface AwardEntry {
  /** `urn:uuid:…` */
  readonly awardId: string;
  readonly sourceAwardId: string;
  readonly revision: number;
  readonly institutionCtid: string;
  readonly microCredentialCtid: string;
  readonly microCredentialVersion: number;
  readonly awardedDate: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly method: string;
  readonly creditsEarned?: number;
  readonly hoursCompleted?: number;
  /** As recorded; what holds at a moment is worked out when it is read. */
  readonly status: string;
  readonly reasonCode?: string;
  readonly aggregateVersion: number;
}

const sql = statement(
  (registry) => `
  insert into ${registry}.award as kept (
    id, source_award_id, revision, institution_id, micro_credential_id, micro_credential_version, awarded_on, valid_from, valid_until,
    method, credits_earned, hours_completed, status, reason_code, aggregate_version
  )
  select distinct on (entry.id) entry.*
  from unnest(
    $1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::int[], $7::date[], $8::timestamptz[], $9::timestamptz[],
    $10::text[], $11::numeric[], $12::numeric[], $13::text[], $14::text[], $15::int[]
  ) as entry (
    id, source_award_id, revision, institution_id, micro_credential_id, micro_credential_version, awarded_on, valid_from, valid_until,
    method, credits_earned, hours_completed, status, reason_code, aggregate_version
  )
  order by entry.id, entry.aggregate_version desc
  on conflict (id) do update set
    source_award_id = excluded.source_award_id, revision = excluded.revision, institution_id = excluded.institution_id,
    micro_credential_id = excluded.micro_credential_id, micro_credential_version = excluded.micro_credential_version,
    awarded_on = excluded.awarded_on, valid_from = excluded.valid_from, valid_until = excluded.valid_until, method = excluded.method,
    credits_earned = excluded.credits_earned, hours_completed = excluded.hours_completed, status = excluded.status,
    reason_code = excluded.reason_code, aggregate_version = excluded.aggregate_version
  where kept.aggregate_version < excluded.aggregate_version`,
);

const URN = 'urn:uuid:'.length;

/** Writes each award as its newest entry says, here or already kept. */
export async function upsertAwards(tx: Writer, entries: readonly AwardEntry[]): Promise<void> {
  const column = <T>(of: (entry: AwardEntry) => T | undefined) => entries.map((entry) => of(entry) ?? null);
  await tx.query(sql(tx), [
    column((entry) => entry.awardId.slice(URN)),
    column((entry) => entry.sourceAwardId),
    column((entry) => entry.revision),
    column((entry) => entry.institutionCtid),
    column((entry) => entry.microCredentialCtid),
    column((entry) => entry.microCredentialVersion),
    column((entry) => entry.awardedDate),
    column((entry) => entry.validFrom),
    column((entry) => entry.validUntil),
    column((entry) => entry.method),
    column((entry) => entry.creditsEarned),
    column((entry) => entry.hoursCompleted),
    column((entry) => entry.status),
    column((entry) => entry.reasonCode),
    column((entry) => entry.aggregateVersion),
  ]);
}
