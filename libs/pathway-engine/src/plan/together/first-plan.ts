import { standingWith } from '../../audit/situation.ts';
import { objectives } from '../../facts/question.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { IN, UNDECIDED } from '../bound/decisions.ts';
import { cheapestPlan } from '../cheapest.ts';
import { compareTotals, totalsOf } from '../objectives.ts';
import { isOutOfTime } from '../search/goal.ts';
import type { Budget } from '../search/goal.ts';
import { Choice } from './choice.ts';
import type { JointProblem } from './problem.ts';

/** How many orders of the credentials are tried, and how much work each plan may take. */
const ORDERS = 4;
const NODES = 200;

/** A plan to begin with, if one is found. INFEASIBLE: one of the credentials alone has none, proven. */
export type FirstPlan = { readonly proof: 'INFEASIBLE'; readonly nodes: number } | { readonly proof: 'NONE'; readonly plan: readonly number[] | undefined };

/** One credential after the other, each with what was planned for those before it; of several orders the best, without what is not needed. */
export function firstPlanFor(problem: JointProblem, terms: PlanTerms, budget: Budget): FirstPlan {
  let best: readonly number[] | undefined;
  const totals = (plan: readonly number[]) => totalsOf(plan.map((item) => problem.items[item]!));
  for (const [index] of problem.all.entries()) {
    if (index >= ORDERS || isOutOfTime(budget)) break;
    const found = oneAfterTheOther(problem, [...problem.all.slice(index), ...problem.all.slice(0, index)], terms, budget);
    if (found === 'INFEASIBLE') return { proof: 'INFEASIBLE', nodes: 0 };
    const plan = found && withoutNeedless(problem, found, terms);
    if (plan && (!best || compareTotals(totals(plan), totals(best), terms.objectives) < 0)) best = plan;
  }
  return { proof: 'NONE', plan: best };
}

function oneAfterTheOther(
  { graph, standing }: JointProblem,
  order: readonly Compiled[],
  { budgets, ...free }: PlanTerms,
  budget: Budget,
): readonly string[] | 'INFEASIBLE' | undefined {
  const plan = new Set<string>();
  for (const compiled of order) {
    // Budgets are for the whole: a part is held to them only while it is the first.
    const terms = plan.size === 0 ? { ...free, budgets } : free;
    const nodes = Math.min(NODES, budget.nodes);
    const planned = cheapestPlan(graph, compiled, standingWith(graph, standing, [...plan]), terms, { ...budget, nodes });
    if (planned.proof === 'INFEASIBLE' && compiled === order[0]) return 'INFEASIBLE';
    if (!('plan' in planned)) return undefined;
    for (const id of planned.plan) plan.add(id);
  }
  return [...plan];
}

/** The plan without what it can do without, the dearest first; undefined when it is none. */
function withoutNeedless(problem: JointProblem, ids: readonly string[], terms: PlanTerms): number[] | undefined {
  const numberOf = new Map(problem.items.map(({ id }, index) => [id, index]));
  const choice = new Choice(problem);
  for (const id of ids) {
    const item = numberOf.get(id);
    if (item === undefined) return undefined;
    choice.set(item, IN);
  }
  const isGood = (): boolean => !choice.lackingPrerequisite && choice.isPlan();
  if (!isGood()) return undefined;
  const forced = new Set(problem.forced);
  for (const item of choice.chosen.sort((a, b) => compareTotals(totalsOf([problem.items[b]!]), totalsOf([problem.items[a]!]), terms.objectives))) {
    if (forced.has(item)) continue;
    choice.set(item, UNDECIDED);
    if (!isGood()) choice.set(item, IN);
  }
  const plan = choice.chosen;
  const totals = totalsOf(plan.map((item) => problem.items[item]!));
  return objectives.every((objective) => totals[objective] <= (terms.budgets?.[objective] ?? Infinity)) ? plan : undefined;
}
