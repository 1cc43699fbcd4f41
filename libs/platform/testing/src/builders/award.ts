import { randomUUID } from 'node:crypto';
import type { AwardSnapshot, RevokeAward, SubmitAward } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';

/** A record of an earned micro-credential as an institution sends it, of a learner who exists nowhere. */
export function aSubmission(changes: Partial<SubmitAward> = {}): SubmitAward {
  const sourceAwardId = changes.sourceAwardId ?? `A-${randomUUID()}`;
  return {
    sourceAwardId,
    revision: 1,
    microCredentialCtid: newCtid(),
    awardedDate: '2026-06-15',
    learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: `S-${sourceAwardId}` }] },
    method: 'INSTRUCTION',
    ...changes,
  };
}

/** The revocation that follows a first submission. */
export const aRevocation = (sourceAwardId: string, changes: Partial<RevokeAward> = {}): RevokeAward => ({
  sourceAwardId,
  revision: 2,
  reasonCode: 'ISSUED_IN_ERROR',
  ...changes,
});

/** The public state of an active award, as its events carry it. */
export const anAwardSnapshot = (changes: Partial<AwardSnapshot> = {}): AwardSnapshot => ({
  awardId: `urn:uuid:${randomUUID()}`,
  sourceAwardId: `A-${randomUUID()}`,
  revision: 1,
  institutionCtid: newCtid(),
  microCredentialCtid: newCtid(),
  microCredentialVersion: 1,
  learnerRef: randomUUID(),
  awardedDate: '2026-06-15',
  method: 'INSTRUCTION',
  status: 'ACTIVE',
  ...changes,
});
