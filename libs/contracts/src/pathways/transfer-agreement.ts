import { CalendarDate, Ctid, HttpsUrl, StorableText, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';

/** What an agreement gives, and how: the kinds of `libs/pathway-engine`. */
export const AgreementKind = z.enum([
  'ASSIGNED',
  'UNASSIGNED',
  'CLUSTER',
  'CONDITIONAL',
  'STACK',
  'BLOCK',
  'PLAR',
  'EXEMPTION',
  'NO_CREDIT',
  'INDIVIDUAL_ASSESSMENT',
]);

/** By what two agreements for the same learning are put in order: the first in which they differ. By ID nothing that anybody meant decides. */
export const DecidingKey = z.enum(['PRIORITY', 'MORE_ITEMS', 'KIND', 'RECORDED_LATER', 'ID']);

/** From PROPOSED to AGREED two institutions decide; AGREED, ACTIVE and ENDED follow from the days. TERMINATED: ended before what was agreed. */
export const AgreementStatus = z.enum(['PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'AGREED', 'ACTIVE', 'ENDED', 'TERMINATED']);

const Percent = z.number().min(0).max(100);
const Code = StorableText.trim().min(1).max(40);
const Id = StorableText.trim().min(1).max(64);

/** What must have been earned, with a grade in percent from the least to the highest. All of an agreement's items are needed together. */
export const TransferValueFrom = z.strictObject({ microCredential: Ctid, minGrade: Percent.optional(), maxGrade: Percent.optional() });

/**
 * What the receiver gives: a course, or credit of a subject and level without one. Credits are multiples of 0.01, and 0 only where a requirement
 * of the receiver's pathways is waived, which is named by its id.
 */
export const TransferGrant = z.strictObject({
  course: StorableText.trim().min(2).max(40).optional(),
  subject: StorableText.trim().min(2).max(40),
  level: z.int().min(100).max(900).optional(),
  /** Two-digit series of CIP 2021. */
  areas: z.array(Code).min(1).max(20).optional(),
  credits: z.number().min(0).max(60).multipleOf(0.01),
  waives: Id.optional(),
});

/** What must be declared of the learner: admitted to a program, member of a Nation, … */
export const AgreementCondition = z.strictObject({ declares: Code, text: StorableText.trim().min(1).max(300) });

/** What an agreement says, in commands and events alike. */
export const AgreementTerms = {
  kind: AgreementKind,
  from: z.array(TransferValueFrom).min(1).max(20),
  /** Empty for NO_CREDIT; may be for INDIVIDUAL_ASSESSMENT, where it says what could be given. */
  grants: z.array(TransferGrant).max(20).default([]),
  /** A micro-credential completed on a day from startDate to endDate, both included, is covered. No end: ongoing. */
  startDate: CalendarDate,
  endDate: CalendarDate.optional(),
  /** Of agreements for the same learning the one with the larger number counts. */
  priority: z.int().min(-1000).max(1000).default(0),
  /** What was completed more months ago than this does not count any more. */
  maxAgeMonths: z.int().min(1).max(1200).optional(),
  /** An award that has expired does not count. Without it, it does: it was earned. */
  requiresUnexpired: z.boolean().default(false),
  /** CTIDs of the receiver's pathways that it counts towards; towards all where nothing is said. */
  programScope: z.array(Ctid).min(1).max(50).optional(),
  conditions: z.array(AgreementCondition).max(20).default([]),
  /** Credit of a bucket is limited together by a pathway. */
  capBucket: Id.optional(),
  /** Of a group at one receiver only one agreement applies. */
  exclusiveGroup: Id.optional(),
  /** What the evaluation was based on. */
  evidenceUrl: HttpsUrl.optional(),
};

/** Whether its institution's staff signed here, or the registrar listed what was signed elsewhere. */
export const SignedThrough = z.enum(['INSTITUTION', 'REGISTRAR']);

/** That an institution signed, and on which day. Who did it is nobody else's business. */
export const AgreementSignature = z.object({ organization: Ctid, signedOn: CalendarDate, through: SignedThrough });

const published = {
  ctid: Ctid,
  sendingOrganization: Ctid,
  receivingOrganization: Ctid,
  ...AgreementTerms,
  from: z.array(TransferValueFrom.strip()).min(1),
  grants: z.array(TransferGrant.strip()),
  conditions: z.array(AgreementCondition.strip()).default([]),
  /** The sender's first. */
  signatures: z.array(AgreementSignature).default([]),
  /** Why it was declined or terminated. */
  reason: z.string().optional(),
};

const define = <Status extends z.infer<typeof AgreementStatus>>(what: string, status: Status) =>
  defineEvent({
    type: `ca.bc.mcr.transferAgreement.${what}.v1`,
    topic: topics.transfer,
    key: ({ ctid }: { ctid: string }) => ctid,
    data: z.object({ ...published, status: z.literal(status) }),
  });

/** The sender's staff signed it, and asks the receiver to. */
export const TransferAgreementProposed = define('proposed', 'PROPOSED');
export const TransferAgreementEvaluationStarted = define('evaluationStarted', 'UNDER_EVALUATION');
/** Both institutions signed it. It counts from startDate on; what it asks and gives never changes any more. */
export const TransferAgreementAgreed = define('agreed', 'AGREED');
export const TransferAgreementDeclined = define('declined', 'DECLINED');
/** Its first day has come. */
export const TransferAgreementActivated = define('activated', 'ACTIVE');
/** Its last day is over. What was completed before it ended is covered all the same. */
export const TransferAgreementEnded = define('ended', 'ENDED');
/** It ends earlier than was agreed: on endDate. What was completed until then is covered. */
export const TransferAgreementTerminated = define('terminated', 'TERMINATED');

export const transferAgreementEvents = [
  TransferAgreementProposed,
  TransferAgreementEvaluationStarted,
  TransferAgreementAgreed,
  TransferAgreementDeclined,
  TransferAgreementActivated,
  TransferAgreementEnded,
  TransferAgreementTerminated,
] as const;
