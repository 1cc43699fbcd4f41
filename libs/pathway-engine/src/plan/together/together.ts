import { couldEverMeet } from '../../audit/audit.ts';
import { standingWith } from '../../audit/situation.ts';
import type { Standing } from '../../audit/situation.ts';
import type { Credential } from '../../facts/credential.ts';
import type { Placement, Verdict } from '../../facts/facts.ts';
import type { PlanTerms, Totals } from '../../facts/question.ts';
import type { Graph } from '../../graph/graph.ts';
import { compile } from '../../requirement/compiled.ts';
import type { Compiled } from '../../requirement/compiled.ts';
import { IN } from '../bound/decisions.ts';
import { budgetsOf, isSettled } from '../cheapest.ts';
import { mayBeForced } from '../forced.ts';
import { stagesOf, sumOf, totalsOf } from '../objectives.ts';
import type { Budget } from '../search/goal.ts';
import { Choice } from './choice.ts';
import { firstPlanFor } from './first-plan.ts';
import { DividedBound } from './joint-bound.ts';
import { jointProblemOf } from './problem.ts';
import type { JointProblem } from './problem.ts';
import { searchJoint } from './search.ts';
import type { JointCeiling, JointFound, JointGoal, JointSum } from './search.ts';

/** One plan for several credentials, with an assignment for each. `bound`: no such plan has a lower total of the first objective. */
export type PlannedTogether =
  | {
      readonly proof: 'OPTIMAL' | 'FEASIBLE';
      readonly plan: readonly string[];
      readonly totals: Totals;
      readonly bound: number;
      readonly verdict: Exclude<Verdict, 'INCOMPLETE'>;
      readonly credentials: readonly { readonly credential: string; readonly assignment: readonly Placement[] }[];
      readonly nodes: number;
    }
  | { readonly proof: 'INFEASIBLE'; readonly nodes: number }
  | { readonly proof: 'UNKNOWN'; readonly bound: number; readonly nodes: number };

/** Asks for nothing: the plan for no credential is the one for this. */
const NOTHING: Credential = {
  id: '',
  institution: '',
  name: '',
  type: 'CERTIFICATE',
  requirement: { node: 'ALL', id: '', of: [] },
  validFrom: 0,
  validUntil: null,
};

/** Q6: the best plan that completes all of these credentials and keeps the share caps between them. */
export function planTogether(graph: Graph, all: readonly Compiled[], standing: Standing, terms: PlanTerms, budget: Budget): PlannedTogether {
  if (!mayBeForced(graph, terms, standing.asOf)) return { proof: 'INFEASIBLE', nodes: 0 };
  const problem = jointProblemOf(graph, all.length > 0 ? all : [compile(graph, NOTHING)], standing, terms);
  const ids = problem.items.map(({ id }) => id);
  const everything = standingWith(graph, standing, ids);
  if (!all.every((compiled) => couldEverMeet(graph, compiled, everything))) return { proof: 'INFEASIBLE', nodes: 0 };
  const first = firstPlanFor(problem, terms, budget);
  return first.proof === 'INFEASIBLE' ? first : inOrder(problem, terms, budget, first.plan);
}

/** One objective after the other, each among the plans that are best by those before; last the ids. */
function inOrder(problem: JointProblem, terms: PlanTerms, budget: Budget, first: readonly number[] | undefined): PlannedTogether {
  const sumFor = (weights: readonly number[]): JointSum => ({ weights, bound: new DividedBound(problem, weights) });
  const budgets = budgetsOf(problem, terms).map(({ weights, most }) => ({ ...sumFor(weights), most }));
  const decided: JointCeiling[] = [];
  let [plan, bound, nodes] = [first, 0, 0];
  const look = (sum: JointSum, ceilings: readonly JointCeiling[], order: JointGoal['order'], most: number): JointFound => {
    const found = searchJoint(problem, { ...sum, ceilings: [...budgets, ...ceilings], order, most }, { ...budget, nodes: budget.nodes - nodes });
    nodes += found.nodes;
    plan = found.plan ?? plan;
    return found;
  };
  for (const [stage, { weights, unit }] of stagesOf(problem.items, terms.objectives).entries()) {
    if (plan && isSettled(weights, decided)) continue;
    const sum = sumFor(weights);
    const found = look(sum, decided, 'LEAST', plan ? sumOf(weights, plan) - 1 : sumOf(weights, [...problem.items.keys()]));
    // A plan that is known and has nothing below it is the least itself.
    if (stage === 0) bound = (found.complete && plan ? sumOf(weights, plan) : plan ? Math.min(found.bound, sumOf(weights, plan)) : found.bound) * unit;
    if (!plan) return found.complete ? { proof: 'INFEASIBLE', nodes } : { proof: 'UNKNOWN', bound, nodes };
    if (!found.complete) return answer(problem, plan, false, bound, nodes);
    decided.push({ ...sum, most: sumOf(weights, plan) });
  }
  const last = decided.at(-1);
  const complete = !last || look(last, decided.slice(0, -1), 'FIRST', last.most).complete;
  return answer(problem, plan!, complete, bound, nodes);
}

function answer(problem: JointProblem, chosen: readonly number[], complete: boolean, bound: number, nodes: number): PlannedTogether {
  const choice = new Choice(problem);
  for (const item of chosen) choice.set(item, IN);
  const { verdict, assignments } = choice.audit();
  if (verdict === 'INCOMPLETE') throw new Error('A plan for several credentials that was found does not hold: a fault of the engine.');
  const taken = chosen.map((item) => problem.items[item]!);
  const credentials = problem.all.flatMap(({ credential }, index) =>
    credential === NOTHING ? [] : [{ credential: credential.id, assignment: assignments[index]! }],
  );
  return { proof: complete ? 'OPTIMAL' : 'FEASIBLE', plan: taken.map(({ id }) => id), totals: totalsOf(taken), bound, verdict, credentials, nodes };
}
