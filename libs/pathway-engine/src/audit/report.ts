import type { Placement, Situation, Verdict } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Node } from '../requirement/places.ts';
import { auditStanding } from './audit.ts';
import type { Board } from './board.ts';
import { standingOf } from './situation.ts';
import { isMet, limitNeed, limitValue } from './tally.ts';

/** How one requirement stands under the assignment: how much it has, of what it needs (children, credits, pieces). */
export interface NodeReport {
  readonly id: string;
  readonly met: boolean;
  readonly have: number;
  readonly need: number;
}

export interface AuditReport {
  readonly verdict: Verdict;
  /** False: the search ended first, and INCOMPLETE only says that no way was found. */
  readonly proven: boolean;
  readonly assignment: readonly Placement[];
  readonly requirements: readonly NodeReport[];
  readonly limits: readonly NodeReport[];
}

/** Q2: whether a situation meets a credential, the assignment that shows it, and how every requirement and limit stands. */
export function auditReport(graph: Graph, compiled: Compiled, situation: Situation, steps?: number): AuditReport {
  const standing = standingOf(graph, situation);
  const { verdict, proven, assignment, board } = auditStanding(graph, compiled, standing, steps);
  const values = board.values('PUT');
  const requirements: NodeReport[] = [];
  report(compiled.tree.root, values, standing.declares, requirements);
  return { verdict, proven, assignment, requirements, limits: limitReports(board, compiled) };
}

function report(node: Node, values: ArrayLike<number>, declares: ReadonlySet<string>, into: NodeReport[]): void {
  const met = isMet(node, values, declares, false);
  const children = childrenOf(node, declares);
  into.push({ id: node.id, met, ...measure(node, values, declares, children) });
  for (const child of children) report(child, values, declares, into);
}

function childrenOf(node: Node, declares: ReadonlySet<string>): readonly Node[] {
  if (node.kind === 'K_OF') return node.of;
  if (node.kind !== 'IF') return [];
  const branch = declares.has(node.declares) ? node.then : node.otherwise;
  return branch ? [branch] : [];
}

function measure(node: Node, values: ArrayLike<number>, declares: ReadonlySet<string>, children: readonly Node[]): { have: number; need: number } {
  const metOf = (nodes: readonly Node[]): number => nodes.filter((child) => isMet(child, values, declares, false)).length;
  switch (node.kind) {
    case 'PLACE':
      return { have: values[node.place]!, need: node.need };
    case 'K_OF':
      return { have: metOf(node.of), need: node.k };
    case 'IF':
      return { have: metOf(children), need: children.length };
    case 'SECTIONS':
      return { have: node.places.filter((place) => values[place]! >= node.each).length, need: node.min };
    case 'MANUAL':
      return { have: 0, need: 1 };
  }
}

function limitReports(board: Board, { limits }: Compiled): NodeReport[] {
  const pieces = [...new Set(board.placed().map(({ piece }) => piece))];
  const short = new Set(board.limitsShort('PUT'));
  return limits.map((limit) => {
    const need = limit.limit === 'CAP' ? limit.max : limitNeed(limit);
    return { id: limit.id, met: !short.has(limit.id), have: limitValue(limit, limits, pieces), need };
  });
}
