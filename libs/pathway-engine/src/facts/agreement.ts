import type { Day } from './day.ts';
import type { Centicredits, Grade } from './measures.ts';

/**
 * Kinds of transfer agreement (BC Transfer Guide words, with those of other guides where it has none).
 * ASSIGNED, CLUSTER, CONDITIONAL and STACK give named courses; UNASSIGNED credit of a subject without a course; BLOCK credit for a whole
 * credential, with requirements waived; EXEMPTION waives without credit; PLAR is assessed prior learning; NO_CREDIT says that nothing is
 * given; INDIVIDUAL_ASSESSMENT says that somebody must look: it never counts by itself.
 */
export const agreementKinds = [
  'ASSIGNED',
  'CLUSTER',
  'CONDITIONAL',
  'STACK',
  'BLOCK',
  'PLAR',
  'EXEMPTION',
  'UNASSIGNED',
  'NO_CREDIT',
  'INDIVIDUAL_ASSESSMENT',
] as const;
export type AgreementKind = (typeof agreementKinds)[number];

/** One thing that must be held. All of an agreement's are needed together. */
export interface TransferFrom {
  readonly microCredential: string;
  readonly minGrade?: Grade;
  /** Some guides give a lesser course up to a grade and a better one above it. */
  readonly maxGrade?: Grade;
}

/** What the receiver gives. With a course it fills that course's place; without, it is credit of a subject; `waives` closes a requirement. */
export interface Grant {
  readonly course?: string;
  readonly subject?: string;
  readonly level?: number;
  readonly areas?: readonly string[];
  readonly credits: Centicredits;
  /** The id of a requirement of the receiver's credentials that counts as met. */
  readonly waives?: string;
}

/** Something about the learner that must be declared: admitted to a program, member of a Nation, … */
export interface Condition {
  readonly declares: string;
  readonly text: string;
}

/** A receiver's promise, one-way. It covers what was completed on a day of its term. */
export interface Agreement {
  readonly id: string;
  readonly kind: AgreementKind;
  readonly sender: string;
  readonly receiver: string;
  readonly from: readonly TransferFrom[];
  readonly grants: readonly Grant[];
  readonly validFrom: Day;
  readonly validUntil: Day | null;
  /** A larger number goes first. */
  readonly priority: number;
  /** When it was written down, as a day; the later one goes first. */
  readonly recordedOn: Day;
  /** What was completed more months ago than this does not count any more. */
  readonly maxAgeMonths?: number;
  /** An award that has expired does not count. Without it, it does: it was earned. */
  readonly requiresUnexpired?: boolean;
  /** It counts towards these credentials only. */
  readonly programScope?: readonly string[];
  readonly conditions?: readonly Condition[];
  /** Credit of a bucket is limited together by a credential. */
  readonly capBucket?: string;
  /** Of a group at one receiver only one agreement applies. */
  readonly exclusiveGroup?: string;
}
