import type { Agreement, TransferFrom } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import { isWithin, monthsAfter } from '../facts/day.ts';
import type { Day } from '../facts/day.ts';

/** Why a completion does not fit a thing that an agreement asks for; the first that is said of it. */
export type Misfit = 'NOT_YET_EFFECTIVE' | 'COMPLETED_OUTSIDE_WINDOW' | 'GRADE_BELOW_MIN' | 'GRADE_ABOVE_MAX' | 'STALE_DATED' | 'CREDENTIAL_EXPIRED';

/** A completion as the engine counts it: held, or planned on the day of the question. */
export interface Counted extends Completion {
  readonly planned?: boolean;
}

/** Whether it counts for anything at all. */
export const isUsable = (completion: Counted, asOf: Day): boolean => (completion.status ?? 'ACTIVE') === 'ACTIVE' && completion.completedOn <= asOf;

export const isUnexpired = ({ expiresOn }: Completion, asOf: Day): boolean => expiresOn === undefined || expiresOn > asOf;

/** Still young enough on the day, months counted by the calendar. */
export const isFresh = (completedOn: Day, maxAgeMonths: number | undefined, asOf: Day): boolean =>
  maxAgeMonths === undefined || asOf <= monthsAfter(completedOn, maxAgeMonths);

/** Every reason why a usable completion does not fit; none when it does. A planned one meets any condition on grades. */
export function misfitsOf(agreement: Agreement, thing: TransferFrom, completion: Counted, asOf: Day): Misfit[] {
  const misfits: Misfit[] = [];
  const { completedOn, grade, planned } = completion;
  if (completedOn < agreement.validFrom) misfits.push('NOT_YET_EFFECTIVE');
  else if (!isWithin(completedOn, agreement.validFrom, agreement.validUntil)) misfits.push('COMPLETED_OUTSIDE_WINDOW');
  if (!planned && thing.minGrade !== undefined && !(grade !== undefined && grade >= thing.minGrade)) misfits.push('GRADE_BELOW_MIN');
  if (!planned && thing.maxGrade !== undefined && !(grade !== undefined && grade <= thing.maxGrade)) misfits.push('GRADE_ABOVE_MAX');
  if (!isFresh(completedOn, agreement.maxAgeMonths, asOf)) misfits.push('STALE_DATED');
  if (agreement.requiresUnexpired && !isUnexpired(completion, asOf)) misfits.push('CREDENTIAL_EXPIRED');
  return misfits;
}

/** The better of two completions for grade and term: the higher grade, a grade before none, held before planned, then the later. */
export function betterOf(a: Counted | undefined, b: Counted): Counted {
  if (!a) return b;
  const rank = (c: Counted): number => (c.planned ? -2 : (c.grade ?? -1));
  const [ra, rb] = [rank(a), rank(b)];
  return ra !== rb ? (ra > rb ? a : b) : a.completedOn >= b.completedOn ? a : b;
}
