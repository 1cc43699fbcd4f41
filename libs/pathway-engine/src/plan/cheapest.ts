import { auditStanding, couldEverMeet } from '../audit/audit.ts';
import type { Standing } from '../audit/situation.ts';
import { objectives } from '../facts/question.ts';
import type { PlanTerms, Totals } from '../facts/question.ts';
import type { Placement, Verdict } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import { mayBeForced } from './forced.ts';
import { PriceBound } from './bound/bound.ts';
import { CreditBound } from './bound/credit-bound.ts';
import { creditOptionsOf } from './bound/credit-options.ts';
import { IN, UNDECIDED } from './bound/decisions.ts';
import { problemOf } from './bound/problem.ts';
import type { Problem } from './bound/problem.ts';
import { bestOfFew } from './search/few-left.ts';
import { isOutOfTime } from './search/goal.ts';
import type { Budget, Ceiling, Goal, Sum } from './search/goal.ts';
import { amountOf, stagesOf, sumOf, totalsOf } from './objectives.ts';
import { searchPlan } from './search/search.ts';
import type { Found } from './search/search.ts';
import { withPlanned } from './search/selection.ts';

/** A plan with what is known of it. `bound`: no plan has a lower total of the first objective. */
export type Planned =
  | {
      readonly proof: 'OPTIMAL' | 'FEASIBLE';
      readonly plan: readonly string[];
      readonly totals: Totals;
      readonly bound: number;
      readonly verdict: Exclude<Verdict, 'INCOMPLETE'>;
      readonly assignment: readonly Placement[];
      readonly nodes: number;
    }
  | { readonly proof: 'INFEASIBLE'; readonly nodes: number }
  | { readonly proof: 'UNKNOWN'; readonly bound: number; readonly nodes: number };

/** The best plan for one credential. Never "optimal" without proof: when the budget ends first, the answer says how far it is known. */
export function cheapestPlan(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms, budget: Budget): Planned {
  if (!mayBeForced(graph, terms, standing.asOf)) return { proof: 'INFEASIBLE', nodes: 0 };
  const problem = problemOf(graph, compiled, standing, terms);
  const everything = withPlanned(
    problem,
    problem.items.map(({ id }) => id),
  );
  if (!couldEverMeet(graph, compiled, everything)) return { proof: 'INFEASIBLE', nodes: 0 };
  const options = creditOptionsOf(problem);
  const sumFor = (weights: readonly number[]): Sum => {
    const sum = { weights, prices: PriceBound.startingAt(problem, weights) };
    return options ? { ...sum, credit: new CreditBound(problem, options) } : sum;
  };
  const budgets = budgetsOf(problem, terms).map(({ weights, most }) => ({ ...sumFor(weights), most }));
  const decided: Ceiling[] = [];
  let nodes = 0;
  let plan: readonly number[] | undefined;
  let bound: number | undefined;
  let from: Int8Array = new Int8Array(problem.items.length);
  for (const item of problem.forced) from[item] = IN;
  const look = (sum: Sum, ceilings: readonly Ceiling[], order: Goal['order'], most: number): Found => {
    const found = searchPlan(problem, { ...sum, ceilings: [...budgets, ...ceilings], order, most, from }, { ...budget, nodes: budget.nodes - nodes });
    nodes += found.nodes;
    plan = found.plan ?? plan;
    if (found.complete) from = found.kept;
    return found;
  };
  const stages = stagesOf(problem.items, terms.objectives);
  for (const [stage, { weights, unit }] of stages.entries()) {
    if (plan && isSettled(weights, decided)) continue;
    const sum = sumFor(weights);
    const found = plan ? look(sum, decided, 'LESS', sumOf(weights, plan) - 1) : look(sum, decided, 'LEAST', sumOf(weights, [...problem.items.keys()]));
    bound ??= found.bound * unit;
    if (!plan) return found.complete ? { proof: 'INFEASIBLE', nodes } : { proof: 'UNKNOWN', bound, nodes };
    if (!found.complete) return answer(problem, plan, false, bound, nodes);
    // Only one plan is left.
    if (!from.includes(UNDECIDED)) return answer(problem, plan, true, bound, nodes);
    decided.push({ ...sum, most: sumOf(weights, plan) });
    if (decided.length > 1) continue;
    const first: Goal = { ...decided[0]!, ceilings: budgets, order: 'FIRST' };
    const then = stages.slice(stage + 1).map((one) => one.weights);
    const few = bestOfFew(problem, { left: from, decided: first, then, sets: budget.nodes - nodes, isOver: () => isOutOfTime(budget) });
    nodes += few.looked;
    if (few.plan) return answer(problem, few.plan, true, bound, nodes);
  }
  // Of the plans that are as good, the one whose ids come first: the same for everybody who asks.
  const last = decided.at(-1)!;
  const first = look(last, decided.slice(0, -1), 'FIRST', last.most);
  return answer(problem, plan!, first.complete, bound!, nodes);
}

/** Whether a sum can be no other than it is for the plans that are left: it goes with one that is decided, or is nothing for all. */
export const isSettled = (weights: readonly number[], decided: readonly { readonly weights: readonly number[] }[]): boolean =>
  weights.every((weight) => weight === 0) || decided.some((one) => one.weights.every((weight, item) => weight === weights[item]));

/** The budgets of a question as sums over items. */
export function budgetsOf({ items }: Pick<Problem, 'items'>, { budgets = {} }: PlanTerms): { weights: readonly number[]; most: number }[] {
  return objectives.flatMap((objective) => {
    const most = budgets[objective];
    return most === undefined ? [] : [{ weights: items.map((one) => amountOf(one, objective)), most }];
  });
}

function answer(problem: Problem, chosen: readonly number[], complete: boolean, bound: number, nodes: number): Planned {
  const { graph, compiled, items } = problem;
  const taken = chosen.map((item) => items[item]!);
  const plan = taken.map(({ id }) => id);
  const audited = auditStanding(graph, compiled, withPlanned(problem, plan));
  if (audited.verdict === 'INCOMPLETE') throw new Error('A plan that was found does not hold: a fault of the engine.');
  const totals = totalsOf(taken);
  return { proof: complete ? 'OPTIMAL' : 'FEASIBLE', plan, totals, bound, verdict: audited.verdict, assignment: audited.assignment, nodes };
}
