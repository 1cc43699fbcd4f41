import type { Placement } from '../../facts/facts.ts';
import { limitsHold, testOfTree, type Presence, type Test } from './measure.ts';
import type { Model, Piece } from './model.ts';
import { pairsOf, type Pair, type Pairs } from './pairs.ts';

/** What a search that was given up answers. */
export const gaveUp = Symbol('gave up');

type Choice = 'OPEN' | 'IN' | 'OUT';

/** Which pairs are in the assignment, which are not, and which are still open; and the two boards that follow: with all open ones, and with none. */
interface State {
  readonly choices: Choice[];
  readonly most: Uint8Array[];
  readonly least: Uint8Array[];
}

function choose(state: State, { index, piece, place }: Pair, choice: Choice): void {
  state.choices[index] = choice;
  state.most[place]![piece.index] = choice === 'OUT' ? 0 : 1;
  state.least[place]![piece.index] = choice === 'IN' ? 1 : 0;
}

/** Takes a pair in, and what cannot be with it out. @returns what was open before. */
function takeIn(state: State, pair: Pair, { all, against }: Pairs, maxUses: number): Pair[] {
  const isOpen = (other: Pair) => state.choices[other.index] === 'OPEN';
  choose(state, pair, 'IN');
  const ofPiece = all.filter((other) => other.piece === pair.piece);
  const isUsedUp = ofPiece.filter((other) => state.choices[other.index] === 'IN').length >= maxUses;
  const out = new Set([...against[pair.index]!, ...(isUsedUp ? ofPiece : [])].filter(isOpen));
  for (const other of out) choose(state, other, 'OUT');
  return [pair, ...out];
}

const isHopeful = (model: Model, test: Test, { most, least }: State, manual: boolean): boolean => {
  if (!test(most, manual)) return false;
  if (!model.credential.limits) return true;
  const presence = ({ index }: { index: number }): Presence => {
    if (least.some((row) => row[index] === 1)) return 1;
    return most.some((row) => row[index] === 1) ? 'PERHAPS' : 0;
  };
  return limitsHold(model, model.pieces.map(presence));
};

/** The open pairs of the place that can least do without them: of those that the rest cannot make up for, the one with the fewest. */
function mostPressing(model: Model, test: Test, state: State, { all }: Pairs, manual: boolean): readonly Pair[] {
  const byPlace = Map.groupBy(
    all.filter(({ index }) => state.choices[index] === 'OPEN'),
    ({ place }) => place,
  );
  const sorted = [...byPlace.values()].sort((a, b) => a.length - b.length);
  const isNeeded = (pairs: readonly Pair[]) => {
    for (const pair of pairs) choose(state, pair, 'OUT');
    const isMissed = !isHopeful(model, test, state, manual);
    for (const pair of pairs) choose(state, pair, 'OPEN');
    return isMissed;
  };
  return sorted.find(isNeeded) ?? sorted[0] ?? [];
}

/** Which pairs there are, by their index. */
export type Presences = readonly boolean[];

/** Tries every assignment: each pair in and out, and leaves a branch when even all that is still open could not make it good. */
export function assignmentSearch(model: Model) {
  const test = testOfTree(model);
  const pairs = pairsOf(model);
  const { maxUses = 1 } = model.credential.sharing ?? {};

  const startWith = (there: Presences): State => {
    const board = () => model.places.map(() => new Uint8Array(model.pieces.length));
    const state: State = { choices: [], most: board(), least: board() };
    for (const pair of pairs.all) choose(state, pair, there[pair.index] ? 'OPEN' : 'OUT');
    return state;
  };

  /** An assignment of these pairs that meets the tree and the limits, if there is one; after so many steps it gives up. */
  const findWithin = (steps: number, there: Presences, manual: boolean): Placement[] | typeof gaveUp | undefined => {
    const state = startWith(there);
    const isDone = () => isHopeful(model, test, { ...state, most: state.least }, manual);
    let left = steps;
    const tryOn = (): boolean => {
      if (left-- <= 0 || !isHopeful(model, test, state, manual)) return false;
      if (isDone()) return true;
      const [pair] = mostPressing(model, test, state, pairs, manual);
      if (!pair) return false;
      const changed = takeIn(state, pair, pairs, maxUses);
      if (tryOn()) return true;
      for (const each of changed) choose(state, each, 'OPEN');
      choose(state, pair, 'OUT');
      if (tryOn()) return true;
      choose(state, pair, 'OPEN');
      return false;
    };
    if (!tryOn()) return left < 0 ? gaveUp : undefined;
    const isIn = ({ index }: Pair) => state.choices[index] === 'IN';
    return pairs.all.filter(isIn).map(({ piece, place }) => ({ source: piece.source, place: model.places[place]!.id }));
  };

  /** What has a place in each assignment of these pairs that meets the tree and the limits; the same pieces once. */
  const everyPlacing = (there: Presences, manual: boolean): readonly (readonly Piece[])[] => {
    const state = startWith(there);
    const found = new Map<string, readonly Piece[]>();
    const goOn = (from: number): void => {
      if (!isHopeful(model, test, state, manual)) return;
      const pair = pairs.all.find(({ index }) => index >= from && state.choices[index] === 'OPEN');
      if (!pair) {
        const placed = new Set(pairs.all.filter(({ index }) => state.choices[index] === 'IN').map(({ piece }) => piece));
        found.set([...placed].map(({ index }) => index).join(), [...placed]);
        return;
      }
      const changed = takeIn(state, pair, pairs, maxUses);
      goOn(pair.index + 1);
      for (const each of changed) choose(state, each, 'OPEN');
      choose(state, pair, 'OUT');
      goOn(pair.index + 1);
      choose(state, pair, 'OPEN');
    };
    goOn(0);
    return [...found.values()];
  };

  return {
    everyPlacing,
    /** The pairs of these pieces while these candidates are planned. */
    pairsWith: (pieces: readonly boolean[], planned: readonly boolean[]): Presences =>
      pairs.all.map(({ piece, candidate }) => pieces[piece.index]! && (candidate === undefined || planned[candidate]!)),
    find: (there: Presences, manual: boolean) => findWithin(Infinity, there, manual) as Placement[] | undefined,
    findWithin,
  };
}
