import { compareAgreements, decidingKey } from '../agreements/order.ts';
import type { DecidingKey, Ordered } from '../agreements/order.ts';
import type { Agreement, Grant } from '../facts/agreement.ts';
import type { Graph } from '../graph/graph.ts';

/**
 * How two agreements stand to each other that could both apply to the same completion of a unit, for the same credential; exactly one of these:
 * DUPLICATE, of the same sender, the same units and the same grants: the same promise twice. EQUIVALENT, the same grants otherwise.
 * BLANKET_VS_REAL, one of them is real (it names a course or waives a requirement), and one is not. MULTIPLE_REAL, different grants, and both
 * are real or neither is.
 */
export type ConflictClass = 'DUPLICATE' | 'EQUIVALENT' | 'BLANKET_VS_REAL' | 'MULTIPLE_REAL';

/** What a new agreement has to do with one that is there. */
export interface Conflict {
  readonly kind: ConflictClass;
  /** The one that is there. */
  readonly agreement: string;
  /** Which of the two goes first, in the published order, and by which key; ID means a tie: nothing that anybody meant decides. */
  readonly first: string;
  readonly key: DecidingKey;
  /** The new one must not be published: a DUPLICATE, or a MULTIPLE_REAL of equal priority, number of units, rank of kind and day of recording. */
  readonly refused: boolean;
}

/**
 * The conflicts of an agreement that is to be published with those in the graph (the classes of CUNY's transfer rules), by their ids. Of a
 * version of itself, which has its id, it says nothing. Not in conflict are agreements that cannot meet: without a common unit or day, with
 * grade ranges of a common unit that no grade is in, for different programs only, or where one is INDIVIDUAL_ASSESSMENT and never applies.
 */
export function conflictsOf(graph: Graph, agreement: Agreement): Conflict[] {
  const one = sided(graph, agreement);
  const others = new Map([...one.units].flatMap((unit) => graph.edgesOf(unit).map((edge) => [edge.agreement.id, edge.agreement])));
  others.delete(agreement.id);
  return [...others.values()]
    .map((other) => sided(graph, other))
    .filter((other) => canMeet(graph, one, other))
    .map((other) => conflictOf(one, other))
    .sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
}

interface Side extends Ordered {
  readonly units: ReadonlySet<number>;
}

function sided(graph: Graph, agreement: Agreement): Side {
  const units = new Set(agreement.from.map(({ microCredential }) => graph.unit(microCredential)));
  return { agreement, units, size: units.size };
}

function conflictOf(one: Side, other: Side): Conflict {
  const kind = classOf(one, other);
  const key = decidingKey(one, other);
  const first = compareAgreements(one, other) < 0 ? one : other;
  return { kind, agreement: other.agreement.id, first: first.agreement.id, key, refused: kind === 'DUPLICATE' || (kind === 'MULTIPLE_REAL' && key === 'ID') };
}

function classOf(one: Side, other: Side): ConflictClass {
  const [a, b] = [one.agreement, other.agreement];
  if (sameGrants(a.grants, b.grants)) {
    const sameUnits = one.units.size === other.units.size && [...one.units].every((unit) => other.units.has(unit));
    return a.sender === b.sender && sameUnits ? 'DUPLICATE' : 'EQUIVALENT';
  }
  return isReal(a) === isReal(b) ? 'MULTIPLE_REAL' : 'BLANKET_VS_REAL';
}

const isReal = ({ grants }: Agreement): boolean => grants.some(({ course, waives }) => course !== undefined || waives !== undefined);

function sameGrants(a: readonly Grant[], b: readonly Grant[]): boolean {
  const told = (grants: readonly Grant[]): string =>
    JSON.stringify(
      grants.map(({ course, subject, level, areas, credits, waives }) => JSON.stringify([course, subject, level, areas?.toSorted(), credits, waives])).sort(),
    );
  return told(a) === told(b);
}

function canMeet(graph: Graph, one: Side, other: Side): boolean {
  const [a, b] = [one.agreement, other.agreement];
  if (a.receiver !== b.receiver || [a, b].some(({ kind }) => kind === 'INDIVIDUAL_ASSESSMENT')) return false;
  const [until, untilOther] = [a.validUntil ?? Infinity, b.validUntil ?? Infinity];
  if (Math.max(a.validFrom, b.validFrom) >= Math.min(until, untilOther)) return false;
  if (a.programScope && b.programScope && !a.programScope.some((id) => b.programScope!.includes(id))) return false;
  const common = a.from.flatMap((thing) =>
    b.from.flatMap((its) => (graph.unit(thing.microCredential) === graph.unit(its.microCredential) ? [[thing, its] as const] : [])),
  );
  return common.every(([{ minGrade = 0, maxGrade = 10_000 }, its]) => Math.max(minGrade, its.minGrade ?? 0) <= Math.min(maxGrade, its.maxGrade ?? 10_000));
}
