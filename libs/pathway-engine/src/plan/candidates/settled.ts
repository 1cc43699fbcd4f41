import { compareAgreements } from '../../agreements/order.ts';
import type { Standing } from '../../audit/situation.ts';
import type { Edge } from '../../graph/graph.ts';
import { isAlone } from '../../requirement/compiled.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import type { PossibleEdge } from './possible.ts';

export interface Settled {
  /** For a unit the agreement that wins whenever the unit is there. */
  readonly certainOf: ReadonlyMap<number, Edge>;
  /** These give nothing whatever is planned. */
  readonly beaten: ReadonlySet<Edge>;
}

/**
 * What is settled among agreements before anything is planned. An agreement applies at once for a unit when everything else that it begins from
 * is held. If nothing that could apply goes before it, it wins. And if it begins from that unit only, nothing after it wins in any case: what
 * beats this one begins from the same unit.
 * @param possible agreements of one receiver, with all those that could beat any of them.
 */
export function settledBefore(possible: ReadonlySet<PossibleEdge>, compiled: Compiled, standing: Standing): Settled {
  const beaten = new Set<Edge>();
  const certainOf = new Map<number, Edge>();
  const closed = new Set<number>();
  const contested = new Set<number>();
  const groups = new Set<string>();
  const contenders: PossibleEdge[] = [];
  for (const one of possible) {
    if (isAlone(compiled.edgesFrom, one.edge)) for (const unit of unitsThatSuffice(one, standing)) certainOf.set(unit, one.edge);
    else contenders.push(one);
  }
  for (const one of contenders.sort((a, b) => compareAgreements(a.edge, b.edge))) {
    const { edge } = one;
    const { exclusiveGroup: group } = edge.agreement;
    if (edge.units.some((unit) => closed.has(unit))) {
      beaten.add(edge);
      continue;
    }
    const unrivalled = !edge.units.some((unit) => contested.has(unit)) && (group === undefined || !groups.has(group));
    for (const unit of unitsThatSuffice(one, standing)) {
      if (unrivalled) certainOf.set(unit, edge);
      if (unrivalled || (edge.units.length === 1 && group === undefined)) closed.add(unit);
    }
    for (const unit of edge.units) contested.add(unit);
    if (group !== undefined) groups.add(group);
  }
  return { certainOf, beaten };
}

/** Units with any of which an agreement applies at once: all of them when it does already, the last one when only that is lacking. */
function unitsThatSuffice({ edge, things }: PossibleEdge, standing: Standing): readonly number[] {
  const lacking = things.filter(({ held }) => !held).map(({ unit }) => unit);
  if (lacking.length === 0) return edge.units;
  // What is held already may be too old for one agreement and not for another.
  return lacking.length === 1 ? lacking.filter((unit) => !standing.byUnit.has(unit)) : [];
}
