import type { Model, Piece } from './model.ts';

/** A piece and a place that it fits. */
export interface Pair {
  readonly index: number;
  readonly piece: Piece;
  readonly place: number;
  /** Fits only while this one is planned. */
  readonly candidate?: number;
}

/** Pairs, by index. `against` lists those that cannot be in an assignment with a pair. */
export interface Pairs {
  readonly all: readonly Pair[];
  readonly against: readonly (readonly Pair[])[];
}

function exclude(a: Pair, b: Pair, { credential, places }: Model): boolean {
  if (a.piece === b.piece) {
    const { maxUses = 1, together } = credential.sharing ?? {};
    const [x, y] = [places[a.place]!.id, places[b.place]!.id];
    return maxUses === 1 || (together !== undefined && !together.some(([one, other]) => (one === x && other === y) || (one === y && other === x)));
  }
  if (a.place === b.place && (places[a.place]!.isForOne || a.piece.waives !== undefined || b.piece.waives !== undefined)) return true;
  return a.piece.origin !== b.piece.origin && a.piece.units.some((unit) => b.piece.units.includes(unit));
}

/** All pairs that there may be. */
export function pairsOf(model: Model): Pairs {
  const fitting = model.places.flatMap(({ fits }, place) => fits.map(({ piece, candidate }) => ({ piece: model.pieces[piece]!, place, candidate })));
  const all = fitting.map((pair, index): Pair => ({ ...pair, index }));
  return { all, against: all.map((pair) => all.filter((other) => other !== pair && exclude(pair, other, model))) };
}
