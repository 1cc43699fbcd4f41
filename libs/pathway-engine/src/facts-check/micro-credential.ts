import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Graph } from '../graph/graph.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';
import { credits, day, emptyTerm, integer, isWhole, level, listOf, optional, orNull, shape, text, texts } from './shape.ts';

const microCredentialShape = shape({
  id: text,
  issuer: text,
  credits,
  minutes: integer(0, 10_000_000, 'minutes'),
  cost: integer(0, 1_000_000_000, 'cents'),
  terms: integer(0, 100, 'academic terms'),
  subject: optional(text),
  level: optional(level),
  areas: optional(texts()),
  delivery: optional(text),
  region: optional(text),
  sameAs: optional(text),
  prerequisites: optional(listOf(texts(1))),
  offeredFrom: day,
  offeredUntil: orNull(day),
});

/** Every fault of a micro-credential by itself; none when it may be put into the graph. Never throws, whatever the fields are. */
export function checkMicroCredential(one: MicroCredential): FactFault[] {
  const faults = microCredentialShape(one, '');
  return isWhole(faults) ? [...faults, ...emptyTerm(one.offeredFrom, one.offeredUntil, '/offeredUntil')] : faults;
}

/** Prerequisites that the facts do not know. The micro-credential must be without faults by itself. */
export const checkMicroCredentialAgainst = (graph: Graph, { id, prerequisites = [] }: MicroCredential): FactFault[] =>
  prerequisites.flatMap((group, at) => unknownIn(graph, group, `/prerequisites/${at}`, id));

/** Ids in a list that are no micro-credential; `except` is one that is about to be. */
export const unknownIn = (graph: Graph, ids: readonly string[] | undefined, pointer: string, except?: string): FactFault[] =>
  (ids ?? []).flatMap((id, index) => (id === except ? [] : unknown(graph, id, `${pointer}/${index}`)));

/** A fault unless there is a micro-credential of this id. */
export const unknown = (graph: Graph, id: string, pointer: string): FactFault[] =>
  graph.microCredentials.has(id)
    ? []
    : fault('UNKNOWN_MICRO_CREDENTIAL', pointer, `There is no micro-credential ${id}.`, 'Publish it first, or use the id of one that is published.');
