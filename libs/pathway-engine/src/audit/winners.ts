import { betterOf, misfitsOf } from '../agreements/fits.ts';
import type { Counted } from '../agreements/fits.ts';
import { compareAgreements, decidingKey } from '../agreements/order.ts';
import type { DecidingKey } from '../agreements/order.ts';
import type { Edge } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import type { Standing } from './situation.ts';

/** An agreement that applies, with the best completion for each thing that it begins from. */
export interface Applying {
  readonly edge: Edge;
  readonly best: readonly Counted[];
}

/** An agreement that applies and gives nothing, because another one goes first. */
export interface Loser extends Applying {
  readonly to: Edge;
  readonly key: DecidingKey;
}

/** The best completion for each thing, or undefined when the agreement does not apply to the credential (none: to any). */
export function applyingOf({ agreement, unitOf }: Edge, standing: Standing, credentialId: string | undefined): Counted[] | undefined {
  if (agreement.kind === 'INDIVIDUAL_ASSESSMENT') return undefined;
  if (agreement.programScope && (credentialId === undefined || !agreement.programScope.includes(credentialId))) return undefined;
  if (agreement.conditions?.some(({ declares }) => !standing.declares.has(declares))) return undefined;
  const best: Counted[] = [];
  for (const [index, thing] of agreement.from.entries()) {
    let found: Counted | undefined;
    for (const completion of standing.byUnit.get(unitOf[index]!) ?? [])
      if (misfitsOf(agreement, thing, completion, standing.asOf).length === 0) found = betterOf(found, completion);
    if (!found) return undefined;
    best.push(found);
  }
  return best;
}

/** Which of the agreements that apply give something, in the published order; and which lose, to which other and by which key. */
export function settle(applying: readonly Applying[]): { winners: Applying[]; losers: Loser[] } {
  const winners: Applying[] = [];
  const losers: Loser[] = [];
  const ownerOfUnit = new Map<number, Edge>();
  const ownerOfGroup = new Map<string, Edge>();
  for (const one of applying.toSorted((a, b) => compareAgreements(a.edge, b.edge))) {
    const { edge } = one;
    const group = edge.agreement.exclusiveGroup;
    const unit = edge.units.find((each) => ownerOfUnit.has(each));
    const to = unit !== undefined ? ownerOfUnit.get(unit) : group !== undefined ? ownerOfGroup.get(group) : undefined;
    if (to) {
      losers.push({ ...one, to, key: decidingKey(to, edge) });
      continue;
    }
    winners.push(one);
    for (const each of edge.units) ownerOfUnit.set(each, edge);
    if (group !== undefined) ownerOfGroup.set(group, edge);
  }
  return { winners, losers };
}

/** Every agreement that applies to a credential, not settled. */
export function applyingTo({ credential, edgesFrom }: Compiled, standing: Standing): Applying[] {
  const unitsThere = new Map<Edge, number>();
  for (const unit of standing.byUnit.keys()) for (const edge of edgesFrom(unit)) unitsThere.set(edge, (unitsThere.get(edge) ?? 0) + 1);
  const applying: Applying[] = [];
  for (const [edge, there] of unitsThere) {
    const best = there === edge.size ? applyingOf(edge, standing, credential.id) : undefined;
    if (best) applying.push({ edge, best });
  }
  return applying;
}
