import { couldEverMeet } from '../../audit/audit.ts';
import { standingWith } from '../../audit/situation.ts';
import type { Standing } from '../../audit/situation.ts';
import type { PlanTerms } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { PriceBound } from '../bound/bound.ts';
import { problemOf } from '../bound/problem.ts';
import { budgetsOf } from '../cheapest.ts';
import { mayBeForced } from '../forced.ts';
import { searchPlan } from '../search/search.ts';
import type { Budget } from '../search/goal.ts';
import { planTogether } from '../together/together.ts';

/** Whether there is any plan. UNKNOWN: the budget ended first. */
export type Possible = 'YES' | 'NO' | 'UNKNOWN';

/** Looks for any plan for all of these credentials, whatever it costs within the budgets of the terms. */
export function isPossible(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms, budget: Budget): Possible {
  if (!mayBeForced(graph, terms, standing.asOf)) return 'NO';
  const [compiled] = all;
  if (compiled && all.length === 1) return isPossibleFor(graph, compiled, standing, terms, budget);
  const planned = planTogether(graph, all, standing, terms, budget);
  return 'plan' in planned ? 'YES' : planned.proof === 'INFEASIBLE' ? 'NO' : 'UNKNOWN';
}

function isPossibleFor(graph: Graph, compiled: Compiled, standing: Standing, terms: PlanTerms, budget: Budget): Possible {
  const problem = problemOf(graph, compiled, standing, terms);
  const everything = problem.items.map(({ id }) => id);
  if (!couldEverMeet(graph, compiled, standingWith(graph, standing, everything))) return 'NO';
  // Nothing costs anything: the first plan that keeps the budgets is as good as any.
  const free = problem.items.map(() => 0);
  const ceilings = budgetsOf(problem, terms).map(({ weights, most }) => ({ weights, most, prices: PriceBound.startingAt(problem, weights) }));
  const goal = { weights: free, prices: PriceBound.startingAt(problem, free), ceilings, order: 'LEAST' as const, most: 0 };
  const { plan, complete } = searchPlan(problem, goal, budget);
  return plan ? 'YES' : complete ? 'NO' : 'UNKNOWN';
}
