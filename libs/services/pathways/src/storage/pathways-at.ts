import type { PathwaySnapshot } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import type { PathwayFact } from '../domain/facts/graph-fact.ts';
import { pathwayFact } from '../domain/facts/graph-facts.ts';

/** The published pathways of an institution, as the engine is told of them. */
export async function pathwaysAt(tx: Pick<Transaction, 'query'>, owner: string): Promise<PathwayFact[]> {
  const rows = await tx.query<{ snapshot: PathwaySnapshot }>(`select snapshot from pathway where owner_id = $1 and status = 'PUBLISHED'`, [owner]);
  return rows.map(({ snapshot }) => pathwayFact(snapshot));
}
