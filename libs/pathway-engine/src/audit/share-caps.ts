import type { ShareCap } from '../facts/credential.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Board, View } from './board.ts';
import type { Piece } from './pieces.ts';

/** A share cap between two of several boards: of what `of` counts, no more than so much may stand on what `beside` counts too. */
export interface BoardCap {
  readonly of: number;
  readonly beside: number;
  readonly max?: number;
  readonly share?: number;
}

/** The share caps between some credentials, by their numbers. A cap with a credential that is not among them says nothing. */
export function shareCapsOf(all: readonly Compiled[]): BoardCap[] {
  return all.flatMap(({ credential: { sharing } }, of) =>
    all.flatMap(({ credential: { id } }, beside) => {
      const cap = beside === of ? undefined : shareCapWith(id, sharing?.across ?? []);
      return cap ? [{ of, beside, ...('max' in cap ? { max: cap.max } : { share: cap.share }) }] : [];
    }),
  );
}

/** Of a credential's caps the one that holds with another credential: one that names it goes before one for all. */
const shareCapWith = (other: string, across: readonly ShareCap[]): ShareCap | undefined =>
  across.find((cap) => cap.with === other) ?? across.find((cap) => cap.with === undefined);

/**
 * Whether a cap is kept by what was put; as POSSIBLE, whether it could still be kept whatever else is put. What is shared only grows with what is
 * put, and so does what a share is taken of.
 */
export function isKept(cap: BoardCap, boards: readonly Board[], view: View): boolean {
  const own = boards[cap.of]!;
  const shared = creditOf(sharedWith(piecesPut(own), piecesPut(boards[cap.beside]!)));
  return shared <= mostShared(cap, cap.share === undefined ? 0 : creditOf(view === 'PUT' ? piecesPut(own) : [...piecesPut(own), ...piecesOpen(own)]));
}

/** The most that may be shared, of so much credit in all. */
export const mostShared = ({ max, share }: BoardCap, credits: number): number => (share === undefined ? max! : (share * credits) / 10_000);

const piecesPut = (board: Board): Piece[] => board.placed().map(({ piece }) => piece);
const piecesOpen = (board: Board): Piece[] => board.openPairs().map((pair) => board.pieceAt(pair));

/** Those of the pieces that stand on a unit in common with one of the others. */
export function sharedWith(pieces: readonly Piece[], others: readonly Piece[]): Piece[] {
  const units = new Set(others.flatMap((piece) => piece.units));
  return pieces.filter((piece) => piece.units.some((unit) => units.has(unit)));
}

/** The credit of these pieces, each counted once. */
export const creditOf = (pieces: readonly Piece[]): number => [...new Set(pieces)].reduce((sum, { credits }) => sum + credits, 0);
