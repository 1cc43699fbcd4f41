import type { Transaction } from '@mcr/database';
import type { Ways } from '../domain/destinations.ts';
import type { PathwayFact, PathwayVersions } from '../domain/facts/graph-fact.ts';
import { pathwayFact } from '../domain/facts/graph-facts.ts';

type Reading = Pick<Transaction, 'query'>;

/** The published pathways of an institution, as the engine is told of them. */
export async function pathwaysAt(tx: Reading, owner: string): Promise<PathwayFact[]> {
  const rows = await tx.query<PathwayVersions>(`select snapshot, earlier from pathway where owner_id = $1 and status = 'PUBLISHED'`, [owner]);
  return rows.map(pathwayFact);
}

/** Makes whoever else publishes a way to a micro-credential wait until this transaction ends: two at once could close a circle. */
export async function lockDestinations(tx: Transaction): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('mcr.pathways'), hashtext('destinations'))`);
}

/**
 * What the pathways to these micro-credentials ask for, and those to what they ask for, and so on; of their versions those that hold on some day from
 * `from` on. One pathway, of which a new version comes, is left out.
 */
export async function waysTo(tx: Reading, microCredentials: readonly string[], except: string, from: string): Promise<Ways> {
  const needs = `jsonb_path_query(v.requirement, '$.** ? (@.node == "CRED").microCredential')`;
  const rows = await tx.query<{ destination: string; needed: string[] }>(
    `with recursive earlier as materialized (
       select (e.version ->> 'destination') collate "C" as destination_id, e.version -> 'requirement' as requirement
       from pathway p cross join lateral jsonb_array_elements(p.earlier) with ordinality e (version, place)
       where p.status = 'PUBLISHED' and p.id <> $2
         -- It holds until the first day of the version after it, which stands before it.
         and case e.place when 1 then p.snapshot else p.earlier -> (e.place - 2)::int end ->> 'startDate' > $3
     ), version as not materialized (
       select p.destination_id, p.snapshot -> 'requirement' as requirement from pathway p where p.status = 'PUBLISHED' and p.id <> $2
       union all
       select destination_id, requirement from earlier
     ), reached (id) as (
       select unnest($1::text[]) collate "C"
       union
       select (need #>> '{}') collate "C" from reached join version v on v.destination_id = reached.id cross join lateral ${needs} need
     )
     select v.destination_id as destination, array_agg(distinct need #>> '{}') as needed
     from reached join version v on v.destination_id = reached.id cross join lateral ${needs} need
     group by v.destination_id`,
    [microCredentials, except, from],
  );
  return new Map(rows.map(({ destination, needed }) => [destination, needed]));
}
