import type { Database, Transaction } from '@mcr/database';
import type { MicroCredential } from '@mcr/pathway-engine';
import type { GraphFact, PathwayVersions, StoredAgreement } from '../domain/facts/graph-fact.ts';
import { agreementFact, pathwayFact } from '../domain/facts/graph-facts.ts';
import { counts, wholeAgreement } from './agreements.ts';
import { type GraphHead, graphHead } from './graph-numbers.ts';

type Kind = GraphFact['kind'];

type Row =
  | { readonly kind: 'MICRO_CREDENTIAL'; readonly id: string; readonly fact: MicroCredential | null }
  | { readonly kind: 'AGREEMENT'; readonly id: string; readonly fact: StoredAgreement | null }
  | { readonly kind: 'PATHWAY'; readonly id: string; readonly fact: PathwayVersions | null };

function factOf(row: Row): GraphFact {
  if (row.fact === null) return { kind: row.kind, id: row.id, fact: null };
  switch (row.kind) {
    case 'MICRO_CREDENTIAL':
      return { kind: row.kind, id: row.id, fact: row.fact };
    case 'AGREEMENT':
      return { kind: row.kind, id: row.id, fact: agreementFact(row.fact) };
    case 'PATHWAY':
      return { kind: row.kind, id: row.id, fact: pathwayFact(row.fact) };
  }
}

function* factsOf(rows: readonly Row[]): Generator<GraphFact> {
  for (const row of rows) yield factOf(row);
}

const sources: Record<Kind, string> = {
  MICRO_CREDENTIAL: `select id, fact from micro_credential`,
  AGREEMENT: `select a.id, case when ${counts} then ${wholeAgreement} end as fact from agreement a`,
  PATHWAY: `select id, case status when 'PUBLISHED' then jsonb_build_object('snapshot', snapshot, 'earlier', earlier) end as fact from pathway`,
};
const kinds = Object.keys(sources) as Kind[];

const PAGE = 2_000;

/** Every fact as it stood at one moment, page by page, and that moment's head. A fact is made of its row when it is taken. */
export async function readWholeGraph(database: Database, take: (facts: Iterable<GraphFact>) => Promise<void> | void): Promise<GraphHead> {
  return database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const reached = await graphHead(tx);
    for (const kind of kinds) {
      for (let after: string | undefined = ''; after !== undefined;) {
        const rows: Row[] = await tx.query<Row>(
          `select '${kind}' as kind, source.* from (${sources[kind]}) source where source.id > $1 and source.fact is not null order by source.id limit ${PAGE}`,
          [after],
        );
        await take(factsOf(rows));
        after = rows.length === PAGE ? rows.at(-1)!.id : undefined;
      }
    }
    return reached;
  });
}

/** Facts that changed after a number, each as it is now, and the number that is reached with them. Fewer than a page: there are no more. */
export async function changesAfter(tx: Pick<Transaction, 'query'>, after: number): Promise<{ facts: Iterable<GraphFact>; change: number; isLast: boolean }> {
  const parts = kinds.map(
    (kind) => `select c.kind, c.id, c.change, source.fact from c join (${sources[kind]}) source on c.kind = '${kind}' and source.id = c.id`,
  );
  const rows = await tx.query<Row & { change: number }>(
    `with c as materialized (select kind, id, change::float8 as change from graph_change where change > $1 order by graph_change.change limit ${PAGE})
     select * from (${parts.join(' union all ')}) changed order by change`,
    [after],
  );
  return { facts: factsOf(rows), change: rows.at(-1)?.change ?? after, isLast: rows.length < PAGE };
}
