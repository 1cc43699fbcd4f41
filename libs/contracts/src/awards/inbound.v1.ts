import { CalendarDate, Ctid, Instant, StorableText } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardEvidence, AwardResult, SignedCredential, StorableObject } from './award-particulars.ts';

/** What institutions send. Strict: a property that is not listed is a fault, but below `extensions` anything may stand. */

export const SUBMIT_AWARD = 'ca.bc.mcr.award.submit.v1';
export const REVOKE_AWARD = 'ca.bc.mcr.award.revoke.v1';

export const Method = z.enum(['INSTRUCTION', 'PLAR', 'ASSESSMENT_ONLY']);
export const RevocationReason = z.enum([
  'ISSUED_IN_ERROR',
  'ACADEMIC_INTEGRITY',
  'DATA_CORRECTION',
  'LEARNER_REQUEST',
  'KEY_COMPROMISE',
  'PROGRAM_WITHDRAWN',
  'ADMINISTRATIVE',
]);
export const IdentifierType = z.enum(['PEN', 'STUDENT_NUMBER', 'EMAIL', 'DID']);

const text = (max: number) => StorableText.min(1).max(max);

/** Whatever an institution wants to send along for itself. The registry reads nothing of it. */
const Extensions = StorableObject;

export const SourceAwardId = text(128);
const Revision = z.int().min(1).max(1_000_000);

export const LearnerIdentifier = z.strictObject({ type: IdentifierType, value: text(320) });

export const SubmitAward = z.strictObject({
  sourceAwardId: SourceAwardId,
  revision: Revision,
  microCredentialCtid: Ctid,
  microCredentialVersion: z.int().positive().optional(),
  awardedDate: CalendarDate,
  validFrom: Instant.optional(),
  validUntil: Instant.optional(),
  activityStartDate: CalendarDate.optional(),
  activityEndDate: CalendarDate.optional(),
  learner: z.strictObject({ identifiers: z.array(LearnerIdentifier).max(10), name: text(200).optional() }),
  method: Method,
  creditsEarned: z.number().optional(),
  hoursCompleted: z.number().optional(),
  competenciesDemonstrated: z.array(Ctid).max(50).optional(),
  result: z.array(AwardResult).max(20).optional(),
  /** The assessments of the definition that were taken, by their ids there. */
  assessmentRef: z.array(text(64)).max(50).optional(),
  evidence: z.array(AwardEvidence).max(20).optional(),
  signedCredential: SignedCredential.optional(),
  extensions: Extensions.optional(),
});
export type SubmitAward = z.infer<typeof SubmitAward>;

export const RevokeAward = z.strictObject({
  sourceAwardId: SourceAwardId,
  revision: Revision,
  reasonCode: RevocationReason,
  reason: text(2000).optional(),
  extensions: Extensions.optional(),
});
export type RevokeAward = z.infer<typeof RevokeAward>;
