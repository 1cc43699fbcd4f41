import { PathwayEngine } from '../engine.ts';
import { checkPlan } from '../checker/check-answer.ts';
import { objectives } from '../facts/question.ts';
import type { Totals } from '../facts/question.ts';
import { bruteForcePlan, bruteForceVerdict } from './brute-force/brute-force.ts';
import { highsPlan } from './solvers/highs-plan.ts';
import type { Instance } from './instances/instance.ts';
import { candidatesOf, fullOrder } from './brute-force/plan-terms.ts';

/** Where more than this may be planned, nobody tries everything. */
const MOST_TO_TRY = 24;

export interface ComparisonTerms {
  readonly msToAnswer: number;
  readonly msToTry: number;
  readonly withHighs: boolean;
}

/** What came of one question. `wrong` names every fault: none is right. */
export interface Comparison {
  readonly wrong: readonly string[];
  readonly outcome: 'PLAN' | 'NO_PLAN' | 'NOT_PROVEN';
  /** Of the plan, if there is one. */
  readonly length: number;
}

/** What the answers are held to: the best plan by trying everything or, where that takes too long, its totals by HiGHS. */
interface Reference {
  readonly plan?: readonly string[];
  readonly totals: Totals | undefined;
  readonly by: 'trying everything' | 'HiGHS';
}

async function referenceFor(instance: Instance, msToTry: number): Promise<Reference> {
  const until = performance.now() + msToTry;
  const { facts, situation, terms } = instance;
  const isSmall = candidatesOf(facts, situation, terms).length <= MOST_TO_TRY;
  const tried = isSmall ? bruteForcePlan(instance, () => performance.now() > until) : 'TIMED_OUT';
  if (tried === 'TIMED_OUT') return { totals: await highsPlan(instance), by: 'HiGHS' };
  return { plan: tried?.plan, totals: tried?.totals, by: 'trying everything' };
}

const isSame = (a: Totals | undefined, b: Totals | undefined): boolean => objectives.every((objective) => a?.[objective] === b?.[objective]);

/** Asks the engine for a verdict and the best plan of an instance, and holds both to the oracles and the checker. */
export async function comparisonOf(instance: Instance, { msToAnswer, msToTry, withHighs }: ComparisonTerms): Promise<Comparison> {
  const { facts, credential, situation, terms } = instance;
  const engine = new PathwayEngine(facts);
  const until = performance.now() + msToAnswer;
  const answer = engine.cheapest(credential, situation, terms, { nodes: Number.MAX_SAFE_INTEGER, until, now: () => performance.now() });
  const best = await referenceFor(instance, msToTry);
  const wrong: string[] = [];
  if (engine.audit(credential, situation).verdict !== bruteForceVerdict(facts, credential, situation).verdict) wrong.push('another verdict');
  const isProven = answer.proof === 'OPTIMAL' || answer.proof === 'INFEASIBLE';
  const totals = 'plan' in answer ? answer.totals : undefined;
  if (isProven && !isSame(totals, best.totals)) wrong.push(`other totals than by ${best.by}`);
  if (isProven && best.plan && 'plan' in answer && answer.plan.join() !== best.plan.join()) wrong.push('another plan of the same totals');
  if ('plan' in answer) {
    const checked = checkPlan(facts, credential, { ...situation, planned: answer.plan }, terms, answer.assignment, answer.totals);
    if (checked.faults.length > 0 || checked.verdict !== answer.verdict) wrong.push('a certificate that does not hold');
  }
  const [first] = fullOrder(terms);
  if (!isProven && best.totals && answer.bound > best.totals[first!]) wrong.push('a bound above the best plan');
  if (withHighs && best.by !== 'HiGHS' && !isSame(await highsPlan(instance), best.totals)) wrong.push('another optimum than HiGHS');
  return { wrong, outcome: !isProven ? 'NOT_PROVEN' : totals ? 'PLAN' : 'NO_PLAN', length: 'plan' in answer ? answer.plan.length : 0 };
}
