import type { AgreementNotice } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';
import { type Agreement as AgreementFact, type Conflict, type PathwayEngine, conflictsOf } from '@mcr/pathway-engine';
import type { z } from 'zod';
import type { StoredAgreement } from '../facts/graph-fact.ts';
import { groundOf, overlap } from '../ground.ts';

export type Notice = z.infer<typeof AgreementNotice>;

/** How an agreement stands to those that count for some of the same learning. */
export interface BesideOthers {
  readonly faults: readonly Fault[];
  readonly notices: readonly Notice[];
}

/** An agreement in both units. What is only proposed may tie: it can be put in order until the receiver signs. */
export interface Compared {
  readonly agreement: StoredAgreement;
  readonly fact: AgreementFact;
  readonly mayTie: boolean;
}

const isAssessment = ({ kind }: StoredAgreement): boolean => kind === 'INDIVIDUAL_ASSESSMENT';

/** Both would cover the same ground on the same day; the library says of assessments nothing, because they never count. */
function isSamePromise(one: StoredAgreement, other: StoredAgreement, conflict: Conflict | undefined): boolean {
  if (conflict?.kind === 'DUPLICATE') return true;
  const canMeet = conflict !== undefined || (isAssessment(one) && isAssessment(other));
  return canMeet && overlap(one, other) && groundOf(one) === groundOf(other);
}

const overlapWith = ({ ctid, startDate, endDate }: StoredAgreement): Fault => ({
  pointer: '/startDate',
  code: 'OVERLAP',
  message: `Agreement ${ctid}, from ${startDate} ${endDate === undefined ? 'on' : `to ${endDate}`}, covers the same ground on some of these days.`,
  hint: 'Choose days or grades that it does not cover, or let it be terminated first.',
});

const tieWith = (ctid: string): Fault => ({
  pointer: '/priority',
  code: 'MULTIPLE_REAL',
  message: `Agreement ${ctid} gives something else for the same learning, and nothing decides which of the two counts.`,
  hint: 'Give one of them a priority, or choose days, grades or pathways that the other does not cover.',
});

/**
 * Compares an agreement with those of the same receiver that begin from some of the same micro-credentials: `engine` knows them, and what they
 * begin from. What would be the same promise twice is refused, and what only the id would decide, unless it `mayTie`; of every other conflict a
 * notice is given.
 */
export function besideOthers(engine: PathwayEngine, { agreement, fact, mayTie }: Compared, others: readonly StoredAgreement[]): BesideOthers {
  const conflicts = new Map(conflictsOf(engine.graph, fact).map((conflict) => [conflict.agreement, conflict]));
  const faults: Fault[] = [];
  const notices: Notice[] = [];
  for (const other of others.filter(({ ctid }) => ctid !== agreement.ctid)) {
    const conflict = conflicts.get(other.ctid);
    if (isSamePromise(agreement, other, conflict)) faults.push(overlapWith(other));
    else if (conflict?.refused && !mayTie) faults.push(tieWith(other.ctid));
    else if (conflict) notices.push({ conflict: conflict.kind, agreement: other.ctid, counts: conflict.first, decidedBy: conflict.key });
  }
  return { faults, notices };
}
