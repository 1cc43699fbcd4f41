import type { Placement } from '../facts/facts.ts';
import { limitsHold, testOfTree, type Presence, type Test } from './measure.ts';
import type { Model, Piece } from './model.ts';
import type { Place } from './place.ts';

/** Which of the model's pieces there are when these candidates are planned, conflicts settled. */
export function piecesWith(model: Model, planned: readonly boolean[]): boolean[] {
  const there = model.pieces.map(() => false);
  const wins: boolean[] = [];
  for (const { things, rivals, pieces } of model.offers) {
    const applies = things.every((thing) => thing.held || thing.candidates.some((candidate) => planned[candidate]));
    const isWinner = applies && !rivals.some((rival) => wins[rival]);
    wins.push(isWinner);
    for (const piece of pieces) there[piece.index] = isWinner;
  }
  for (const { piece, held, candidate } of model.directs) there[piece.index] = held || (candidate !== undefined && planned[candidate]!);
  return there;
}

/** A piece with every set of places that it may take alone, the larger sets first. */
interface Move {
  readonly piece: Piece;
  readonly fits: readonly number[];
  readonly choices: readonly (readonly number[])[];
}

function choicesOf(fits: readonly number[], { credential, places }: Model): number[][] {
  const { maxUses = 1, together } = credential.sharing ?? {};
  const mayShare = (a: number, b: number) => {
    const [x, y] = [places[a]!.id, places[b]!.id];
    return !together || together.some(([one, other]) => (one === x && other === y) || (one === y && other === x));
  };
  let choices: number[][] = [[]];
  for (const place of fits) {
    const longer = choices.filter((choice) => choice.length < maxUses && choice.every((other) => mayShare(other, place)));
    choices = [...choices, ...longer.map((choice) => [...choice, place])];
  }
  return choices.sort((a, b) => b.length - a.length);
}

function movesOf(model: Model, planned: readonly boolean[]): Move[] {
  const there = piecesWith(model, planned);
  const moves = model.pieces.flatMap((piece): Move[] => {
    if (!there[piece.index]) return [];
    const isThere = (fit: Place['fits'][number]) => fit.piece === piece.index && (fit.candidate === undefined || planned[fit.candidate] === true);
    const fits = model.places.flatMap((place, index) => (place.fits.some(isThere) ? [index] : []));
    return fits.length === 0 ? [] : [{ piece, fits, choices: choicesOf(fits, model) }];
  });
  return moves.sort((a, b) => a.choices.length - b.choices.length);
}

/** Names what an assignment depends on: the pieces and where they fit. */
export const nameOf = (moves: readonly Move[]): string => moves.map(({ piece, fits }) => `${piece.index}:${fits.join()}`).join(' ');

/** The assignment on its way: what lies where, and who stands on which unit. */
interface State {
  readonly board: Uint8Array[];
  readonly presence: Presence[];
  readonly taken: Piece[][];
  readonly origins: Map<string, string[]>;
}

/** At first every piece lies everywhere it fits, perhaps. */
function openState(model: Model, moves: readonly Move[]): State {
  const board = model.places.map(() => new Uint8Array(model.pieces.length));
  const presence = model.pieces.map((): Presence => 0);
  for (const { piece, fits } of moves) {
    presence[piece.index] = 'PERHAPS';
    for (const place of fits) board[place]![piece.index] = 1;
  }
  return { board, presence, taken: model.places.map(() => []), origins: new Map() };
}

function isAllowed(model: Model, { taken, origins }: State, piece: Piece, choice: readonly number[]): boolean {
  if (choice.length > 0 && !piece.units.every((unit) => (origins.get(unit) ?? []).every((origin) => origin === piece.origin))) return false;
  return choice.every((place) => {
    const there = taken[place]!;
    const isForOne = model.places[place]!.isForOne || piece.waives !== undefined || there.some(({ waives }) => waives !== undefined);
    return there.length === 0 || !isForOne;
  });
}

function place({ board, presence, taken, origins }: State, { piece, fits }: Move, choice: readonly number[]): void {
  presence[piece.index] = choice.length > 0 ? 1 : 0;
  for (const each of fits) board[each]![piece.index] = choice.includes(each) ? 1 : 0;
  for (const each of choice) taken[each]!.push(piece);
  if (choice.length > 0) for (const unit of piece.units) origins.set(unit, [...(origins.get(unit) ?? []), piece.origin]);
}

function takeBack({ board, presence, taken, origins }: State, { piece, fits }: Move, choice: readonly number[]): void {
  presence[piece.index] = 'PERHAPS';
  for (const each of fits) board[each]![piece.index] = 1;
  for (const each of choice) taken[each]!.pop();
  if (choice.length > 0) for (const unit of piece.units) origins.get(unit)!.pop();
}

/** Tries every assignment in depth, and leaves a branch when even all that is still open could not make it good. */
export function assignmentSearch(model: Model) {
  const test = testOfTree(model);

  const find = (moves: readonly Move[], manual: boolean): Placement[] | undefined => {
    const state = openState(model, moves);
    const isHopeful = () => test(state.board, manual) && limitsHold(model, (piece) => state.presence[piece]!);
    const tryFrom = (depth: number): boolean => {
      if (!isHopeful()) return false;
      const move = moves[depth];
      if (!move) return true;
      for (const choice of move.choices) {
        if (!isAllowed(model, state, move.piece, choice)) continue;
        place(state, move, choice);
        if (tryFrom(depth + 1)) return true;
        takeBack(state, move, choice);
      }
      return false;
    };
    if (!tryFrom(0)) return undefined;
    return state.taken.flatMap((pieces, index) => pieces.map(({ source }) => ({ source, place: model.places[index]!.id })));
  };

  /** Whether these pieces could do if each could go everywhere at once; a weaker question than the real one, so its no is a no. */
  const isHopefulWith = (there: (piece: Piece) => boolean, hasCandidate: (candidate: number) => boolean): boolean => {
    const board = model.places.map((each) => {
      const row = new Uint8Array(model.pieces.length);
      for (const { piece, candidate } of each.fits) if (there(model.pieces[piece]!) && (candidate === undefined || hasCandidate(candidate))) row[piece] = 1;
      return row;
    });
    const lies = model.pieces.map(({ index }) => board.some((row) => row[index] === 1));
    return test(board, true) && limitsHold(model, (piece) => (lies[piece] ? 'PERHAPS' : 0));
  };

  return { movesWith: (planned: readonly boolean[]) => movesOf(model, planned), find, isHopefulWith };
}
