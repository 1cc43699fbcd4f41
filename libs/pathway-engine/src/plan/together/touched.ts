import { compareAgreements } from '../../agreements/order.ts';
import type { Edge, Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';

/**
 * The units with which a plan could change anything for a credential: those that its places can be filled from, those of agreements that could
 * go before, and the prerequisites of all these. More than that may be named, never less.
 */
export function unitsTouched(graph: Graph, compiled: Compiled): Set<number> {
  const edges = new Set<Edge>([...compiled.providers.values()].map(({ edge }) => edge));
  // A set is gone through with what is added on the way.
  for (const edge of edges) {
    const { exclusiveGroup, receiver } = edge.agreement;
    const rivals = edge.units.flatMap((unit) => compiled.edgesFrom(unit));
    if (exclusiveGroup !== undefined) rivals.push(...graph.edgesOfGroup(receiver, exclusiveGroup));
    for (const rival of rivals) if (compareAgreements(rival, edge) < 0) edges.add(rival);
  }
  const units = new Set<number>([...edges].flatMap((edge) => edge.units));
  for (const { unit } of compiled.directs.values()) units.add(unit);
  for (const unit of units)
    for (const { prerequisites = [] } of graph.membersOf(unit)) for (const group of prerequisites) for (const id of group) units.add(graph.unit(id));
  return units;
}
