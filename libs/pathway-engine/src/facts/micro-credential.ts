import type { Day } from './day.ts';
import type { Cents, Centicredits, Minutes } from './measures.ts';

/** What can be held and what can be taken next: a micro-credential, or a portfolio of evidence (PLAR). */
export interface MicroCredential {
  readonly id: string;
  readonly issuer: string;
  /** 0 for a non-credit one. */
  readonly credits: Centicredits;
  readonly minutes: Minutes;
  readonly cost: Cents;
  /** Academic terms that it takes, at least 0. */
  readonly terms: number;
  readonly subject?: string;
  /** 100, 200, … as in course numbers. */
  readonly level?: number;
  /** What else filters may ask for: areas of knowledge, designations. */
  readonly areas?: readonly string[];
  readonly delivery?: string;
  readonly region?: string;
  /** Micro-credentials with the same text teach the same: holding two counts once, and one stands in for another in agreements. */
  readonly sameAs?: string;
  /** All groups, any one of each, must be held or planned before this one may be planned. */
  readonly prerequisites?: readonly (readonly string[])[];
  /** It can be begun on these days. */
  readonly offeredFrom: Day;
  readonly offeredUntil: Day | null;
}
