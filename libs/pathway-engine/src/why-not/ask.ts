import type { Completion } from '../facts/completion.ts';
import type { Edge, Graph } from '../graph/graph.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import type { Requirement } from '../facts/requirement.ts';
import { requirementsOf } from '../facts-check/tree.ts';
import type { World } from './fix.ts';

/** Where something should be recognised: by a receiver, or by a credential: anywhere in it, or at a requirement, section or limit of it. */
export type WhyNotTarget =
  | { readonly receiver: string; readonly credential?: undefined; readonly place?: undefined }
  | { readonly credential: string; readonly place?: string; readonly receiver?: undefined };

/** A question about one held micro-credential. */
export interface Ask {
  readonly microCredential: string;
  readonly receiver: string;
  readonly target: WhyNotTarget;
}

/** A situation by units. */
export interface Holding {
  readonly situation: Situation;
  readonly heldOf: ReadonlyMap<number, readonly Completion[]>;
  readonly plannedOf: ReadonlyMap<number, readonly string[]>;
}

export const holdingOf = (graph: Graph, situation: Situation): Holding => ({
  situation,
  heldOf: Map.groupBy(situation.held, ({ microCredential }) => graph.unit(microCredential)),
  plannedOf: Map.groupBy(situation.planned ?? [], (id) => graph.unit(id)),
});

/**
 * What can matter to a question about these, as a world of its own, small enough to be changed and asked again and again: agreements all of whose
 * learning is held, or is needed beside these. For a credential all that is held matters, for a receiver what competes for the same learning.
 */
export function worldOf(graph: Graph, { receiver, target }: Omit<Ask, 'microCredential'>, items: readonly string[], holding: Holding): World {
  const { situation, heldOf, plannedOf } = holding;
  const own = new Set(items.map((id) => graph.unit(id)));
  const needed = new Set([...own].flatMap((unit) => edgesFrom(graph, unit, receiver).flatMap((edge) => edge.units)));
  const isThere = (unit: number): boolean => heldOf.has(unit) || plannedOf.has(unit) || needed.has(unit);
  const credential = target.credential === undefined ? undefined : graph.credentialOn(target.credential, situation.asOf)!;
  const units = credential ? new Set([...heldOf.keys(), ...plannedOf.keys(), ...needed]) : competing(graph, receiver, own, isThere);
  const agreements = new Set([...units].flatMap((unit) => edgesWithin(graph, unit, receiver, isThere).map(({ agreement }) => agreement)));
  const concerned = credential
    ? situation
    : { ...situation, held: [...units].flatMap((unit) => heldOf.get(unit) ?? []), planned: [...units].flatMap((unit) => plannedOf.get(unit) ?? []) };
  const named = new Set([...concerned.held.map(({ microCredential }) => microCredential), ...(concerned.planned ?? []), ...items]);
  for (const { from } of agreements) for (const { microCredential } of from) named.add(microCredential);
  for (const id of credential ? namedIn(credential.requirement) : []) named.add(id);
  const facts: Facts = {
    microCredentials: [...named].flatMap((id) => graph.microCredentials.get(id) ?? []),
    agreements: [...agreements],
    credentials: credential ? [credential] : [],
  };
  return { facts, situation: concerned };
}

/** Units that agreements bring together with these, directly or through others, by what they begin from or by a group of which one applies. */
function competing(graph: Graph, receiver: string, from: Iterable<number>, isThere: (unit: number) => boolean): ReadonlySet<number> {
  const units = new Set(from);
  for (const unit of units)
    for (const edge of edgesWithin(graph, unit, receiver, isThere)) {
      const group = edge.agreement.exclusiveGroup;
      const rivals = group === undefined ? [] : graph.edgesOfGroup(receiver, group).filter((rival) => rival.units.every(isThere));
      for (const one of [edge, ...rivals]) for (const each of one.units) units.add(each);
    }
  return units;
}

const edgesWithin = (graph: Graph, unit: number, receiver: string, isThere: (unit: number) => boolean): readonly Edge[] =>
  edgesFrom(graph, unit, receiver).filter((edge) => edge.units.every(isThere));

/** The agreements of a receiver that begin from a unit. */
export const edgesFrom = (graph: Graph, unit: number, receiver: string): readonly Edge[] =>
  graph.edgesOf(unit).filter(({ agreement }) => agreement.receiver === receiver);

function* namedIn(requirement: Requirement): Iterable<string> {
  for (const one of requirementsOf(requirement)) {
    if (one.node === 'CRED') yield one.microCredential;
    if ('from' in one) yield* one.from.microCredentials ?? [];
    if (one.node === 'AT_MOST') yield* one.of.microCredentials ?? [];
    if (one.node === 'SECTIONS') for (const { from } of one.of) yield* from.microCredentials ?? [];
  }
}
