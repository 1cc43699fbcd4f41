import type { Edge, Graph } from '../graph/graph.ts';
import type { Facts, Situation } from '../facts/facts.ts';
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

/**
 * What of the facts can matter to a question, as a world of its own, small enough to be changed and asked again and again: every agreement of the
 * receiver that begins from anything held, or from what those need beside it that begin from the micro-credential.
 */
export function worldOf(graph: Graph, ask: Ask, situation: Situation): World {
  const { held, planned = [] } = situation;
  const routes = edgesFrom(graph, graph.unit(ask.microCredential), ask.receiver);
  const units = new Set([
    ...held.map(({ microCredential }) => graph.unit(microCredential)),
    ...planned.map((id) => graph.unit(id)),
    ...routes.flatMap((edge) => edge.units),
  ]);
  const agreements = new Set([...units].flatMap((unit) => edgesFrom(graph, unit, ask.receiver).map(({ agreement }) => agreement)));
  const credential = ask.target.credential === undefined ? undefined : graph.credentials.get(ask.target.credential)!;
  const named = new Set([...held.map(({ microCredential }) => microCredential), ...planned, ask.microCredential]);
  for (const { from } of agreements) for (const { microCredential } of from) named.add(microCredential);
  for (const id of credential ? namedIn(credential.requirement) : []) named.add(id);
  const facts: Facts = {
    microCredentials: [...named].flatMap((id) => graph.microCredentials.get(id) ?? []),
    agreements: [...agreements],
    credentials: credential ? [credential] : [],
  };
  return { facts, situation };
}

/** The agreements of a receiver that begin from a unit. */
export const edgesFrom = (graph: Graph, unit: number, receiver: string): readonly Edge[] =>
  graph.edgesOf(unit).filter(({ agreement }) => agreement.receiver === receiver);

function* namedIn(requirement: Parameters<typeof requirementsOf>[0]): Iterable<string> {
  for (const one of requirementsOf(requirement)) {
    if (one.node === 'CRED') yield one.microCredential;
    if ('from' in one) yield* one.from.microCredentials ?? [];
    if (one.node === 'AT_MOST') yield* one.of.microCredentials ?? [];
    if (one.node === 'SECTIONS') for (const { from } of one.of) yield* from.microCredentials ?? [];
  }
}
