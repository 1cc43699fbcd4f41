import { column, type Transaction } from '@mcr/database';
import type { KnownLearners } from '../domain/learner/match-learners.ts';
import type { IdentifierType } from '../domain/learner/identifier.ts';
import { newOnes } from './new-ones.ts';

export interface IdentifierRow {
  readonly fingerprint: string;
  readonly type: IdentifierType;
  readonly learnerRef: string;
}

/** Writes the identifiers that are not known yet, sorted as every writer sorts them. Returns the fingerprints that are new. */
export async function insertIdentifiers(tx: Transaction, rows: readonly IdentifierRow[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const sorted = rows.toSorted((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
  const [inserted] = await tx.query<{ some: string[] | null }>(
    `with inserted as (
       insert into learner_identifier (fingerprint, type, learner_ref)
       select decode(fingerprint, 'hex'), type, learner_ref from unnest($1::text[], $2::text[], $3::uuid[]) as r (fingerprint, type, learner_ref)
       on conflict (fingerprint) do nothing
       returning fingerprint)
     select case when count(*) < $4 then coalesce(array_agg(encode(fingerprint, 'hex')), '{}') end as some from inserted`,
    [column(sorted, ({ fingerprint }) => fingerprint), column(sorted, ({ type }) => type), column(sorted, ({ learnerRef }) => learnerRef), sorted.length],
  );
  return newOnes(sorted, inserted!.some, ({ fingerprint }) => fingerprint);
}

/**
 * Locks known identifiers in one order and says whose they are, and which PENs these learners have. Two statements: one that
 * had to wait for a lock would not see the PEN that the other transaction wrote.
 */
export async function lockIdentifiers(tx: Transaction, fingerprints: readonly string[]): Promise<KnownLearners> {
  const owners = await tx.query<{ fingerprint: string; learnerRef: string }>(
    `select encode(fingerprint, 'hex') as fingerprint, learner_ref as "learnerRef" from learner_identifier
     where fingerprint in (select decode(f, 'hex') from unnest($1::text[]) as f)
     order by learner_identifier.fingerprint
     for update`,
    [fingerprints],
  );
  const pens = await tx.query<{ pen: string; learnerRef: string }>(
    `select encode(fingerprint, 'hex') as pen, learner_ref as "learnerRef" from learner_identifier where type = 'PEN' and learner_ref = any ($1::uuid[])`,
    [owners.map(({ learnerRef }) => learnerRef)],
  );
  return {
    ownerOf: new Map(owners.map(({ fingerprint, learnerRef }) => [fingerprint, learnerRef])),
    penOf: new Map(pens.map(({ learnerRef, pen }) => [learnerRef, pen])),
  };
}

/** Gives identifiers that this transaction wrote to the learners they turned out to belong to. */
export async function reassignIdentifiers(tx: Transaction, rows: readonly Omit<IdentifierRow, 'type'>[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `update learner_identifier i set learner_ref = r.learner_ref
     from unnest($1::text[], $2::uuid[]) as r (fingerprint, learner_ref) where i.fingerprint = decode(r.fingerprint, 'hex')`,
    [column(rows, ({ fingerprint }) => fingerprint), column(rows, ({ learnerRef }) => learnerRef)],
  );
}
