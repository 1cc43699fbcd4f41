import type { Transaction } from '@mcr/database';
import type { GraphFact } from '../domain/facts/graph-fact.ts';

type Kind = GraphFact['kind'];

/** Where the facts stand: the newest number, and how often the projection was built anew. */
export interface GraphHead {
  readonly change: number;
  readonly generation: number;
}

/**
 * Gives these facts the next numbers. Call it last in a transaction: the counter's row is locked until the commit.
 * While the projection is built anew nothing is numbered; the swap is seen by the generation.
 */
export async function noteChanged(tx: Transaction & { readonly tablesIn?: string }, kind: Kind, ids: readonly string[]): Promise<void> {
  if (tx.tablesIn !== undefined || ids.length === 0) return;
  await tx.query(
    `with head as (update graph_head set change = change + cardinality($2::text[]) returning change)
     insert into graph_change (kind, id, change)
     select $1, given.id, head.change - cardinality($2::text[]) + given.ordinality
     from head cross join unnest($2::text[]) with ordinality as given (id, ordinality)
     on conflict (kind, id) do update set change = excluded.change`,
    [kind, ids],
  );
}

const head = `
  select (select change::float8 from graph_head) as change,
    coalesce((select generation from projection where consumer = 'pathways.facts'), 1) as generation`;

export async function graphHead(tx: Pick<Transaction, 'query'>): Promise<GraphHead> {
  return (await tx.query<GraphHead>(head))[0]!;
}
