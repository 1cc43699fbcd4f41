import { CalendarDate, Ctid, InstitutionCode, StorableText, defineCommand } from '@mcr/event-kit';
import { z } from 'zod';
import { AgreementKind, AgreementStatus, AgreementTerms, DecidingKey } from './transfer-agreement.ts';

const service = 'pathways';
const Reason = StorableText.trim().min(3).max(1000);

/** How two agreements stand to each other that could both apply to the same learning. */
export const AgreementConflict = z.enum(['DUPLICATE', 'EQUIVALENT', 'BLANKET_VS_REAL', 'MULTIPLE_REAL']);
/** Another agreement for the same learning, and which of the two counts. No reason to refuse, but to know. */
export const AgreementNotice = z.object({ conflict: AgreementConflict, agreement: Ctid, counts: Ctid, decidedBy: DecidingKey });

/** The agreement after the command; the status is that of today. */
const output = z.object({
  ctid: Ctid,
  version: z.int().positive(),
  kind: AgreementKind,
  startDate: CalendarDate,
  endDate: CalendarDate.optional(),
  status: AgreementStatus,
  notices: z.array(AgreementNotice),
});

const parties = { ctid: Ctid.optional(), sender: InstitutionCode, receiver: InstitutionCode };

/** Lists an agreement that both organisations signed elsewhere. One-way: the reverse is another agreement. */
export const PublishAgreement = defineCommand({
  name: 'publishAgreement',
  service,
  input: z.strictObject({ ...parties, ...AgreementTerms }),
  output,
  refusals: ['INSTITUTION_NOT_FOUND', 'MICRO_CREDENTIAL_NOT_FOUND', 'PATHWAY_NOT_FOUND', 'CTID_TAKEN', 'OVERLAP', 'MULTIPLE_REAL', 'NONCREDIT_ASSIGNED'],
});

/** The sender's staff signs an agreement and asks the receiver to. */
export const ProposeAgreement = defineCommand({
  name: 'proposeAgreement',
  service,
  input: z.strictObject({ ...parties, ...AgreementTerms }),
  output,
  refusals: [
    'INSTITUTION_NOT_FOUND',
    'INSTITUTION_SUSPENDED',
    'MICRO_CREDENTIAL_NOT_FOUND',
    'PATHWAY_NOT_FOUND',
    'CTID_TAKEN',
    'OVERLAP',
    'NONCREDIT_ASSIGNED',
  ],
});

/** `institution` is the one for which the caller acts. */
const AgreementOf = z.strictObject({ institution: InstitutionCode, ctid: Ctid, expectedVersion: z.int().positive().optional() });

/** The receiver begins to look at what was proposed. */
export const EvaluateAgreement = defineCommand({
  name: 'evaluateAgreement',
  service,
  input: AgreementOf,
  output,
  refusals: ['AGREEMENT_NOT_FOUND', 'INSTITUTION_SUSPENDED', 'ILLEGAL_STATE', 'VERSION_CONFLICT'],
});

/** The receiver signs what the sender signed. The same person may not sign for both. */
export const SignAgreement = defineCommand({
  name: 'signAgreement',
  service,
  input: AgreementOf,
  output,
  refusals: [
    'AGREEMENT_NOT_FOUND',
    'INSTITUTION_SUSPENDED',
    'ILLEGAL_STATE',
    'VERSION_CONFLICT',
    'SAME_SIGNER',
    'INSTITUTION_NOT_FOUND',
    'MICRO_CREDENTIAL_NOT_FOUND',
    'PATHWAY_NOT_FOUND',
    'OVERLAP',
    'MULTIPLE_REAL',
    'NONCREDIT_ASSIGNED',
  ],
});

/** The receiver says no. The sender may propose something else. */
export const DeclineAgreement = defineCommand({
  name: 'declineAgreement',
  service,
  input: AgreementOf.extend({ reason: Reason }),
  output,
  refusals: ['AGREEMENT_NOT_FOUND', 'INSTITUTION_SUSPENDED', 'ILLEGAL_STATE', 'VERSION_CONFLICT'],
});

/**
 * Ends an agreement earlier than was agreed, today or later; what was completed until then is covered. Staff of either institution may, and must
 * say which; the registrar need not.
 */
export const TerminateAgreement = defineCommand({
  name: 'terminateAgreement',
  service,
  input: AgreementOf.extend({ institution: InstitutionCode.optional(), endDate: CalendarDate, reason: Reason }),
  output,
  refusals: ['AGREEMENT_NOT_FOUND', 'INSTITUTION_SUSPENDED', 'ILLEGAL_STATE', 'VERSION_CONFLICT'],
});
