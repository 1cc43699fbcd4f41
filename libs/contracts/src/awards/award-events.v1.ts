import { CalendarDate, Ctid, Instant, Uuid, defineEvent } from '@mcr/event-kit';
import { z } from 'zod';
import { topics } from '../topics.ts';
import { Method, RevocationReason } from './inbound.v1.ts';

export const AwardId = z.string().regex(/^urn:uuid:[0-9a-f-]{36}$/);

/** The whole public state of an award. `learnerRef` is a random UUID that says nothing about the person. */
export const AwardSnapshot = z.object({
  awardId: AwardId,
  sourceAwardId: z.string(),
  revision: z.int().positive(),
  institutionCtid: Ctid,
  microCredentialCtid: Ctid,
  microCredentialVersion: z.int().positive(),
  learnerRef: Uuid,
  awardedDate: CalendarDate,
  validFrom: Instant.optional(),
  validUntil: Instant.optional(),
  method: Method,
  creditsEarned: z.number().optional(),
  hoursCompleted: z.number().optional(),
  /** As recorded. What holds on a day follows from this and the dates. */
  status: z.enum(['ACTIVE', 'REVOKED']),
  previousStatus: z.enum(['ACTIVE']).optional(),
  reasonCode: RevocationReason.optional(),
});
export type AwardSnapshot = z.infer<typeof AwardSnapshot>;

const awardEvent = (pastTense: string) =>
  defineEvent({ type: `ca.bc.mcr.award.${pastTense}.v1`, topic: topics.awards, key: ({ awardId }) => awardId, data: AwardSnapshot });

/** A learner earned a micro-credential, and the registry accepted the record of it. */
export const AwardIssued = awardEvent('issued');
/** The award no longer counts, and never will again. */
export const AwardRevoked = awardEvent('revoked');
export const awardEvents = [AwardIssued, AwardRevoked] as const;
