import { distinctValues, limitNeed, qualifies } from '../../audit/tally.ts';
import type { Piece } from '../../audit/pieces.ts';
import type { Limit } from '../../facts/credential.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Node } from '../../requirement/places.ts';

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

/** The tree over rows. */
export type RowTree =
  { readonly kind: 'ROW'; readonly row: number } | { readonly kind: 'FREE' } | { readonly kind: 'K_OF'; readonly k: number; readonly of: readonly RowTree[] };

const FREE: RowTree = { kind: 'FREE' };

/** What a credential asks for as rows, each of which asks for 1. */
export interface Rows {
  readonly root: RowTree;
  readonly count: number;
  /** Of each row what it asks for, in what it counts: credit, pieces, values. */
  readonly needs: readonly number[];
  /** For each place, the rows that it feeds and what one of them asks for. */
  readonly ofPlace: readonly (readonly { readonly row: number; readonly need: number }[])[];
  readonly limits: readonly { readonly limit: Limit; readonly row: number }[];
}

export function rowsOf({ tree, limits }: Compiled, declares: ReadonlySet<string>): Rows {
  const needs: number[] = [];
  const ofPlace: { row: number; need: number }[][] = tree.places.map(() => []);
  const row = (places: readonly number[], need: number): RowTree => {
    if (need <= 0) return FREE;
    const number = needs.push(need) - 1;
    for (const place of places) ofPlace[place]!.push({ row: number, need });
    return { kind: 'ROW', row: number };
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
  const asking = limits.filter((limit) => limitNeed(limit) > 0).map((limit) => ({ limit, row: needs.push(limitNeed(limit)) - 1 }));
  return { root, count: needs.length, needs, ofPlace, limits: asking };
}

export function giftOf(piece: Omit<Piece, 'ref' | 'source' | 'units'>, { tree }: Compiled, { ofPlace, limits }: Rows): Gift {
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
