import type { PathwaySnapshot } from '@mcr/contracts';
import type { Transaction } from '@mcr/database';
import type { Ways } from '../domain/destinations.ts';
import type { PathwayFact } from '../domain/facts/graph-fact.ts';
import { pathwayFact } from '../domain/facts/graph-facts.ts';

type Reading = Pick<Transaction, 'query'>;

/** The published pathways of an institution, as the engine is told of them. */
export async function pathwaysAt(tx: Reading, owner: string): Promise<PathwayFact[]> {
  const rows = await tx.query<{ snapshot: PathwaySnapshot }>(`select snapshot from pathway where owner_id = $1 and status = 'PUBLISHED'`, [owner]);
  return rows.map(({ snapshot }) => pathwayFact(snapshot));
}

/** Makes whoever else publishes a way to a micro-credential wait until this transaction ends: two at once could close a circle. */
export async function lockDestinations(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('mcr.pathways'), hashtext('destinations'))`);
}

/** What the pathways to these micro-credentials ask for, and those to what they ask for, and so on; one pathway, of which a new version comes, left out. */
export async function waysTo(tx: Reading, microCredentials: readonly string[], except: string): Promise<Ways> {
  const needs = `jsonb_path_query(p.snapshot -> 'requirement', '$.** ? (@.node == "CRED").microCredential')`;
  const rows = await tx.query<{ destination: string; needed: string[] }>(
    `with recursive reached (id) as (
       select unnest($1::text[]) collate "C"
       union
       select (need #>> '{}') collate "C"
       from reached join pathway p on p.destination_id = reached.id and p.status = 'PUBLISHED' and p.id <> $2 cross join lateral ${needs} need
     )
     select p.destination_id as destination, array_agg(distinct need #>> '{}') as needed
     from reached join pathway p on p.destination_id = reached.id and p.status = 'PUBLISHED' and p.id <> $2 cross join lateral ${needs} need
     group by p.destination_id`,
    [microCredentials, except],
  );
  return new Map(rows.map(({ destination, needed }) => [destination, needed]));
}
