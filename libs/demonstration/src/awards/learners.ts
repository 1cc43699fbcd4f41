import { type LearnerIdentifier, penCheckDigit } from '@mcr/contracts';
import type { z } from 'zod';

/** A person who does not exist. */
export interface SyntheticLearner {
  readonly number: number;
  /** Held by some learners only; it is what tells two institutions that they speak of the same person. */
  readonly pen?: string;
  readonly email?: string;
}

type Identifier = z.input<typeof LearnerIdentifier>;

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

/** Begins with 99, so that everybody sees that it was made up, and ends with a valid check digit. */
export function syntheticPen(number: number): string {
  const eight = `99${digits(number, 6)}`;
  return `${eight}${penCheckDigit(eight)}`;
}

/** These learners study at more than one institution. All of them have a PEN. */
export const EVERY_NTH_IS_MOBILE = 8;

const hasPen = (number: number): boolean => number % EVERY_NTH_IS_MOBILE === 0 || number % 5 < 2;
const hasEmail = (number: number): boolean => number % 3 === 0;

/** The learner of that number, always the same one. */
export const syntheticLearner = (number: number): SyntheticLearner => ({
  number,
  ...(hasPen(number) ? { pen: syntheticPen(number) } : {}),
  ...(hasEmail(number) ? { email: `learner.${digits(number, 6)}@example.org` } : {}),
});

/** How an institution knows the learner: always by its own student number, by PEN and e-mail where there are any. */
export function identifiersAt(institution: string, learner: SyntheticLearner): Identifier[] {
  return [
    { type: 'STUDENT_NUMBER', value: `SYN-${institution}-${digits(learner.number, 6)}` },
    ...(learner.pen ? [{ type: 'PEN' as const, value: learner.pen }] : []),
    ...(learner.email ? [{ type: 'EMAIL' as const, value: learner.email }] : []),
  ];
}
