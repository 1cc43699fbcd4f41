import type { Objective, PlanTerms, Totals } from '../facts/question.ts';
import type { Planned } from './cheapest.ts';

type Plan = Extract<Planned, { plan: unknown }>;

/** Plans none of which is better in one of the objectives without being worse in another. `complete`: there is no other such. */
export interface TradeOffs {
  readonly plans: readonly Plan[];
  readonly complete: boolean;
}

/**
 * Q7: all that two or three objectives leave to choose. The last objective gets a budget that goes down, from no budget at all to less than any
 * plan has; under each the trade-offs of the others are found in the same way. @throws RangeError unless there are two or three objectives.
 */
export function tradeOffs(over: readonly Objective[], terms: PlanTerms, solve: (terms: PlanTerms) => Planned): TradeOffs {
  if (over.length < 2 || over.length > 3 || new Set(over).size < over.length) throw new RangeError('Trade-offs are between two or three different objectives.');
  let complete = true;
  const found = new Map<string, Plan>();
  const look = (free: readonly Objective[], order: readonly Objective[], budgets: Partial<Totals>): Plan[] => {
    if (free.length === 1) {
      const planned = solve({ ...terms, objectives: [...free, ...order], budgets });
      if (planned.proof !== 'OPTIMAL' && planned.proof !== 'INFEASIBLE') complete = false;
      return 'plan' in planned ? [planned] : [];
    }
    const last = free.at(-1)!;
    const all: Plan[] = [];
    for (let most = budgets[last]; most === undefined || most >= 0;) {
      const plans = look(free.slice(0, -1), [last, ...order], { ...budgets, ...(most !== undefined && { [last]: most }) });
      if (plans.length === 0) break;
      all.push(...plans);
      most = Math.max(...plans.map(({ totals }) => totals[last])) - 1;
    }
    return all;
  };
  for (const plan of look(over, [], terms.budgets ?? {})) found.set(over.map((objective) => plan.totals[objective]).join(), plan);
  const isWorse = (a: Plan, b: Plan): boolean =>
    over.every((objective) => b.totals[objective] <= a.totals[objective]) && over.some((objective) => b.totals[objective] < a.totals[objective]);
  const plans = [...found.values()].filter((plan) => ![...found.values()].some((other) => isWorse(plan, other)));
  return { plans: plans.sort((a, b) => compare(a, b, over)), complete };
}

function compare(a: Plan, b: Plan, over: readonly Objective[]): number {
  const at = over.find((objective) => a.totals[objective] !== b.totals[objective]);
  return at === undefined ? 0 : a.totals[at] - b.totals[at];
}
