import type { HeldMicroCredential, RecognitionReason } from '@mcr/contracts';
import type { z } from 'zod';
import type { FromItem } from './agreement.ts';
import type { Period } from './ground.ts';

/** A micro-credential that somebody earned on a day, perhaps with a grade. */
export type Completion = z.infer<typeof HeldMicroCredential>;

export interface Reason {
  readonly code: z.infer<typeof RecognitionReason>;
  readonly message: string;
}

function reasonsOfDate({ microCredential, completedOn }: Completion, { startDate, endDate }: Period): Reason[] {
  if (completedOn < startDate) {
    return [{ code: 'NOT_YET_EFFECTIVE', message: `${microCredential} was completed on ${completedOn}; the agreement begins on ${startDate}.` }];
  }
  if (endDate !== undefined && completedOn > endDate) {
    return [
      { code: 'COMPLETED_OUTSIDE_WINDOW', message: `${microCredential} was completed on ${completedOn}; the agreement covers ${startDate} to ${endDate}.` },
    ];
  }
  return [];
}

function reasonsOfGrade({ microCredential, grade }: Completion, need: number | undefined): Reason[] {
  if (need === undefined) return [];
  if (grade === undefined) return [{ code: 'CONDITION_UNMET', message: `A grade of at least ${need} is needed in ${microCredential}; none was given.` }];
  return grade < need ? [{ code: 'GRADE_BELOW_MIN', message: `The grade in ${microCredential} is ${grade}; at least ${need} is needed.` }] : [];
}

const daysBetween = (one: string, other: string): number => Math.abs(Date.parse(one) - Date.parse(other)) / 86_400_000;

const daysOutside = ({ completedOn }: Completion, { startDate, endDate }: Period): number => {
  if (completedOn < startDate) return daysBetween(completedOn, startDate);
  return endDate !== undefined && completedOn > endDate ? daysBetween(completedOn, endDate) : 0;
};

/** Is this a certain "no", rather than a question that somebody could answer? */
export const isCertain = ({ code }: Reason): boolean => code !== 'CONDITION_UNMET';

/**
 * What stands between one item of an agreement and the completion of it that comes nearest: nothing when any of them fits.
 * All reasons against that completion are given, so mending them is enough.
 */
export function reasonsAgainst(item: FromItem, period: Period, completions: readonly Completion[]): Reason[] {
  const judged = completions.map((completion) => {
    const reasons = [...reasonsOfDate(completion, period), ...reasonsOfGrade(completion, item.minGrade)];
    const distance = [reasons.filter(isCertain).length, reasons.length, daysOutside(completion, period), -(completion.grade ?? 0)];
    return { reasons, distance, completedOn: completion.completedOn };
  });
  judged.sort((one, other) => {
    const at = one.distance.findIndex((value, index) => value !== other.distance[index]);
    if (at >= 0) return one.distance[at]! - other.distance[at]!;
    return one.completedOn < other.completedOn ? -1 : Number(one.completedOn > other.completedOn);
  });
  return judged[0]?.reasons ?? [];
}
