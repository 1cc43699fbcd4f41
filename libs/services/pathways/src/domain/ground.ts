import type { AgreementTerms, Grant } from './agreement.ts';
import { folded } from './facts/public-units.ts';

/** An agreement's days; both included, no end: ongoing. */
export interface Period {
  readonly startDate: string;
  readonly endDate?: string;
}

function target({ course, subject, level, waives }: Grant): string {
  const credit = course === undefined ? `${folded(subject)} ${level ?? '*'}` : `= ${folded(course)}`;
  return waives === undefined ? credit : `${credit} waives ${waives}`;
}

const setOf = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

interface Covering extends Pick<AgreementTerms, 'from' | 'grants' | 'conditions'> {
  readonly sendingOrganization: string;
  readonly receivingOrganization: string;
}

/**
 * What an agreement covers, as one text: between whom, from which micro-credentials, for which courses or fields, of which learners. Two
 * agreements of one ground may not cover the same day and grade. Grades and credits are what it asks and gives there, not a part of the ground.
 */
export function groundOf({ sendingOrganization, receivingOrganization, from, grants, conditions }: Covering): string {
  const items = from.map((item) => item.microCredential);
  const declared = conditions.map(({ declares }) => declares);
  return JSON.stringify([sendingOrganization, receivingOrganization, setOf(items), setOf(grants.map(target)), setOf(declared)]);
}

/** Do two periods share a day? */
export const overlap = (one: Period, other: Period): boolean =>
  (one.endDate === undefined || other.startDate <= one.endDate) && (other.endDate === undefined || one.startDate <= other.endDate);
