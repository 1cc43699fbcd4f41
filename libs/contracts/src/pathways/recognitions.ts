import { CalendarDate, Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AgreementKind, TransferGrant } from './transfer-agreement.ts';

export const HeldMicroCredential = z.strictObject({ microCredential: Ctid, completedOn: CalendarDate, grade: z.number().min(0).max(100).optional() });

export const RecognitionStatus = z.enum(['GUARANTEED', 'INDIVIDUAL_ASSESSMENT', 'NOT_APPLICABLE']);

/** Why an agreement does or does not apply. A part of the closed list of the pathway service. */
export const RecognitionReason = z.enum([
  'AGREEMENT_APPLIES',
  'NO_AGREEMENT',
  'COMPLETED_OUTSIDE_WINDOW',
  'NOT_YET_EFFECTIVE',
  'GRADE_BELOW_MIN',
  'CONDITION_UNMET',
  'CLUSTER_INCOMPLETE',
]);

/** What micro-credentials count for elsewhere, agreement by agreement, with the reason for every "no". */
export const Recognitions = defineQuery({
  name: 'recognitions',
  service: 'pathways',
  input: z.strictObject({ held: z.array(HeldMicroCredential).min(1).max(100) }),
  output: z.array(
    z.object({
      receivingOrganization: Ctid.optional(),
      agreement: z.object({ ctid: Ctid, kind: AgreementKind, startDate: CalendarDate, endDate: CalendarDate.optional() }).optional(),
      microCredentials: z.array(Ctid),
      status: RecognitionStatus,
      grants: z.array(TransferGrant),
      reasons: z.array(z.object({ code: RecognitionReason, message: z.string() })),
    }),
  ),
  refusals: [],
});
