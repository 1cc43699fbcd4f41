import { randomUUID } from 'node:crypto';
import type { Fault } from '@mcr/event-kit';
import { matchOrder } from '../../domain/learner/identifier.ts';
import { matchLearners, nobody, type LearnerClaim, type LearnerMatch } from '../../domain/learner/match-learners.ts';
import { recordFault } from '../../domain/record/record-fault.ts';
import type { AwardChange } from '../../domain/submission/submission.ts';
import { holdingsOf, type Holding } from '../../storage/award-store.ts';
import { insertIdentifiers, lockIdentifiers, reassignIdentifiers } from '../../storage/learner-store.ts';
import type { IntakeKeys } from '../intake-keys.ts';
import type { Work } from './group.ts';

export interface Learners {
  /** By submission id. */
  readonly refs: ReadonlyMap<string, string>;
  readonly warnings: ReadonlyMap<string, readonly Fault[]>;
  /** The submissions of which an identifier belongs to another learner. */
  readonly ambiguous: ReadonlySet<string>;
}

/** Finds or makes the learner of every award that was issued. From here on a learner is a random reference. */
export async function assignLearners(work: Work, issued: readonly AwardChange[]): Promise<Learners> {
  const claims = issued.map((change) => claimOf(change, work.keys));
  const { matches, known } = await match(work, claims);
  const newcomers = new Set(claims.map(({ newLearnerRef }) => newLearnerRef));
  const holdings = await knownHoldings(work, matches, newcomers, known);
  const warnings = issued.map(({ submission, award }) => {
    const { learnerRef, ambiguous } = matches.get(submission.submissionId)!;
    const holding = textOf({ learnerRef, microCredentialCtid: award.microCredentialCtid, awardedDate: award.awardedDate });
    const repeated = holdings.size === holdings.add(holding).size;
    const faults = [...(ambiguous ? [recordFault('LEARNER_AMBIGUOUS', '/learner/identifiers')] : []), ...(repeated ? [recordFault('POSSIBLE_DUPLICATE')] : [])];
    return [submission.submissionId, faults] as const;
  });
  return {
    refs: new Map([...matches].map(([id, { learnerRef }]) => [id, learnerRef])),
    warnings: new Map(warnings),
    ambiguous: new Set([...matches].flatMap(([id, { ambiguous }]) => (ambiguous ? [id] : []))),
  };
}

function claimOf({ submission }: AwardChange, keys: IntakeKeys): LearnerClaim {
  if (submission.record.kind !== 'submit') throw new TypeError('Only a submission names a learner.');
  const given = submission.record.submit.learner.identifiers.toSorted((a, b) => matchOrder.indexOf(a.type) - matchOrder.indexOf(b.type));
  const identifiers = given.map((identifier) => ({ type: identifier.type, fingerprint: keys.fingerprint(identifier, submission.institutionCode) }));
  return { claimId: submission.submissionId, newLearnerRef: randomUUID(), identifiers };
}

/**
 * Identifiers are written as if nobody were known; those that were, are then locked, everybody is matched again,
 * and what was written for the wrong learner is handed over.
 */
async function match({ tx }: Work, claims: readonly LearnerClaim[]): Promise<{ matches: Map<string, LearnerMatch>; known: boolean }> {
  const asNew = matchLearners(claims, nobody);
  const typeOf = new Map(claims.flatMap(({ identifiers }) => identifiers.map(({ type, fingerprint }) => [fingerprint, type])));
  const rows = [...asNew.ownerOf].map(([fingerprint, learnerRef]) => ({ fingerprint, learnerRef, type: typeOf.get(fingerprint)! }));
  const inserted = await insertIdentifiers(tx, rows);
  if (inserted.size === rows.length) return { matches: asNew.matches, known: false };
  const known = await lockIdentifiers(
    tx,
    rows.flatMap(({ fingerprint }) => (inserted.has(fingerprint) ? [] : [fingerprint])),
  );
  const { matches, ownerOf } = matchLearners(claims, known);
  const moved = [...ownerOf].map(([fingerprint, learnerRef]) => ({ fingerprint, learnerRef }));
  await reassignIdentifiers(
    tx,
    moved.filter(({ fingerprint, learnerRef }) => asNew.ownerOf.get(fingerprint) !== learnerRef),
  );
  return { matches, known: true };
}

const textOf = ({ learnerRef, microCredentialCtid, awardedDate }: Holding): string => `${learnerRef} ${microCredentialCtid} ${awardedDate}`;

/** Somebody whom this group made known holds nothing yet, so nearly always there is nothing to ask. */
async function knownHoldings({ tx }: Work, matches: ReadonlyMap<string, LearnerMatch>, newcomers: ReadonlySet<string>, known: boolean): Promise<Set<string>> {
  if (!known) return new Set();
  const returning = new Set([...matches.values()].map(({ learnerRef }) => learnerRef).filter((learnerRef) => !newcomers.has(learnerRef)));
  return returning.size === 0 ? new Set() : new Set((await holdingsOf(tx, [...returning])).map(textOf));
}
