import { objectives } from '../facts/question.ts';
import type { Objective, Totals } from '../facts/question.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';

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

/** What these items have of something together. */
export const sumOf = (weights: readonly number[], items: readonly number[]): number => items.reduce((sum, item) => sum + weights[item]!, 0);

/** The order asked for, and the others after it: so that the best plan is one, and none has more in it than it needs. */
export const fullOrder = (asked: readonly Objective[] = []): Objective[] => [...new Set([...asked, ...objectives])];

/** Negative when `a` is the better one: less of the first objective in which they differ. */
export function compareTotals(a: Totals, b: Totals, asked: readonly Objective[] | undefined): number {
  const at = fullOrder(asked).find((objective) => a[objective] !== b[objective]);
  return at === undefined ? 0 : a[at] - b[at];
}

/** By the first place in which two lists of the same length differ: negative when `a` has the lower there. */
export function compareInTurn<Value extends number | string>(a: readonly Value[], b: readonly Value[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}

/** One objective as whole numbers for the items, as small as they can be: a bound is nearer to the next number when numbers are few. */
export interface Stage {
  readonly weights: readonly number[];
  /** How much of the objective one is. */
  readonly unit: number;
}

/** The objectives one after the other; each is decided among the plans that are best by those before. */
export function stagesOf(items: readonly MicroCredential[], asked: readonly Objective[] | undefined): Stage[] {
  return fullOrder(asked).map((objective) => {
    const amounts = items.map((one) => amountOf(one, objective));
    const unit = amounts.reduce(commonDivisor, 0) || 1;
    return { weights: amounts.map((amount) => amount / unit), unit };
  });
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));
