import type { Standing } from '../../audit/situation.ts';
import { distinctValues, limitNeed, qualifies } from '../../audit/tally.ts';
import type { Piece } from '../../audit/pieces.ts';
import type { Limit } from '../../facts/credential.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Node } from '../../requirement/places.ts';
import { candidatesFor } from '../candidates/candidates.ts';
import type { PossibleEdge } from '../candidates/sources.ts';

/** How much of a row one place of one piece gives: a row asks for 1 in all. */
export interface Share {
  readonly row: number;
  readonly amount: number;
}

/** A piece as the bound sees it: what it may give at each place (one of them, or `maxUses`), and what it gives wherever it is. */
export interface Gift {
  readonly atPlace: readonly (readonly Share[])[];
  readonly anywhere: readonly Share[];
}

/** Learning that counts in one way: an agreement's grants together, or a micro-credential itself. */
export interface BoundSource {
  readonly gifts: readonly Gift[];
  /** For each lacking thing the items that would do, by number; an empty list means that it is held. */
  readonly lacks: readonly (readonly number[])[];
  /** Lists of items: with all of any list taken, another agreement goes first and this source gives nothing. */
  readonly killers: readonly (readonly number[])[];
  /** The unit, when the source stands on one only; otherwise -1. */
  readonly unit: number;
}

/** One credential's question, projected to what can matter. */
export interface Problem {
  readonly graph: Graph;
  readonly compiled: Compiled;
  readonly standing: Standing;
  readonly items: readonly MicroCredential[];
  readonly sources: readonly BoundSource[];
  readonly rowCount: number;
  readonly rows: RowTree;
  readonly limitRows: readonly { readonly limit: Limit; readonly row: number }[];
  /** For each item, groups of items any one of which is needed; none for what is held. */
  readonly prerequisites: readonly (readonly (readonly number[])[])[];
  readonly forced: readonly number[];
}

/** The tree over rows. */
export type RowTree =
  { readonly kind: 'ROW'; readonly row: number } | { readonly kind: 'FREE' } | { readonly kind: 'K_OF'; readonly k: number; readonly of: readonly RowTree[] };

const FREE: RowTree = { kind: 'FREE' };

export function problemOf(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms): Problem {
  const { edges, directs, items } = candidatesFor(graph, compiled, standing, terms);
  const indexOf = new Map(items.map(({ id }, index) => [id, index]));
  const numbers = (options: readonly MicroCredential[]): number[] => options.map(({ id }) => indexOf.get(id)!);
  const rows = rowsOf(compiled, standing.declares);
  const gift = (piece: Omit<Piece, 'ref' | 'source' | 'units'>): Gift => giftOf(piece, compiled, rows);
  const sources: BoundSource[] = [];
  for (const { edge, things, beaters } of edges) {
    const { agreement } = edge;
    const { placesOfGrant } = compiled.providers.get(agreement.id)!;
    const resident = agreement.sender === compiled.credential.institution && agreement.kind !== 'PLAR';
    const own = { issuer: agreement.sender, resident, bucket: agreement.capBucket, term: 0 };
    const gifts = agreement.grants.flatMap((grant, index) =>
      placesOfGrant[index]!.length > 0 ? [gift({ ...grant, ...own, places: placesOfGrant[index]! })] : [],
    );
    const lacks = things.map(({ held, options }) => (held ? [] : numbers(options)));
    sources.push({ gifts, lacks, killers: beaters.flatMap((beater) => killer(beater, indexOf)), unit: edge.size === 1 ? edge.units[0]! : -1 });
  }
  for (const { microCredential: one, unit, things } of directs) {
    const { places } = compiled.directs.get(one.id)!;
    const resident = one.issuer === compiled.credential.institution;
    sources.push({
      gifts: [gift({ ...one, resident, term: 0, places })],
      lacks: things.map(({ held, options }) => (held ? [] : numbers(options))),
      killers: [],
      unit,
    });
  }
  const prerequisites = items.map((one) => lackingGroups(graph, standing, one, indexOf));
  const forced = (terms.forced ?? []).flatMap((id) => indexOf.get(id) ?? []);
  return { graph, compiled, standing, items, sources, rowCount: rows.count, rows: rows.root, limitRows: rows.limits, prerequisites, forced };
}

