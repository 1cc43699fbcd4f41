import { CalendarDate, Ctid, Instant, InstitutionCode, StorableText, Uuid, defineCommand, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardId, AwardSnapshot } from './award-events.v1.ts';
import { LearnerIdentifier } from './inbound.v1.ts';

const service = 'awards';

/** The `sub` of the access token that somebody signs in with. */
export const SignInSubject = StorableText.min(1).max(255);

/** An identifier outside a record: a student number is one only together with the institution that gave it. */
export const KnownIdentifier = LearnerIdentifier.extend({ institution: InstitutionCode.optional() }).refine(
  ({ type, institution }) => (type === 'STUDENT_NUMBER') === (institution !== undefined),
  { path: ['institution'], error: 'A student number needs the code of its institution; the others are given by none.' },
);

/** Says whose sign-in a subject is. The same again changes nothing. */
export const LinkLearner = defineCommand({
  name: 'linkLearner',
  service,
  input: z.strictObject({ subject: SignInSubject, identifier: KnownIdentifier }),
  output: z.object({ linkedAt: Instant }),
  refusals: ['LEARNER_NOT_FOUND', 'SUBJECT_TAKEN', 'LEARNER_TAKEN'],
});

/** Takes it back, for a mistake or a new sign-in. The learner's awards and consents stay. */
export const UnlinkLearner = defineCommand({
  name: 'unlinkLearner',
  service,
  input: z.strictObject({ subject: SignInSubject }),
  output: z.object({ unlinkedAt: Instant }),
  refusals: ['LEARNER_NOT_FOUND'],
});

/** The learner who asks, for services that ask in the learner's name. */
export const MyLearner = defineQuery({
  name: 'myLearner',
  service,
  input: z.strictObject({}),
  output: z.object({ learnerRef: Uuid }),
  refusals: ['LEARNER_NOT_LINKED'],
});

/** What holds of an award on a day or at a moment; a stronger status hides a weaker one: REVOKED, SCHEDULED, EXPIRED, ACTIVE. */
export const HeldAwardStatus = z.enum(['ACTIVE', 'SCHEDULED', 'EXPIRED', 'REVOKED']);

/** An award as its learner sees it, with what holds of it at the moment that was asked for. */
export const HeldAward = z.object({
  awardId: AwardId,
  institutionCtid: Ctid,
  microCredentialCtid: Ctid,
  microCredentialVersion: z.int().positive(),
  awardedDate: CalendarDate,
  validFrom: Instant.optional(),
  validUntil: Instant.optional(),
  method: AwardSnapshot.shape.method,
  creditsEarned: z.number().optional(),
  hoursCompleted: z.number().optional(),
  status: HeldAwardStatus,
  reasonCode: AwardSnapshot.shape.reasonCode,
});

/** What the learner who asks has earned anywhere, the latest first. */
export const MyAwards = defineQuery({
  name: 'myAwards',
  service,
  input: z.strictObject({ asOf: Instant.optional() }),
  output: z.array(HeldAward),
  refusals: ['LEARNER_NOT_LINKED'],
});
