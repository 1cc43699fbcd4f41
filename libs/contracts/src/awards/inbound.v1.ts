import { CalendarDate, Ctid, Instant, StorableText, isStorableText } from '@mcr/event-kit';
import { z } from 'zod';

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

const isStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorableText(value);
  if (value === null || typeof value !== 'object') return true;
  return Object.entries(value).every(([name, member]) => isStorableText(name) && isStorable(member));
};

/** Whatever an institution wants to send along for itself. The registry reads nothing of it. */
const Extensions = z
  .record(z.string(), z.unknown())
  .refine(isStorable, { error: 'Contains a character that cannot be stored (NUL, or half of a surrogate pair).' });

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