/** The items with which an agreement applies, if these are the only ones and a plan could hold them all. */
function killer({ things }: PossibleEdge, indexOf: ReadonlyMap<string, number>): number[][] {
  const lacking = things.filter(({ held }) => !held).map(({ options }) => options);
  const items = lacking.map(([one]) => indexOf.get(one!.id));
  return lacking.every(({ length }) => length === 1) && items.every((item) => item !== undefined) ? [items] : [];
}

function lackingGroups(graph: Graph, standing: Standing, one: MicroCredential, indexOf: ReadonlyMap<string, number>): number[][] {
  return (one.prerequisites ?? []).flatMap((group) => {
    const units = group.map((id) => graph.unit(id));
    if (units.some((unit) => standing.byUnit.has(unit))) return [];
    return [units.flatMap((unit) => graph.membersOf(unit).flatMap(({ id }) => indexOf.get(id) ?? []))];
  });
}

interface Rows {
  readonly root: RowTree;
  readonly count: number;
  /** For each place, the rows that it feeds and what one of them asks for. */
  readonly ofPlace: readonly (readonly { readonly row: number; readonly need: number }[])[];
  readonly limits: readonly { readonly limit: Limit; readonly row: number }[];
}

function rowsOf({ tree, limits }: Compiled, declares: ReadonlySet<string>): Rows {
  let count = 0;
  const ofPlace: { row: number; need: number }[][] = tree.places.map(() => []);
  const row = (places: readonly number[], need: number): RowTree => {
    if (need <= 0) return FREE;
    for (const place of places) ofPlace[place]!.push({ row: count, need });
    return { kind: 'ROW', row: count++ };
  };
  const visit = (node: Node): RowTree => {
    const met = plain(node);
    return node.waiver === undefined ? met : { kind: 'K_OF', k: 1, of: [met, row([node.waiver], 1)] };
  };
  const plain = (node: Node): RowTree => {
    switch (node.kind) {
      case 'PLACE':
        return row([node.place], node.need);
      case 'K_OF':
        return { kind: 'K_OF', k: node.k, of: node.of.map(visit) };
      case 'SECTIONS': {
        const sections: RowTree = { kind: 'K_OF', k: node.min, of: node.places.map((place) => row([place], node.each)) };
        return { kind: 'K_OF', k: 2, of: [sections, row(node.places, node.total)] };
      }
      case 'IF': {
        const branch = declares.has(node.declares) ? node.then : node.otherwise;
        return branch ? visit(branch) : FREE;
      }
      case 'MANUAL':
        return FREE;
    }
  };
  const root = visit(tree.root);
  const asking = limits.filter((limit) => limitNeed(limit) > 0).map((limit) => ({ limit, row: count++ }));
  return { root, count, ofPlace, limits: asking };
}

function giftOf(piece: Omit<Piece, 'ref' | 'source' | 'units'>, { tree }: Compiled, { ofPlace, limits }: Rows): Gift {
  const whole = piece as Piece;
  const worthAt = (index: number): number => {
    const place = tree.places[index]!;
    if (place.kind === 'CREDITS') return piece.credits;
    // A term is not known before it is over; one more is the most that a piece can bring.
    return place.kind === 'DISTINCT' && place.by !== 'TERM' ? distinctValues(place.by, whole).length : 1;
  };
  const atPlace = piece.places.map((place) => ofPlace[place]!.map(({ row, need }) => ({ row, amount: Math.min(1, worthAt(place) / need) })));
  const anywhere = limits.flatMap(({ limit, row }) => (qualifies(limit, whole) ? [{ row, amount: Math.min(1, piece.credits / limitNeed(limit)) }] : []));
  return { atPlace, anywhere };
}
