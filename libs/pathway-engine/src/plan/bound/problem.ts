import type { Standing } from '../../audit/situation.ts';
import type { Piece } from '../../audit/pieces.ts';
import type { Limit } from '../../facts/credential.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { candidatesFor } from '../candidates/candidates.ts';
import { Rivalry } from './rivalry.ts';
import { giftOf, rowsOf } from './rows.ts';
import type { Gift, RowTree } from './rows.ts';

/** Learning that counts in one way: an agreement's grants together, or a micro-credential itself. */
export interface BoundSource {
  readonly gifts: readonly Gift[];
  /** For each lacking thing the items that would do, by number; an empty list means that it is held. */
  readonly lacks: readonly (readonly number[])[];
  /** One of its units. Learning counts once: of the sources with the same unit here no two are used. */
  readonly unit: number;
}

/** One credential's question, projected to what can matter. */
export interface Problem {
  readonly graph: Graph;
  readonly compiled: Compiled;
  readonly standing: Standing;
  readonly items: readonly MicroCredential[];
  readonly sources: readonly BoundSource[];
  /** Says of which sources other agreements take the learning. */
  readonly rivalry: Rivalry;
  readonly rowCount: number;
  readonly rowNeeds: readonly number[];
  readonly rows: RowTree;
  readonly limitRows: readonly { readonly limit: Limit; readonly row: number }[];
  /** For each item, groups of items any one of which is needed; none for what is held. */
  readonly prerequisites: readonly (readonly (readonly number[])[])[];
  readonly forced: readonly number[];
}

export function problemOf(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms, elsewhere?: Iterable<number>): Problem {
  const { edges, contest, directs, items } = candidatesFor(graph, compiled, standing, terms, elsewhere);
  const indexOf = new Map(items.map(({ id }, index) => [id, index]));
  const numbers = (options: readonly MicroCredential[]): number[] => options.map(({ id }) => indexOf.get(id)!);
  const rows = rowsOf(compiled, standing.declares);
  const gift = (piece: Omit<Piece, 'ref' | 'source' | 'units'>): Gift => giftOf(piece, compiled, rows);
  const timesWanted = new Map<number, number>();
  for (const unit of [...edges.flatMap(({ edge }) => edge.units), ...directs.map((direct) => direct.unit)]) {
    timesWanted.set(unit, (timesWanted.get(unit) ?? 0) + 1);
  }
  const sources: BoundSource[] = [];
  for (const { edge, things } of edges) {
    const { agreement } = edge;
    const { placesOfGrant } = compiled.providers.get(agreement.id)!;
    const resident = agreement.sender === compiled.credential.institution && agreement.kind !== 'PLAR';
    const own = { issuer: agreement.sender, resident, bucket: agreement.capBucket, term: 0 };
    const gifts = agreement.grants.flatMap((grant, index) =>
      placesOfGrant[index]!.length > 0 ? [gift({ ...grant, ...own, places: placesOfGrant[index]! })] : [],
    );
    const lacks = things.map(({ held, options }) => (held ? [] : numbers(options)));
    const unit = edge.units.reduce((most, one) => (timesWanted.get(one)! > timesWanted.get(most)! ? one : most));
    sources.push({ gifts, lacks, unit });
  }
  for (const { microCredential: one, unit, things } of directs) {
    const { places } = compiled.directs.get(one.id)!;
    const resident = one.issuer === compiled.credential.institution;
    sources.push({
      gifts: [gift({ ...one, resident, term: 0, places })],
      lacks: things.map(({ held, options }) => (held ? [] : numbers(options))),
      unit,
    });
  }
  const prerequisites = items.map((one) => lackingGroups(graph, standing, one, indexOf));
  const forced = (terms.forced ?? []).flatMap((id) => indexOf.get(id) ?? []);
  const { count: rowCount, needs: rowNeeds, root, limits: limitRows } = rows;
  const rivalry = new Rivalry(contest, edges, indexOf);
  return { graph, compiled, standing, items, sources, rivalry, rowCount, rowNeeds, rows: root, limitRows, prerequisites, forced };
}

function lackingGroups(graph: Graph, standing: Standing, one: MicroCredential, indexOf: ReadonlyMap<string, number>): number[][] {
  return (one.prerequisites ?? []).flatMap((group) => {
    const units = group.map((id) => graph.unit(id));
    if (units.some((unit) => standing.byUnit.has(unit))) return [];
    return [units.flatMap((unit) => graph.membersOf(unit).flatMap(({ id }) => indexOf.get(id) ?? []))];
  });
}
