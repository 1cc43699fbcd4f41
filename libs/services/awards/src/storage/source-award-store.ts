import { column, type Transaction } from '@mcr/database';
import type { SourceAward } from '../domain/submission/submission.ts';
import { awardOf, type AwardColumns } from './award-row.ts';
import type { SourceAwardKey } from './submission-store.ts';
import { newOnes } from './new-ones.ts';

const HASH_DIGITS = 64;

export interface SourceAwardRow extends SourceAwardKey {
  readonly state: SourceAward;
}

const columns = (rows: readonly SourceAwardRow[]) => [
  column(rows, ({ institutionCode }) => institutionCode),
  column(rows, ({ sourceAwardId }) => sourceAwardId),
  column(rows, ({ state }) => state.acceptedHashes.join('')),
  column(rows, ({ state }) => state.award?.awardId.slice('urn:uuid:'.length) ?? null),
];

const inOrder = (a: SourceAwardKey, b: SourceAwardKey): number =>
  a.institutionCode < b.institutionCode
    ? -1
    : a.institutionCode > b.institutionCode
      ? 1
      : a.sourceAwardId < b.sourceAwardId
        ? -1
        : a.sourceAwardId > b.sourceAwardId
          ? 1
          : 0;

/** One text for a sourceAwardId of one institution: codes have no colon. */
export const keyOf = ({ institutionCode, sourceAwardId }: SourceAwardKey): string => `${institutionCode}:${sourceAwardId}`;

/** Writes the rows that are not there yet, sorted as every writer sorts them. Returns the keys that are new, and thereby locked. */
export async function insertSourceAwards(tx: Transaction, rows: readonly SourceAwardRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const [inserted] = await tx.query<{ some: string[] | null }>(
    `with inserted as (
       insert into source_award (institution_code, source_award_id, accepted, award_id)
       select code, source_award_id, decode(accepted, 'hex'), award_id
       from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as r (code, source_award_id, accepted, award_id)
       on conflict do nothing
       returning institution_code, source_award_id)
     select case when count(*) < $5 then coalesce(array_agg(institution_code || ':' || source_award_id), '{}') end as some from inserted`,
    [...columns(rows.toSorted(inOrder)), rows.length],
  );
  return newOnes(rows, inserted!.some, keyOf);
}

/** One sourceAwardId as it stands, locked until the end of the transaction. */
export interface LockedSourceAward extends SourceAwardKey {
  readonly state: SourceAward;
  readonly learnerRef?: string;
  readonly awardVersion: number;
}

/**
 * Locks the rows in one order and reads them with their awards. Two statements: one that had to wait for a lock would see
 * the locked row as it is and the award as it was.
 */
export async function lockSourceAwards(tx: Transaction, keys: readonly SourceAwardKey[]): Promise<LockedSourceAward[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<SourceAwardKey & { accepted: string; awardId: string | null }>(
    `select institution_code as "institutionCode", source_award_id as "sourceAwardId", encode(accepted, 'hex') as accepted, award_id as "awardId"
     from source_award
     where (institution_code, source_award_id) in (select * from unnest($1::text[], $2::text[]))
     order by institution_code, source_award_id
     for update`,
    [column(keys, ({ institutionCode }) => institutionCode), column(keys, ({ sourceAwardId }) => sourceAwardId)],
  );
  const awards = await readAwards(
    tx,
    rows.flatMap(({ awardId }) => awardId ?? []),
  );
  return rows.map(({ institutionCode, sourceAwardId, accepted, awardId }) => {
    const found = awardId === null ? undefined : awards.get(awardId);
    const state = { acceptedHashes: hashesIn(accepted), award: found && awardOf(found) };
    return { institutionCode, sourceAwardId, state, learnerRef: found?.learner_ref, awardVersion: found?.version ?? 0 };
  });
}

async function readAwards(tx: Transaction, awardIds: readonly string[]): Promise<Map<string, AwardColumns>> {
  if (awardIds.length === 0) return new Map();
  const rows = await tx.query<{ award: AwardColumns }>('select to_json(a) as award from award a where award_id = any ($1::uuid[])', [awardIds]);
  return new Map(rows.map(({ award }) => [award.award_id, award]));
}

const hashesIn = (accepted: string): string[] =>
  Array.from({ length: accepted.length / HASH_DIGITS }, (_, index) => accepted.slice(index * HASH_DIGITS, (index + 1) * HASH_DIGITS));

/** Writes what was accepted under rows that the caller has locked. */
export async function updateSourceAwards(tx: Transaction, rows: readonly SourceAwardRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update source_award s set accepted = decode(r.accepted, 'hex'), award_id = r.award_id
     from unnest($1::text[], $2::text[], $3::text[], $4::uuid[]) as r (code, source_award_id, accepted, award_id)
     where s.institution_code = r.code and s.source_award_id = r.source_award_id`,
    columns(rows),
  );
}
