import type { Standing } from '../audit/situation.ts';
import type { Objective, PlanTerms } from '../facts/question.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import { Floor } from './bound/floor.ts';
import { cheapestPlan } from './cheapest.ts';
import type { Planned } from './cheapest.ts';
import { compareTotals, fullOrder } from './objectives.ts';
import { isOutOfTime } from './search/goal.ts';
import type { Budget } from './search/goal.ts';

type Plan = Extract<Planned, { plan: unknown }>;

interface Reached {
  readonly credential: string;
  readonly planned: Plan;
}

/** The best plan for any one of several credentials. The bound holds for all of them; `unsolved` could still have a better one. */
export type PlannedAmong =
  | {
      readonly proof: 'OPTIMAL' | 'FEASIBLE';
      readonly credential: string;
      readonly planned: Plan;
      readonly bound: number;
      readonly unsolved: readonly string[];
    }
  | { readonly proof: 'INFEASIBLE' }
  | { readonly proof: 'UNKNOWN'; readonly bound: number; readonly unsolved: readonly string[] };

/** A credential within reach with its best plan; without one, it is not known yet, and no plan has less than the bound. */
export interface InReach {
  readonly credential: string;
  readonly planned?: Plan;
  readonly bound: number;
}

/**
 * Q3 for several credentials: the ones that could be cheapest first, until the floor of the next is above the best plan. Among plans with the
 * same totals the credential whose id comes first.
 */
export function cheapestAmong(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms, budget: Budget): PlannedAmong {
  const [first] = fullOrder(terms.objectives) as [Objective];
  let best: Reached | undefined;
  const unsolved: { credential: string; bound: number }[] = [];
  for (const { compiled, floor } of byFloor(graph, all, standing, terms)) {
    const { id } = compiled.credential;
    const most = Math.min(terms.budgets?.[first] ?? Infinity, best?.planned.totals[first] ?? Infinity);
    if (floor > most) continue;
    if (isOutOfTime(budget)) {
      unsolved.push({ credential: id, bound: floor });
      continue;
    }
    const budgets = most < Infinity ? { ...terms.budgets, [first]: most } : terms.budgets;
    const planned = cheapestPlan(graph, compiled, standing, { ...terms, budgets }, budget);
    if (planned.proof === 'FEASIBLE' || planned.proof === 'UNKNOWN') unsolved.push({ credential: id, bound: planned.bound });
    if ('plan' in planned && (!best || isBefore({ credential: id, planned }, best, terms))) best = { credential: id, planned };
  }
  const open = unsolved.filter(({ bound }) => !best || bound <= best.planned.totals[first]);
  const ids = open.map(({ credential }) => credential).sort();
  const bound = Math.min(...open.map((one) => one.bound), best?.planned.totals[first] ?? Infinity);
  if (best) return { proof: open.length === 0 ? 'OPTIMAL' : 'FEASIBLE', ...best, bound, unsolved: ids };
  return open.length === 0 ? { proof: 'INFEASIBLE' } : { proof: 'UNKNOWN', bound, unsolved: ids };
}

/** Q4: every credential that can be completed within the budgets of the terms, the best plan first, then those that are not known. */
export function credentialsInReach(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms, budget: Budget): InReach[] {
  const order = fullOrder(terms.objectives);
  const reached: (InReach & Reached)[] = [];
  const unknown: InReach[] = [];
  for (const { compiled, floor } of byFloor(graph, all, standing, terms)) {
    const { id } = compiled.credential;
    if (order.some((objective) => Floor.of(graph, compiled).least(standing, objective) > (terms.budgets?.[objective] ?? Number.MAX_VALUE))) continue;
    const planned = isOutOfTime(budget) ? undefined : cheapestPlan(graph, compiled, standing, terms, budget);
    if (!planned) unknown.push({ credential: id, bound: floor });
    else if ('plan' in planned) reached.push({ credential: id, planned, bound: planned.bound });
    else if (planned.proof === 'UNKNOWN') unknown.push({ credential: id, bound: planned.bound });
  }
  return [...reached.sort((a, b) => (isBefore(a, b, terms) ? -1 : 1)), ...unknown];
}

function byFloor(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms): { compiled: Compiled; floor: number }[] {
  const [first] = fullOrder(terms.objectives);
  return all
    .map((compiled) => ({ compiled, floor: Floor.of(graph, compiled).least(standing, first!) }))
    .filter(({ floor }) => floor < Infinity)
    .sort((a, b) => a.floor - b.floor || (a.compiled.credential.id < b.compiled.credential.id ? -1 : 1));
}

function isBefore(a: Reached, b: Reached, { objectives }: PlanTerms): boolean {
  return (compareTotals(a.planned.totals, b.planned.totals, objectives) || (a.credential < b.credential ? -1 : 1)) < 0;
}
