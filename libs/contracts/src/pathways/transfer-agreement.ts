import { CalendarDate, Ctid, InstitutionCode, StorableText, defineCommand, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';

export const AgreementKind = z.enum(['ASSIGNED', 'UNASSIGNED', 'CLUSTER']);

/** What must have been earned. All of an agreement's items are needed together. */
export const TransferValueFrom = z.strictObject({ microCredential: Ctid, minGrade: z.number().min(0).max(100).optional() });

/** What the receiver gives: a course, or credit of a subject and level without one. Credits are multiples of 0.01. */
export const TransferGrant = z.strictObject({
  course: StorableText.trim().min(2).max(40).optional(),
  subject: StorableText.trim().min(2).max(40),
  level: z.int().min(100).max(900).optional(),
  credits: z.number().positive().max(60).multipleOf(0.01),
});

const terms = {
  kind: AgreementKind,
  from: z.array(TransferValueFrom).min(1).max(20),
  grants: z.array(TransferGrant).min(1).max(20),
  /** A micro-credential completed on a day from startDate to endDate, both included, is covered. No end: ongoing. */
  startDate: CalendarDate,
  endDate: CalendarDate.optional(),
};

export const TransferAgreementActivated = defineEvent({
  type: 'ca.bc.mcr.transferAgreement.activated.v1',
  topic: topics.transfer,
  key: ({ ctid }) => ctid,
  data: z.object({
    ctid: Ctid,
    sendingOrganization: Ctid,
    receivingOrganization: Ctid,
    ...terms,
    from: z.array(TransferValueFrom.strip()).min(1),
    grants: z.array(TransferGrant.strip()).min(1),
    status: z.literal('ACTIVE'),
  }),
});

/** Lists an agreement that both organisations signed. One-way: the reverse is another agreement. */
export const PublishAgreement = defineCommand({
  name: 'publishAgreement',
  service: 'pathways',
  input: z.strictObject({ ctid: Ctid.optional(), sender: InstitutionCode, receiver: InstitutionCode, ...terms }),
  output: z.object({
    ctid: Ctid,
    version: z.int().positive(),
    kind: AgreementKind,
    startDate: CalendarDate,
    endDate: CalendarDate.optional(),
    status: z.literal('ACTIVE'),
  }),
  refusals: ['INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', 'CTID_TAKEN', 'OVERLAP', 'NONCREDIT_ASSIGNED'],
});
