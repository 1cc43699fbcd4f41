import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { PossibleDirect, PossibleEdge, Thing } from './possible.ts';
import type { Sources } from './sources.ts';
import { worthsOf } from './worth.ts';
import type { Worth } from './worth.ts';

/** One piece of credit for things that are to be planned. While it has a place, what is planned for it is of no other use. */
export interface Offer extends Worth {
  readonly source: PossibleEdge | PossibleDirect;
  /** For each lacking thing what would do. */
  readonly lacks: readonly (readonly MicroCredential[])[];
  /** What is planned for it can be of no other use in any case, and no agreement can disturb it. */
  readonly standsApart: boolean;
}

/**
 * The sources of one piece each that could be exchanged for one another. `items` are all that could be planned; `elsewhere` are units that may be
 * of use for something else than this credential.
 */
export function offersOf(
  graph: Graph,
  compiled: Compiled,
  sources: Sources,
  items: ReadonlySet<MicroCredential>,
  forced: readonly string[],
  elsewhere: Iterable<number> = [],
): Offer[] {
  const { limits, providers } = compiled;
  const asked = [...forced, ...[...items].flatMap(({ prerequisites = [] }) => prerequisites.flat())];
  const needed = new Set([...asked.map((id) => graph.unit(id)), ...elsewhere]);
  const timesLacked = new Map<MicroCredential, number>();
  for (const { things } of [...sources.edges, ...sources.directs])
    for (const { options } of things) for (const option of options) timesLacked.set(option, (timesLacked.get(option) ?? 0) + 1);
  const buckets = new Set(limits.flatMap((limit) => (limit.limit === 'CAP' ? [limit.bucket] : [])));
  const worths = worthsOf(graph, compiled);

  const offer = (source: Offer['source'], bucket: string | undefined, isUndisturbed: boolean, worthOf: () => Worth): Offer[] => {
    const lacking = source.things.filter(({ held }) => !held);
    if (lacking.length === 0 || lacking.some(({ unit }) => needed.has(unit))) return [];
    // What is held stays when the plan changes, and could count in another way then.
    if (!isUndisturbed && source.things.some(({ unit }) => sources.isHeld(unit))) return [];
    const isCapped = bucket !== undefined && buckets.has(bucket);
    const servesNothingElse = ({ options: [one, ...others] }: Thing): boolean =>
      others.length === 0 && timesLacked.get(one!) === 1 && !one!.prerequisites?.length;
    const standsApart = isUndisturbed && !isCapped && lacking.every(servesNothingElse);
    return [{ source, lacks: lacking.map(({ options }) => options), standsApart, ...worthOf() }];
  };

  const granted = sources.edges.flatMap((source) => {
    const { agreement } = source.edge;
    const { placesOfGrant } = providers.get(agreement.id)!;
    const fitting = agreement.grants.flatMap((_, index) => (placesOfGrant[index]!.length > 0 ? [index] : []));
    if (fitting.length !== 1 || agreement.exclusiveGroup !== undefined) return [];
    const worthOf = (): Worth => worths.ofGrant(source.edge, fitting[0]!);
    return offer(source, agreement.capBucket, sources.isUnrivalled(source.edge), worthOf);
  });
  const direct = sources.directs.flatMap((source) => {
    const { microCredential, unit } = source;
    if (graph.membersOf(unit).length > 1 || !sources.isUnnamed(unit)) return [];
    return offer(source, undefined, true, () => worths.ofMicroCredential(microCredential));
  });
  return [...granted, ...direct];
}
