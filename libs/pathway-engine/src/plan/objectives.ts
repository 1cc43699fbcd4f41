import { objectives } from '../facts/question.ts';
import type { Objective, Totals } from '../facts/question.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';

/** Sums stay below this, so that a bound computed in floating point is off by far less than one. */
const MOST = 2 ** 40;

/** What one micro-credential adds to a total: cents, minutes, one, terms. */
export function amountOf(one: MicroCredential, objective: Objective): number {
  switch (objective) {
    case 'COST':
      return one.cost;
    case 'HOURS':
      return one.minutes;
    case 'COUNT':
      return 1;
    case 'TERMS':
      return one.terms;
  }
}

export function totalsOf(items: readonly MicroCredential[]): Totals {
  const sum = (objective: Objective): number => items.reduce((total, one) => total + amountOf(one, objective), 0);
  return { COST: sum('COST'), HOURS: sum('HOURS'), COUNT: sum('COUNT'), TERMS: sum('TERMS') };
}

/** The order asked for, and the others after it: so that the best plan is one, and none has more in it than it needs. */
export const fullOrder = (asked: readonly Objective[] = []): Objective[] => [...new Set([...asked, ...objectives])];

/** Whole numbers for the items whose sums compare like some of the objectives, one after the other. */
export interface Stage {
  readonly weights: readonly number[];
  /** What one of the stage's first objective weighs, and how much of it that is: from a sum back to the objective. */
  readonly step: number;
  readonly unit: number;
}

/**
 * One whole number for each item such that comparing sums compares the objectives one after the other. Where the numbers would grow too large
 * there are several stages: the next one is decided among the best of those before.
 */
export function stagesOf(items: readonly MicroCredential[], asked: readonly Objective[] | undefined): Stage[] {
  const stages: Stage[] = [];
  let stage: Stage | undefined;
  let range = 1;
  // From the last objective up: each weighs more than all that follow it together.
  for (const objective of fullOrder(asked).toReversed()) {
    const amounts = items.map((one) => amountOf(one, objective));
    const unit = amounts.reduce(commonDivisor, 0) || 1;
    const sum = amounts.reduce((total, amount) => total + amount / unit, 0);
    if (stage && range * (sum + 1) > MOST) {
      stages.unshift(stage);
      [stage, range] = [undefined, 1];
    }
    const below: readonly number[] = stage?.weights ?? items.map(() => 0);
    stage = { weights: below.map((weight, index) => weight + (amounts[index]! / unit) * range), step: range, unit };
    range *= sum + 1;
  }
  return [stage!, ...stages];
}

/** From a bound on a stage's sums to one on its first objective. */
export const firstObjectiveOf = ({ step, unit }: Stage, sum: number): number => Math.floor(sum / step) * unit;

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
