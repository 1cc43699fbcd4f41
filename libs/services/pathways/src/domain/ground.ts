import type { FromItem, Grant } from './agreement.ts';
import { folded } from './facts/public-units.ts';

/** An agreement's days; both included, no end: ongoing. */
export interface Period {
  readonly startDate: string;
  readonly endDate?: string;
}

const target = ({ course, subject, level }: Grant): string => (course === undefined ? `${folded(subject)} ${level ?? '*'}` : `= ${folded(course)}`);

const setOf = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/**
 * What an agreement covers, as one text: between whom, from which micro-credentials, for which courses or fields. Two agreements of one
 * ground may not be active on the same day. Grades and credits are what it asks and gives there, not a part of the ground.
 */
export function groundOf(terms: { sender: string; receiver: string; from: readonly FromItem[]; grants: readonly Grant[] }): string {
  return JSON.stringify([terms.sender, terms.receiver, setOf(terms.from.map((item) => item.microCredential)), setOf(terms.grants.map(target))]);
}

/** Do two periods share a day? */
export const overlap = (one: Period, other: Period): boolean =>
  (one.endDate === undefined || other.startDate <= one.endDate) && (other.endDate === undefined || one.startDate <= other.endDate);
