import type { PlanTerms } from '../facts/question.ts';
import type { Planned } from './cheapest.ts';
import { compareTotals } from './objectives.ts';

type Plan = Extract<Planned, { plan: unknown }>;

/** Other plans after the best one. `complete`: there is none between them that was overlooked, and if there are fewer than asked, no more. */
export interface Alternatives {
  readonly plans: readonly Plan[];
  readonly complete: boolean;
}

/**
 * The next plans, from the best on, none of which holds all of one before it. What does not hold all of a plan lacks one of it: so each plan
 * that is found divides what is left by the first of its members that is lacking.
 */
export function alternativesTo(best: Plan, terms: PlanTerms, count: number, solve: (terms: PlanTerms) => Planned): Alternatives {
  const plans: Plan[] = [];
  const waiting: { planned: Plan; terms: PlanTerms }[] = [{ planned: best, terms }];
  let complete = best.proof === 'OPTIMAL';
  const isBefore = (a: Plan, b: Plan): boolean => (compareTotals(a.totals, b.totals, terms.objectives) || compareIds(a.plan, b.plan)) < 0;
  while (plans.length <= count && waiting.length > 0) {
    const next = waiting.reduce((a, b) => (isBefore(b.planned, a.planned) ? b : a));
    waiting.splice(waiting.indexOf(next), 1);
    const held = plans.find(({ plan }) => plan.every((id) => next.planned.plan.includes(id)));
    if (!held) plans.push(next.planned);
    for (const narrower of withoutAll(held?.plan ?? next.planned.plan, next.terms)) {
      const planned = solve(narrower);
      if (planned.proof !== 'OPTIMAL' && planned.proof !== 'INFEASIBLE') complete = false;
      if ('plan' in planned) waiting.push({ planned, terms: narrower });
    }
  }
  return { plans: plans.slice(1), complete };
}

/** Terms that together let in whatever does not hold all of a plan, each set once. */
function withoutAll(plan: readonly string[], terms: PlanTerms): PlanTerms[] {
  const { forced = [], forbidden = [] } = terms;
  const open = plan.filter((id) => !forced.includes(id));
  return open.map((id, index) => ({ ...terms, forced: [...forced, ...open.slice(0, index)], forbidden: [...forbidden, id] }));
}

function compareIds(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((id, index) => id !== b[index]);
  return at < 0 ? a.length - b.length : b[at] === undefined || a[at]! > b[at] ? 1 : -1;
}
