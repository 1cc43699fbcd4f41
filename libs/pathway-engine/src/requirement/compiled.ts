import { compareAgreements } from '../agreements/order.ts';
import type { Grant } from '../facts/agreement.ts';
import type { Credential, Limit } from '../facts/credential.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Edge, Graph } from '../graph/graph.ts';
import type { Filter } from '../facts/requirement.ts';
import { takes } from './filter.ts';
import type { Described } from './filter.ts';
import { treeOf } from './places.ts';
import type { Place, Tree } from './places.ts';

/** Where each grant of an agreement can be put, by its place in `grants`. */
export interface Provider {
  readonly edge: Edge;
  readonly placesOfGrant: readonly (readonly number[])[];
}

/** Where a micro-credential itself can be put; CRED places still ask for grade and age. */
export interface DirectProvider {
  readonly microCredential: MicroCredential;
  readonly unit: number;
  readonly places: readonly number[];
}

/** A credential ready for questions: its tree over places, and everything that can fill them. Holds for one state of the facts. */
export interface Compiled {
  readonly credential: Credential;
  readonly tree: Tree;
  readonly limits: readonly Limit[];
  readonly maxUses: number;
  /** For two places of one piece, `a * places + b`; undefined when any two may share. */
  readonly together: ReadonlySet<number> | undefined;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly directs: ReadonlyMap<string, DirectProvider>;
  /** The agreements of the credential's institution that begin from a unit. */
  readonly edgesFrom: (unit: number) => readonly Edge[];
  /** The agreements that an agreement gives nothing beside: they go before it, and have learning or a group in common with it. */
  readonly rivalsBefore: (edge: Edge) => readonly Edge[];
}

/** Finds what can fill a credential's places, through the graph's indexes: without looking at what has nothing to do with it. */
export function compile(graph: Graph, credential: Credential): Compiled {
  const { institution, sharing } = credential;
  const tree = treeOf(credential.requirement, (id) => graph.edgesWaiving(institution, id).length > 0);
  const unitOf = (id: string): string => graph.unitKey(id);
  const named = new NamedPlaces(tree.places, unitOf);
  const placesFor = (grant: Grant, edge: Edge): readonly number[] => {
    if (grant.waives !== undefined) return named.waivers.get(grant.waives) ?? [];
    const described = { ...describedGrant(grant), issuer: edge.agreement.sender };
    return inOrder(
      grant.course === undefined ? undefined : named.courses.get(grant.course),
      named.filtered.flatMap(([index, from]) => (takes(from, described, institution, unitOf) ? [index] : [])),
    );
  };
  const providers = new Map<string, Provider>();
  for (const edge of byId(edgesFor(graph, institution, tree.places), ({ agreement }) => agreement.id)) {
    if (edge.agreement.kind === 'NO_CREDIT' || edge.agreement.kind === 'INDIVIDUAL_ASSESSMENT') continue;
    const placesOfGrant = edge.agreement.grants.map((grant) => placesFor(grant, edge));
    if (placesOfGrant.some((places) => places.length > 0)) providers.set(edge.agreement.id, { edge, placesOfGrant });
  }
  const directs = new Map<string, DirectProvider>();
  for (const one of byId(directsFor(graph, institution, tree.places), ({ id }) => id)) {
    const described: Described = { ...one, course: undefined, directUnit: unitOf(one.id) };
    const places = inOrder(
      named.units.get(unitOf(one.id)),
      named.filtered.flatMap(([index, from]) => (takes(from, described, institution, unitOf) ? [index] : [])),
    );
    if (places.length > 0) directs.set(one.id, { microCredential: one, unit: graph.unit(one.id), places });
  }
  const together = pairs(credential, tree);
  const edgesFrom = (unit: number): readonly Edge[] => graph.edgesAt(institution, unit);
  const rivalsBefore = rememberedByEdge((edge) => findRivalsBefore(graph, edge));
  return { credential, tree, limits: credential.limits ?? [], maxUses: sharing?.maxUses ?? 1, together, providers, directs, edgesFrom, rivalsBefore };
}

/** Every question about a credential asks this of all its agreements. */
function rememberedByEdge<Found>(find: (edge: Edge) => Found): (edge: Edge) => Found {
  const known = new Map<Edge, Found>();
  return (edge) => {
    let found = known.get(edge);
    if (found === undefined) known.set(edge, (found = find(edge)));
    return found;
  };
}

/** Whether no agreement of the institution has anything in common with this one. */
export const isAlone = (edgesFrom: Compiled['edgesFrom'], { agreement, units }: Edge): boolean =>
  agreement.exclusiveGroup === undefined && units.every((unit) => edgesFrom(unit).length === 1);

