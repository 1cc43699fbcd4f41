import type { Placement, Verdict } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Node } from '../requirement/places.ts';
import { assign, putWhatFits } from './assign.ts';
import { Board } from './board.ts';
import { piecesOf } from './pieces.ts';
import type { Standing } from './situation.ts';

/** How many steps a search for an assignment may take. */
export const STEPS = 20_000;

export interface Audited {
  readonly verdict: Verdict;
  /** False when the search ended before it had looked at everything: then INCOMPLETE only means that no way was found. */
  readonly proven: boolean;
  readonly assignment: readonly Placement[];
  readonly board: Board;
}

/** A board with every piece that is there, and nothing put. */
export const boardOf = (graph: Graph, compiled: Compiled, standing: Standing): Board =>
  new Board(graph, compiled, piecesOf(graph, compiled, standing), standing.declares);

/** Whether a situation meets a credential, with the assignment that shows it or, where it does not, as much as could be put. */
export function auditStanding(graph: Graph, compiled: Compiled, standing: Standing, steps: number = STEPS): Audited {
  const { declares } = standing;
  const board = boardOf(graph, compiled, standing);
  let proven = true;
  for (const manualCounts of hasManual(compiled.tree.root) ? [false, true] : [false]) {
    board.backTo(0);
    const assigned = assign(board, { manualCounts, declares, steps });
    if (assigned === 'FOUND') return { verdict: manualCounts ? 'COMPLETE_EXCEPT_MANUAL' : 'COMPLETE', proven, assignment: placementsOf(board), board };
    proven &&= assigned !== 'UNKNOWN';
  }
  return Object.assign(shownWhenAsked(board), { verdict: 'INCOMPLETE', proven } as const);
}

/** What to show where not everything can be met. A search asks thousands of times for the verdict alone: it is put when somebody looks. */
function shownWhenAsked(board: Board): Pick<Audited, 'assignment' | 'board'> {
  let isPut = false;
  const shown = (): Board => {
    if (!isPut) {
      board.backTo(0);
      putWhatFits(board);
      isPut = true;
    }
    return board;
  };
  return {
    get assignment() {
      return placementsOf(shown());
    },
    get board() {
      return shown();
    },
  };
}

/**
 * Whether a standing could meet a credential if of agreements for the same learning any could be chosen. More is never worse in this question:
 * a no for everything that may be planned is a no for every plan. True also when the search ended first.
 */
export function couldEverMeet(graph: Graph, compiled: Compiled, standing: Standing): boolean {
  const { declares } = standing;
  const board = new Board(graph, compiled, piecesOf(graph, compiled, standing, true), declares);
  return assign(board, { manualCounts: true, declares, steps: STEPS }) !== 'NONE';
}

function hasManual(node: Node): boolean {
  if (node.kind === 'MANUAL') return true;
  if (node.kind === 'K_OF') return node.of.some(hasManual);
  return node.kind === 'IF' && (hasManual(node.then) || (node.otherwise !== undefined && hasManual(node.otherwise)));
}

/** What was put on a board. */
export const placementsOf = (board: Board): Placement[] =>
  board.placed().map(({ piece, place }) => ({ source: piece.ref, place: board.compiled.tree.places[place]!.id }));
