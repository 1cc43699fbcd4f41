import type { Standing } from '../../audit/situation.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { isAllowed } from './allowed.ts';
import { withoutDominated } from './dominance.ts';
import type { PossibleDirect, PossibleEdge } from './possible.ts';
import { Sources } from './sources.ts';
import type { Contender } from './sources.ts';

/** Everything that the best plan could consist of, and what it would bring. */
export interface Candidates {
  readonly edges: readonly PossibleEdge[];
  /** What decides which of the agreements give something, in the published order. */
  readonly contest: readonly Contender[];
  readonly directs: readonly PossibleDirect[];
  /** By id. */
  readonly items: readonly MicroCredential[];
}

/**
 * Works backwards from the places of a credential: what could fill them, what that begins from, and the prerequisites of that. What stands on one
 * of the units `elsewhere` may serve something else too: nothing of it is left out.
 */
export function candidatesFor(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms, elsewhere?: Iterable<number>): Candidates {
  const allowed = (one: MicroCredential): boolean => isAllowed(one, terms, standing.asOf);
  const sources = new Sources(graph, compiled, standing, terms);
  const forced = (terms.forced ?? []).flatMap((id) => graph.microCredentials.get(id) ?? []).filter(allowed);
  const itemsFor = (edges: readonly PossibleEdge[], directs: readonly PossibleDirect[]): Set<MicroCredential> => {
    const options = [...sources.withDefenders(edges), ...directs].flatMap(({ things }) => things.flatMap((thing) => thing.options));
    return withPrerequisites(graph, standing, new Set([...options, ...forced]), allowed);
  };
  const all = itemsFor(sources.edges, sources.directs);
  const { edges, directs } = withoutDominated(graph, compiled, sources, all, terms, elsewhere);
  return { edges, contest: sources.contest(edges), directs, items: [...itemsFor(edges, directs)].sort((a, b) => (a.id < b.id ? -1 : 1)) };
}

function withPrerequisites(graph: Graph, standing: Standing, items: Set<MicroCredential>, allowed: (one: MicroCredential) => boolean): Set<MicroCredential> {
  // A set is gone through with what is added on the way.
  for (const { prerequisites = [] } of items)
    for (const group of prerequisites)
      if (!group.some((id) => standing.byUnit.has(graph.unit(id))))
        for (const option of group.flatMap((id) => graph.membersOf(graph.unit(id)))) if (allowed(option)) items.add(option);
  return items;
}
