import type { Node } from '../requirement/places.ts';
import type { Board } from './board.ts';
import { isMet } from './tally.ts';

export interface AssignTerms {
  readonly manualCounts: boolean;
  readonly declares: ReadonlySet<string>;
  /** How many steps the search may take. */
  readonly steps: number;
}

const PAIRS_A_STEP = 512;

/** FOUND: the board shows how. NONE: there is no way, proven. UNKNOWN: the steps ran out. */
export type Assigned = 'FOUND' | 'NONE' | 'UNKNOWN';

/**
 * Looks for a way to put the pieces so that the root is met and every limit holds. Exhaustive: each open pair is put, or it is out; a branch
 * ends where even everything that could still be put would not do.
 */
export function assign(board: Board, terms: AssignTerms): Assigned {
  const average = board.compiled.limits.find(({ limit }) => limit === 'GPA');
  const minGrade = average?.limit === 'GPA' ? average.min : undefined;
  for (const pair of board.openPairs()) {
    const { grade } = board.pieceAt(pair);
    const harmless = minGrade === undefined || grade === undefined || grade >= minGrade;
    if (harmless && board.isUncontested(pair)) board.put(pair);
  }
  // A step goes through all pairs: where there are very many it counts as several, so that the same number of steps takes about the same time.
  const left = { steps: Math.floor(terms.steps / Math.max(1, Math.ceil(board.pairCount / PAIRS_A_STEP))) };
  return search(board, terms, left);
}

function search(board: Board, terms: AssignTerms, left: { steps: number }): Assigned {
  const possible = board.values('POSSIBLE');
  if (!board.rootMet(possible, terms.manualCounts) || board.limitsShort('POSSIBLE').length > 0) return 'NONE';
  const put = board.values('PUT');
  if (board.rootMet(put, terms.manualCounts) && board.limitsShort('PUT').length === 0) return 'FOUND';
  if ((left.steps -= 1) < 0) return 'UNKNOWN';
  const pair = nextPair(board, terms, put, possible);
  if (pair === undefined) return 'NONE';

  const mark = board.mark;
  board.put(pair);
  const first = search(board, terms, left);
  if (first === 'FOUND') return first;
  board.backTo(mark);

  const twins = board.twinsOf(pair);
  board.takeOut(pair);
  for (const twin of twins) board.takeOut(twin);
  const second = search(board, terms, left);
  if (second === 'FOUND') return second;
  board.backTo(mark);
  return first === 'UNKNOWN' ? first : second;
}

/** The pair to decide next: at an unmet requirement, the piece that has the fewest other places; else whatever helps a limit. */
export function nextPair(board: Board, terms: Omit<AssignTerms, 'steps'>, put: ArrayLike<number>, possible: ArrayLike<number>): number | undefined {
  const place = unmetPlace(board, board.compiled.tree.root, terms, put, possible);
  const pairs = place === undefined ? board.openPairs() : board.pairsOfPlace[place]!.filter((pair) => board.isOpen(pair));
  let best: number | undefined;
  let bestRank = Infinity;
  for (const pair of pairs) {
    const rank = board.freedomOf(pair) * 1e9 - board.pieceAt(pair).credits;
    if (rank < bestRank) [best, bestRank] = [pair, rank];
  }
  return best;
}

/** A place with an open pair whose requirement the root still needs, if there is one. */
function unmetPlace(board: Board, node: Node, terms: Omit<AssignTerms, 'steps'>, put: ArrayLike<number>, possible: ArrayLike<number>): number | undefined {
  if (isMet(node, put, terms.declares, terms.manualCounts) || !isMet(node, possible, terms.declares, terms.manualCounts)) return undefined;
  const open = (place: number): boolean => board.pairsOfPlace[place]!.some((pair) => board.isOpen(pair));
  if (node.waiver !== undefined && open(node.waiver)) return node.waiver;
  switch (node.kind) {
    case 'PLACE':
      return open(node.place) ? node.place : undefined;
    case 'SECTIONS':
      return node.places.find(open);
    case 'IF': {
      const branch = terms.declares.has(node.declares) ? node.then : node.otherwise;
      return branch && unmetPlace(board, branch, terms, put, possible);
    }
    case 'K_OF':
      for (const child of node.of) {
        const found = unmetPlace(board, child, terms, put, possible);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'MANUAL':
      return undefined;
  }
}

/** Puts as much as fits, what has the fewest other places first: what an answer shows when not everything can be met. */
export function putWhatFits(board: Board): void {
  for (let open = board.openPairs(); open.length > 0; open = open.filter((pair) => board.isOpen(pair))) {
    const fewest = open.reduce((least, pair) => Math.min(least, board.freedomOf(pair)), Infinity);
    for (const pair of open) if (board.isOpen(pair) && board.freedomOf(pair) <= fewest) board.put(pair);
  }
}
