import type { Compiled } from '../requirement/compiled.ts';
import type { Board, View } from './board.ts';

/** A share cap between two of several boards: of what `of` counts, no more than so much may stand on what `beside` counts too. */
export interface BoardCap {
  readonly of: number;
  readonly beside: number;
  readonly max?: number;
  readonly share?: number;
}

/** The share caps between some credentials, by their numbers. A cap with a credential that is not among them says nothing. */
export function shareCapsOf(all: readonly Compiled[]): BoardCap[] {
  return all.flatMap(({ credential }, of) =>
    (credential.sharing?.across ?? []).flatMap((cap) =>
      all.flatMap((other, beside) => {
        const isMeant = beside !== of && (cap.with === undefined || cap.with === other.credential.id);
        return isMeant ? [{ of, beside, ...('max' in cap ? { max: cap.max } : { share: cap.share }) }] : [];
      }),
    ),
  );
}

/**
 * Whether a cap is kept by what was put; as POSSIBLE, whether it could still be kept whatever else is put. What is shared only grows with what is
 * put, and so does what a share is taken of.
 */
export function isKept({ of, beside, max, share }: BoardCap, boards: readonly Board[], view: View): boolean {
  const shared = creditOn(boards[of]!, unitsPut(boards[beside]!));
  if (share === undefined) return shared <= max!;
  return shared * 10_000 <= share * creditOf(boards[of]!, view);
}

/** The units that what was put on a board stands on. */
export const unitsPut = (board: Board): Set<number> => new Set(board.placed().flatMap(({ piece }) => piece.units));

function creditOn(board: Board, units: ReadonlySet<number>): number {
  const pieces = new Set(board.placed().flatMap(({ piece }) => (piece.units.some((unit) => units.has(unit)) ? [piece] : [])));
  return [...pieces].reduce((sum, { credits }) => sum + credits, 0);
}

function creditOf(board: Board, view: View): number {
  const pieces = new Set(board.placed().map(({ piece }) => piece));
  if (view === 'POSSIBLE') for (const pair of board.openPairs()) pieces.add(board.pieceAt(pair));
  return [...pieces].reduce((sum, { credits }) => sum + credits, 0);
}
