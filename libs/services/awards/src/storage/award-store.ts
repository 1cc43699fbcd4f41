import { column, type Transaction } from '@mcr/database';
import type { HeldAward } from '../domain/award/award.ts';
import { awardOf, type AwardColumns } from './award-row.ts';

export interface AwardRow {
  readonly award: HeldAward;
  /** How many events tell its story so far. */
  readonly version: number;
  readonly revision: number;
  readonly partition: number;
  readonly receivedAt: Date;
}

const uuid = ({ award }: AwardRow): string => award.awardId.slice('urn:uuid:'.length);
const revocation = ({ award }: AwardRow) => (award.status === 'REVOKED' ? award : undefined);
const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

export async function insertAwards(tx: Transaction, rows: readonly AwardRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into award (award_id, partition, version, revision, institution_ctid, micro_credential_ctid, micro_credential_version, learner_ref, awarded_date, valid_from,
       valid_until, activity_start_date, activity_end_date, method, credits_earned, hours_completed, competencies_demonstrated, status, reason_code, revoked_at, received_at)
     select id, partition, version, revision, institution, mc, mc_version, learner, awarded, valid_from, valid_until, activity_start, activity_end, method, credits, hours,
       competencies::json, status, reason, revoked_at, received_at
     from unnest($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[], $6::text[], $7::int[], $8::uuid[], $9::date[], $10::timestamptz[], $11::timestamptz[], $12::date[],
       $13::date[], $14::text[], $15::float8[], $16::float8[], $17::text[], $18::text[], $19::text[], $20::timestamptz[], $21::timestamptz[])
       as r (id, partition, version, revision, institution, mc, mc_version, learner, awarded, valid_from, valid_until, activity_start, activity_end, method, credits, hours,
         competencies, status, reason, revoked_at, received_at)`,
    [
      column(rows, uuid),
      column(rows, ({ partition }) => partition),
      column(rows, ({ version }) => version),
      column(rows, ({ revision }) => revision),
      column(rows, ({ award }) => award.institutionCtid),
      column(rows, ({ award }) => award.microCredentialCtid),
      column(rows, ({ award }) => award.microCredentialVersion),
      column(rows, ({ award }) => award.learnerRef),
      column(rows, ({ award }) => award.awardedDate),
      column(rows, ({ award }) => award.validFrom ?? null),
      column(rows, ({ award }) => award.validUntil ?? null),
      column(rows, ({ award }) => award.activityStartDate ?? null),
      column(rows, ({ award }) => award.activityEndDate ?? null),
      column(rows, ({ award }) => award.method),
      column(rows, ({ award }) => award.creditsEarned ?? null),
      column(rows, ({ award }) => award.hoursCompleted ?? null),
      column(rows, ({ award }) => json(award.competenciesDemonstrated)),
      column(rows, ({ award }) => award.status),
      column(rows, (row) => revocation(row)?.reasonCode ?? null),
      column(rows, (row) => revocation(row)?.revokedAt ?? null),
      column(rows, ({ receivedAt }) => receivedAt),
    ],
  );
}

/** Writes what may change of awards whose sourceAwardId the caller has locked. */
export async function reviseAwards(tx: Transaction, rows: readonly AwardRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update award a set version = r.version, revision = r.revision, status = r.status, reason_code = r.reason, revoked_at = r.revoked_at
     from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::text[], $6::timestamptz[]) as r (id, version, revision, status, reason, revoked_at)
     where a.award_id = r.id`,
    [
      column(rows, uuid),
      column(rows, ({ version }) => version),
      column(rows, ({ revision }) => revision),
      column(rows, ({ award }) => award.status),
      column(rows, (row) => revocation(row)?.reasonCode ?? null),
      column(rows, (row) => revocation(row)?.revokedAt ?? null),
    ],
  );
}

/** What a learner holds, as far as it says whether another award is the same again. */
export interface Holding {
  readonly learnerRef: string;
  readonly microCredentialCtid: string;
  readonly awardedDate: string;
}

export function holdingsOf(tx: Transaction, learnerRefs: readonly string[]): Promise<Holding[]> {
  return tx.query<Holding>(
    `select learner_ref as "learnerRef", micro_credential_ctid as "microCredentialCtid", awarded_date::text as "awardedDate"
     from award where learner_ref = any ($1::uuid[]) and status <> 'REVOKED'`,
    [learnerRefs],
  );
}

const MOST_AWARDS = 1_000;

/** What the learner earned, the latest first. */
export async function awardsOfLearner(tx: Pick<Transaction, 'query'>, learnerRef: string): Promise<HeldAward[]> {
  const rows = await tx.query<{ award: AwardColumns }>(
    `select to_json(a) as award from award a where learner_ref = $1 order by awarded_date desc, award_id desc limit ${MOST_AWARDS}`,
    [learnerRef],
  );
  return rows.map(({ award }) => awardOf(award));
}

/** Those of these awards that are the learner's. */
export async function awardsAmong(tx: Pick<Transaction, 'query'>, learnerRef: string, awardIds: readonly string[]): Promise<Set<string>> {
  if (awardIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `select 'urn:uuid:' || award_id as id from award where learner_ref = $1 and award_id = any (select substr(id, 10)::uuid from unnest($2::text[]) as given (id))`,
    [learnerRef, awardIds],
  );
  return new Set(rows.map(({ id }) => id));
}
