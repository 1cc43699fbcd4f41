import type { Objective, Totals } from '../../facts/question.ts';
import { objectives } from '../../facts/question.ts';
import type { PlannedTogether } from './together.ts';

/** What one credential adds to a plan for several: how much more it has than the best plan for the others. */
export interface Increment {
  readonly credential: string;
  /** The plan for all less that for the others; absent when no plan for the others was found in time. */
  readonly more?: Totals;
  /** Both plans are proven to be the best ones. */
  readonly proven: boolean;
}

/** A plan for several credentials, and what each of them adds to it. */
export type Together = PlannedTogether & { readonly increments: readonly Increment[] };

/** Asks again without each credential in turn. Without a plan for all there is nothing that one of them could add to. */
export function withIncrements(ids: readonly string[], solve: (ids: readonly string[]) => PlannedTogether): Together {
  const planned = solve(ids);
  if (!('plan' in planned)) return { ...planned, increments: [] };
  const increments = ids.map((credential): Increment => {
    const others = solve(ids.filter((id) => id !== credential));
    const proven = planned.proof === 'OPTIMAL' && others.proof === 'OPTIMAL';
    return 'plan' in others ? { credential, more: difference(planned.totals, others.totals), proven } : { credential, proven };
  });
  return { ...planned, increments };
}

const difference = (all: Totals, others: Totals): Totals =>
  Object.fromEntries(objectives.map((objective: Objective) => [objective, all[objective] - others[objective]])) as Totals;
