import { isUnexpired, isUsable } from '../agreements/fits.ts';
import type { Counted } from '../agreements/fits.ts';
import type { Day } from '../facts/day.ts';
import type { Situation } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';

/** What a learner holds, by unit, with everything that cannot count left out. Planned completions are among them. */
export interface Standing {
  readonly asOf: Day;
  readonly declares: ReadonlySet<string>;
  /** Usable completions by unit. */
  readonly byUnit: ReadonlyMap<number, readonly Counted[]>;
  /** Usable completions that have not expired, by micro-credential. */
  readonly direct: ReadonlyMap<string, readonly Counted[]>;
}

/** Reads a situation against the facts. Micro-credentials that the facts do not know are kept: agreements may name them. */
export function standingOf(graph: Graph, { held, planned = [], asOf, declares = [] }: Situation): Standing {
  const byUnit = new Map<number, Counted[]>();
  const direct = new Map<string, Counted[]>();
  const all: Counted[] = [...held, ...planned.map((microCredential) => ({ microCredential, completedOn: asOf, planned: true }))];
  for (const completion of all) {
    if (!isUsable(completion, asOf)) continue;
    put(byUnit, graph.unit(completion.microCredential), completion);
    if (isUnexpired(completion, asOf)) put(direct, completion.microCredential, completion);
  }
  return { asOf, declares: new Set(declares), byUnit, direct };
}

/** A standing with these taken on its day. */
export function standingWith(graph: Graph, standing: Standing, planned: readonly string[]): Standing {
  const byUnit = new Map<number, readonly Counted[]>(standing.byUnit);
  const direct = new Map<string, readonly Counted[]>(standing.direct);
  for (const microCredential of planned) {
    const completion: Counted = { microCredential, completedOn: standing.asOf, planned: true };
    const unit = graph.unit(microCredential);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), completion]);
    direct.set(microCredential, [...(direct.get(microCredential) ?? []), completion]);
  }
  return { ...standing, byUnit, direct };
}

function put<Key>(lists: Map<Key, Counted[]>, key: Key, completion: Counted): void {
  const list = lists.get(key);
  if (list) list.push(completion);
  else lists.set(key, [completion]);
}
