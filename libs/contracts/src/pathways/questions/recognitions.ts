import { CalendarDate, Ctid, defineQuery } from '@mcr/event-kit';
import { z } from 'zod';
import { AgreementKind, DecidingKey, TransferGrant } from '../transfer-agreement.ts';
import { basis } from './certificate.ts';
import { Declares, HeldMicroCredential, OfLearner, oneWay, saysWhatIsHeld, whoseRefusals } from './situation.ts';
import { WhyNotCode } from './why-not-code.ts';

export const RecognitionStatus = z.enum(['GUARANTEED', 'INDIVIDUAL_ASSESSMENT', 'NOT_APPLICABLE']);

/** Why an agreement does or does not apply: that it does, or a code of the closed list. */
export const RecognitionReason = z.enum(['AGREEMENT_APPLIES', ...WhyNotCode.options]);

export const Recognition = z.object({
  receivingOrganization: Ctid.optional(),
  agreement: z.object({ ctid: Ctid, kind: AgreementKind, startDate: CalendarDate, endDate: CalendarDate.optional() }).optional(),
  microCredentials: z.array(Ctid),
  status: RecognitionStatus,
  grants: z.array(TransferGrant.strip()),
  reasons: z.array(
    z.object({
      code: RecognitionReason,
      message: z.string(),
      /** Of an agreement that lost: which other one goes first, and by which key. */
      agreement: Ctid.optional(),
      key: DecidingKey.optional(),
    }),
  ),
});

/** What micro-credentials count for elsewhere, agreement by agreement, with the reason for every "no". */
export const Recognitions = defineQuery({
  name: 'recognitions',
  service: 'pathways',
  input: z
    .strictObject({ held: z.array(HeldMicroCredential).min(1).max(100).optional(), ...OfLearner, declares: Declares, asOf: CalendarDate.optional() })
    .refine(saysWhatIsHeld, oneWay),
  output: z.object({ recognitions: z.array(Recognition), ...basis }),
  refusals: [...whoseRefusals],
});
