import { CalendarDate, Ctid } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardId } from '../../awards/award-events.v1.ts';
import { HeldAwardStatus } from '../../awards/learner-commands.ts';
import { DecidingKey, TransferGrant } from '../transfer-agreement.ts';

export const Verdict = z.enum(['COMPLETE', 'COMPLETE_EXCEPT_MANUAL', 'INCOMPLETE']);

/** One line of the certificate of an answer: which piece of credit fills which requirement. */
export const Placement = z.object({
  /** The id of a requirement, or of a section of one. */
  place: z.string(),
  /** Where the piece comes from: a grant of an agreement, or a micro-credential itself. */
  agreement: Ctid.optional(),
  grant: TransferGrant.strip().optional(),
  microCredential: Ctid.optional(),
});

/** An agreement that applied and gives nothing, because another one for the same learning goes first. */
export const LostAgreement = z.object({ agreement: Ctid, to: Ctid, key: DecidingKey });

/** Which piece fills which place, by which agreements (each once), and those that lost to others. */
export const certificate = { assignment: z.array(Placement), agreements: z.array(Ctid), lost: z.array(LostAgreement) };

/** An award that a question was about, and what holds of it when the day that counts ends. */
export const AwardInQuestion = z.object({ award: AwardId, microCredential: Ctid, completedOn: CalendarDate, status: HeldAwardStatus });

/** Of which day an answer speaks, and by which facts. With `answerId` whoever asked can have it again for a year; of one day five hundred are kept. */
export const basis = {
  asOf: CalendarDate,
  graphVersion: z.int().nonnegative(),
  answerId: z.uuid().optional(),
  /** Of a question by consent, or of a learner: all awards that it was about, also those that do not count. */
  awards: z.array(AwardInQuestion).optional(),
};
