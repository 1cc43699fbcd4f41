import { auditStanding } from '../audit/audit.ts';
import type { Standing } from '../audit/situation.ts';
import { objectives } from '../facts/question.ts';
import type { PlanTerms, Totals } from '../facts/question.ts';
import type { Placement, Verdict } from '../facts/facts.ts';
import type { Graph } from '../graph/graph.ts';
import type { Compiled } from '../requirement/compiled.ts';
import { isAllowed } from './candidates.ts';
import { problemOf } from './problem.ts';
import type { Problem } from './problem.ts';
import { amountOf, firstObjectiveOf, stagesOf, totalsOf } from './scalar.ts';
import type { Stage } from './scalar.ts';
import type { Budget, Goal } from './goal.ts';
import { searchPlan } from './search.ts';
import { withPlanned } from './selection.ts';

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
  const forced = terms.forced ?? [];
  const impossible = forced.some((id) => !graph.microCredentials.has(id) || !isAllowed(graph.microCredentials.get(id)!, terms, standing.asOf));
  if (impossible) return { proof: 'INFEASIBLE', nodes: 0 };
  const problem = problemOf(graph, compiled, standing, terms);
  const stages = stagesOf(problem.items, terms.objectives);
  const ceilings = budgetCeilings(problem, terms);
  let nodes = 0;
  let plan: readonly number[] | undefined;
  let complete = true;
  let bound = 0;
  for (const [index, { weights }] of stages.entries()) {
    const goal: Goal = { weights, ceilings, order: 'LEAST', most: sumOf(weights, plan ?? [...problem.items.keys()]) };
    const found = searchPlan(problem, goal, { ...budget, nodes: budget.nodes - nodes });
    nodes += found.nodes;
    complete &&= found.complete;
    if (index === 0) bound = firstObjectiveOf(stages[0]!, found.bound);
    if (!found.plan && !plan) return complete ? { proof: 'INFEASIBLE', nodes } : { proof: 'UNKNOWN', bound, nodes };
    plan = found.plan ?? plan;
    if (!complete) break;
    ceilings.push({ weights, most: sumOf(weights, plan!) });
  }
  const settled = complete ? firstOfEquals(problem, stages, ceilings, plan!, { ...budget, nodes: budget.nodes - nodes }) : plan!;
  return answer(problem, settled, complete, bound, nodes);
}

/** Of the plans that are as good, the one whose ids come first: the same for everybody who asks. */
function firstOfEquals(problem: Problem, stages: readonly Stage[], ceilings: Goal['ceilings'], plan: readonly number[], budget: Budget): readonly number[] {
  const last = stages.at(-1)!.weights;
  const found = searchPlan(problem, { weights: last, ceilings, order: 'FIRST', most: sumOf(last, plan) }, budget);
  return found.plan ?? plan;
}

function budgetCeilings({ items }: Problem, { budgets = {} }: PlanTerms): { weights: readonly number[]; most: number }[] {
  return objectives.flatMap((objective) => {
    const most = budgets[objective];
    return most === undefined ? [] : [{ weights: items.map((one) => amountOf(one, objective)), most }];
  });
}

const sumOf = (weights: readonly number[], items: readonly number[]): number => items.reduce((sum, item) => sum + weights[item]!, 0);

function answer(problem: Problem, chosen: readonly number[], complete: boolean, bound: number, nodes: number): Planned {
  const { graph, compiled, items } = problem;
  const taken = chosen.map((item) => items[item]!);
  const plan = taken.map(({ id }) => id);
  const audited = auditStanding(graph, compiled, withPlanned(problem, plan));
  if (audited.verdict === 'INCOMPLETE') throw new Error('A plan that was found does not hold: a fault of the engine.');
  const totals = totalsOf(taken);
  return { proof: complete ? 'OPTIMAL' : 'FEASIBLE', plan, totals, bound, verdict: audited.verdict, assignment: audited.assignment, nodes };
}
