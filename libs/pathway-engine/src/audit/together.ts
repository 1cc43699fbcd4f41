import type { Placement, Verdict } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import { nextPair } from './assign.ts';
import type { Assigned, AssignTerms } from './assign.ts';
import { STEPS, auditStanding, boardOf, placementsOf } from './audit.ts';
import type { Board } from './board.ts';
import { isKept, shareCapsOf } from './share-caps.ts';
import type { BoardCap } from './share-caps.ts';
import type { Standing } from './situation.ts';

/** Whether a situation meets several credentials at once, with an assignment for each, in their order. Those of INCOMPLETE show nothing. */
export interface AuditedTogether {
  readonly verdict: Verdict;
  /** False when the search ended before it had looked at everything. */
  readonly proven: boolean;
  readonly assignments: readonly (readonly Placement[])[];
}

/** Each credential by itself and, where share caps are between them, all of them at once. */
export function auditTogether(graph: Graph, all: readonly Compiled[], standing: Standing): AuditedTogether {
  const alone = all.map((compiled) => auditStanding(graph, compiled, standing));
  const missed = alone.filter(({ verdict }) => verdict === 'INCOMPLETE');
  // One that is surely not met decides, whatever is not known of the others.
  if (missed.length > 0) return { verdict: 'INCOMPLETE', proven: missed.some(({ proven }) => proven), assignments: [] };
  const boards = alone.map(({ board }) => board);
  const caps = shareCapsOf(all);
  if (caps.every((cap) => isKept(cap, boards, 'PUT'))) {
    const verdict = alone.every((one) => one.verdict === 'COMPLETE') ? 'COMPLETE' : 'COMPLETE_EXCEPT_MANUAL';
    return { verdict, proven: alone.every(({ proven }) => proven), assignments: alone.map(({ assignment }) => assignment) };
  }
  return assignTogether(graph, all, standing, caps);
}

function assignTogether(graph: Graph, all: readonly Compiled[], standing: Standing, caps: readonly BoardCap[]): AuditedTogether {
  let proven = true;
  for (const manualCounts of [false, true]) {
    const boards = all.map((compiled) => boardOf(graph, compiled, standing));
    const search = new SearchTogether(boards, caps, { manualCounts, declares: standing.declares, steps: STEPS });
    const assigned = search.run();
    const verdict = manualCounts ? 'COMPLETE_EXCEPT_MANUAL' : 'COMPLETE';
    if (assigned === 'FOUND') return { verdict, proven, assignments: boards.map(placementsOf) };
    proven &&= assigned !== 'UNKNOWN';
  }
  return { verdict: 'INCOMPLETE', proven, assignments: [] };
}

/**
 * Looks for assignments that meet every credential and keep the caps between them. Exhaustive like the search for one; pieces that differ only in
 * what they stand on are not taken for the same here, because caps ask about that.
 */
class SearchTogether {
  readonly #boards: readonly Board[];
  readonly #caps: readonly BoardCap[];
  readonly #terms: AssignTerms;
  #left: number;

  constructor(boards: readonly Board[], caps: readonly BoardCap[], terms: AssignTerms) {
    this.#boards = boards;
    this.#caps = caps;
    this.#terms = terms;
    this.#left = terms.steps;
  }

  run(): Assigned {
    if (!this.#boards.every((board) => this.#isMet(board, 'POSSIBLE')) || !this.#caps.every((cap) => isKept(cap, this.#boards, 'POSSIBLE'))) return 'NONE';
    const unmet = this.#boards.find((board) => !this.#isMet(board, 'PUT'));
    const exceeded = this.#caps.find((cap) => !isKept(cap, this.#boards, 'PUT'));
    if (!unmet && !exceeded) return 'FOUND';
    if ((this.#left -= 1) < 0) return 'UNKNOWN';
    const board = unmet ?? this.#boards[exceeded!.of]!;
    const pair = unmet ? nextPair(board, this.#terms, board.values('PUT'), board.values('POSSIBLE')) : board.openPairs()[0];
    if (pair === undefined) return 'NONE';
    const mark = board.mark;
    board.put(pair);
    const first = this.run();
    if (first === 'FOUND') return first;
    board.backTo(mark);
    board.takeOut(pair);
    const second = this.run();
    if (second === 'FOUND') return second;
    board.backTo(mark);
    return first === 'UNKNOWN' ? first : second;
  }

  #isMet(board: Board, view: 'PUT' | 'POSSIBLE'): boolean {
    return board.rootMet(board.values(view), this.#terms.manualCounts) && board.limitsShort(view).length === 0;
  }
}