const NONE: readonly never[] = [];

function findRivalsBefore(graph: Graph, edge: Edge): readonly Edge[] {
  const { exclusiveGroup: group, receiver } = edge.agreement;
  if (isAlone((unit) => graph.edgesAt(receiver, unit), edge)) return NONE;
  const before: Edge[] = [];
  const look = (rivals: readonly Edge[]): void => {
    for (const rival of rivals) if (rival !== edge && compareAgreements(rival, edge) < 0) before.push(rival);
  };
  for (const unit of edge.units) look(graph.edgesAt(receiver, unit));
  if (group !== undefined) look(graph.edgesOfGroup(receiver, group));
  return before.length === 0 ? NONE : before;
}

/** In an order that does not depend on which fact came first. */
const byId = <Element>(elements: ReadonlySet<Element>, idOf: (element: Element) => string): Element[] =>
  [...elements].sort((a, b) => (idOf(a) < idOf(b) ? -1 : 1));

const describedGrant = ({ subject, level, areas, course }: Grant): Omit<Described, 'issuer'> => ({ subject, level, areas, course });

/** Places by what they name, so that the thousands of a large tree are not gone through for each agreement; those with a filter have to be. */
class NamedPlaces {
  readonly courses: ReadonlyMap<string, readonly number[]>;
  readonly units: ReadonlyMap<string, readonly number[]>;
  readonly waivers: ReadonlyMap<string, readonly number[]>;
  readonly filtered: readonly (readonly [number, Filter])[];

  constructor(places: readonly Place[], unitOf: (microCredential: string) => string) {
    const by = (nameOf: (place: Place) => string | undefined): Map<string, number[]> => {
      const found = new Map<string, number[]>();
      for (const [index, place] of places.entries()) {
        const name = nameOf(place);
        if (name !== undefined) found.set(name, [...(found.get(name) ?? []), index]);
      }
      return found;
    };
    this.courses = by((place) => (place.kind === 'COURSE' ? place.course : undefined));
    this.units = by((place) => (place.kind === 'CRED' ? unitOf(place.microCredential) : undefined));
    this.waivers = by((place) => (place.kind === 'WAIVER' ? place.id : undefined));
    this.filtered = places.flatMap((place, index) => ('from' in place ? [[index, place.from] as const] : []));
  }
}

/** Both lists of places in the order of the tree. */
const inOrder = (named: readonly number[] | undefined, filtered: readonly number[]): readonly number[] =>
  named ? [...named, ...filtered].sort((a, b) => a - b) : filtered;

function pairs({ sharing }: Credential, { places }: Tree): ReadonlySet<number> | undefined {
  if (!sharing?.together) return undefined;
  const allowed = new Set<number>();
  for (const [a, b] of sharing.together)
    for (const [i, one] of places.entries())
      for (const [j, other] of places.entries())
        if (i !== j && ((one.id === a && other.id === b) || (one.id === b && other.id === a))) allowed.add(i * places.length + j);
  return allowed;
}

function edgesFor(graph: Graph, receiver: string, places: readonly Place[]): ReadonlySet<Edge> {
  const found = new Set<Edge>();
  for (const place of places) {
    if (place.kind === 'WAIVER') add(found, graph.edgesWaiving(receiver, place.id));
    else if (place.kind === 'COURSE') add(found, graph.edgesGrantingCourse(receiver, place.course));
    else if (place.kind !== 'CRED') {
      const { courses, subjects } = place.from;
      if (courses) for (const course of courses) add(found, graph.edgesGrantingCourse(receiver, course));
      else if (subjects) for (const subject of subjects) add(found, graph.edgesGrantingSubject(receiver, subject));
      else add(found, graph.edgesOfReceiver(receiver));
    }
  }
  return found;
}

function directsFor(graph: Graph, institution: string, places: readonly Place[]): ReadonlySet<MicroCredential> {
  const found = new Set<MicroCredential>();
  for (const place of places) {
    if (place.kind === 'CRED') add(found, graph.membersOf(graph.unit(place.microCredential)));
    else if (place.kind !== 'WAIVER' && place.kind !== 'COURSE') {
      const { microCredentials, issuers } = place.from;
      if (microCredentials) for (const id of microCredentials) add(found, graph.membersOf(graph.unit(id)));
      else for (const issuer of issuers ?? [institution]) add(found, graph.ownOf(issuer));
    }
  }
  return found;
}

function add<Element>(set: Set<Element>, elements: Iterable<Element>): void {
  for (const element of elements) set.add(element);
}
