import type { Piece } from '../../audit/pieces.ts';
import { capIndex, distinctValues, limitNeed, qualifies } from '../../audit/tally.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { Place } from '../../requirement/places.ts';
import type { PossibleDirect, PossibleEdge, Sources, Thing } from './sources.ts';

/** What a piece does at one place. */
export interface Use {
  /** How much it adds there; what adds nothing may still count for limits. */
  readonly worth: number;
  /** The AT_MOST that takes it, or -1. */
  readonly cap: number;
  /** The different values that it adds to a DISTINCT. */
  readonly values: readonly (string | number)[];
}

/** What a piece does for a credential. */
interface Worth {
  readonly uses: ReadonlyMap<number, Use>;
  /** What it adds to each limit that asks for something. */
  readonly toLimits: readonly number[];
  /** The same for pieces between which there is no difference. */
  readonly sort: string;
}

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
  const { credential, limits, providers, directs, tree } = compiled;
  const asked = [...forced, ...[...items].flatMap(({ prerequisites = [] }) => prerequisites.flat())];
  const needed = new Set([...asked.map((id) => graph.unit(id)), ...elsewhere]);
  const timesLacked = new Map<MicroCredential, number>();
  for (const { things } of [...sources.edges, ...sources.directs])
    for (const { options } of things) for (const option of options) timesLacked.set(option, (timesLacked.get(option) ?? 0) + 1);
  const buckets = new Set(limits.flatMap((limit) => (limit.limit === 'CAP' ? [limit.bucket] : [])));
  const hasCaps = tree.places.some((place) => 'caps' in place && place.caps.length > 0);
  const asking = limits.filter((limit) => limitNeed(limit) > 0 && limit.limit !== 'GPA');

  const known = new Map<string, Worth>();
  /** Most pieces are like others in everything that matters here. */
  const worthOf = (piece: Piece): Worth => {
    const key = likeness(piece, hasCaps);
    let worth = known.get(key);
    if (!worth) {
      const uses = new Map(piece.places.map((place) => useAt(graph, tree.places[place]!, place, piece)));
      const toLimits = asking.map((limit) => (qualifies(limit, piece) ? piece.credits : 0));
      known.set(key, (worth = { uses, toLimits, sort: JSON.stringify([...uses, toLimits]) }));
    }
    return worth;
  };

  const offer = (source: Offer['source'], piece: Piece, isUndisturbed: boolean): Offer[] => {
    const lacking = source.things.filter(({ held }) => !held);
    if (lacking.length === 0 || lacking.some(({ unit }) => needed.has(unit))) return [];
    // What is held stays when the plan changes, and could count in another way then.
    if (!isUndisturbed && source.things.some(({ unit }) => sources.isHeld(unit))) return [];
    const isCapped = piece.bucket !== undefined && buckets.has(piece.bucket);
    const servesNothingElse = ({ options: [one, ...others] }: Thing): boolean =>
      others.length === 0 && timesLacked.get(one!) === 1 && !one!.prerequisites?.length;
    const standsApart = isUndisturbed && !isCapped && lacking.every(servesNothingElse);
    return [{ source, lacks: lacking.map(({ options }) => options), standsApart, ...worthOf(piece) }];
  };

  const granted = sources.edges.flatMap((source) => {
    const { agreement, units } = source.edge;
    const { placesOfGrant } = providers.get(agreement.id)!;
    const fitting = agreement.grants.flatMap((grant, index) => (placesOfGrant[index]!.length > 0 ? [index] : []));
    if (fitting.length !== 1 || agreement.exclusiveGroup !== undefined) return [];
    const [index] = fitting as [number];
    const resident = agreement.sender === credential.institution && agreement.kind !== 'PLAR';
    const own = { ref: { agreement: agreement.id, grant: index }, source: agreement.id, units, issuer: agreement.sender, resident };
    const piece = { ...agreement.grants[index]!, ...own, bucket: agreement.capBucket, places: placesOfGrant[index]! };
    return offer(source, piece, sources.isUnrivalled(source.edge));
  });
  const direct = sources.directs.flatMap((source) => {
    const { microCredential: one, unit } = source;
    if (graph.membersOf(unit).length > 1 || !sources.isUnnamed(unit)) return [];
    const resident = one.issuer === credential.institution;
    return offer(source, { ...one, ref: { microCredential: one.id }, source: one.id, units: [unit], resident, places: directs.get(one.id)!.places }, true);
  });
  return [...granted, ...direct];
}

/** The same text for pieces that do the same at every place and for every limit. An AT_MOST may ask for anything that a piece says of itself. */
function likeness({ ref, places, credits, subject, level, areas, course, issuer, resident }: Piece, hasCaps: boolean): string {
  const own = 'microCredential' in ref ? ref.microCredential : undefined;
  return JSON.stringify([places, credits, subject, level, areas, resident, ...(hasCaps ? [course, issuer, own] : [])]);
}

function useAt(graph: Graph, place: Place, index: number, piece: Piece): [number, Use] {
  // The term of what is planned is not known: it adds none.
  const values = place.kind === 'DISTINCT' && place.by !== 'TERM' ? [...distinctValues(place.by, piece)] : [];
  const worth = place.kind === 'CREDITS' ? piece.credits : place.kind === 'DISTINCT' ? values.length : 1;
  return [index, { worth, cap: capIndex(graph, place, piece), values }];
}
