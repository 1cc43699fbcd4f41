import type { Transaction } from '@mcr/database';
import type { PathwayVersions } from '../domain/facts/graph-fact.ts';
import { noteChanged } from './graph-numbers.ts';

/** A pathway as it stands, in all versions that hold on some day, with the version of its aggregate, which counts its events. */
export interface StoredPathway extends PathwayVersions {
  readonly ownerCode: string;
  readonly aggregateVersion: number;
}

/** The pathway, with its row locked until the transaction ends. */
export async function lockPathway(tx: Transaction, ctid: string): Promise<StoredPathway | undefined> {
  const [row] = await tx.query<StoredPathway>(
    `select p.snapshot, p.earlier, p.aggregate_version as "aggregateVersion", (select code from institution i where i.id = p.owner_id) as "ownerCode"
     from pathway p where p.id = $1 for update of p`,
    [ctid],
  );
  return row;
}

export const isPathway = async (tx: Pick<Transaction, 'query'>, ctid: string): Promise<boolean> =>
  (await tx.query('select from pathway where id = $1', [ctid])).length > 0;

/** Those of these that are published. */
export async function publishedPathways(tx: Pick<Transaction, 'query'>, ctids: readonly string[]): Promise<Set<string>> {
  if (ctids.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(`select id from pathway where id = any($1) and status = 'PUBLISHED'`, [ctids]);
  return new Set(rows.map(({ id }) => id));
}

export interface PathwayChange {
  readonly by: string;
  readonly at: Date;
  /** 1 for a new one; of a known one, which is locked, a later one than before. */
  readonly aggregateVersion: number;
}

/** Writes a pathway as it now is. False when somebody else wrote this version meanwhile; nothing is written then. */
export async function keepPathway(tx: Transaction, { snapshot, earlier }: PathwayVersions, { by, at, aggregateVersion }: PathwayChange): Promise<boolean> {
  const { ctid, version, ownedBy, status, destination } = snapshot;
  const kept = await tx.query(
    `insert into pathway as kept (id, version, owner_id, snapshot, status, changed_by, changed_at, aggregate_version, destination_id, earlier)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update
     set version = excluded.version, snapshot = excluded.snapshot, status = excluded.status, changed_by = excluded.changed_by,
       changed_at = excluded.changed_at, aggregate_version = excluded.aggregate_version, destination_id = excluded.destination_id,
       earlier = excluded.earlier
     where kept.aggregate_version < excluded.aggregate_version
     returning id`,
    [ctid, version, ownedBy, JSON.stringify(snapshot), status, by, at, aggregateVersion, destination ?? null, JSON.stringify(earlier)],
  );
  if (kept.length === 0) return false;
  await noteChanged(tx, 'PATHWAY', [ctid]);
  return true;
}
