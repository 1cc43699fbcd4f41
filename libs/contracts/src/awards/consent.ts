import { Ctid, Instant, Uuid } from '@mcr/event-kit';
import { z } from 'zod';
import { AwardId } from './award-events.v1.ts';

/** ALL: also what the learner earns later. LISTED: the named awards and nothing else. */
export const ConsentScope = z.enum(['ALL', 'LISTED']);

/** What advisors may ask for: what awards count for elsewhere, how to finish a credential, whether to admit the learner. */
export const ConsentPurpose = z.enum(['TRANSFER_ADVICE', 'PATHWAY_PLANNING', 'ADMISSION']);

/** What a consent is at a moment. Nobody has to end one that has expired. */
export const ConsentStatus = z.enum(['GRANTED', 'WITHDRAWN', 'EXPIRED']);

/** What consents say in events and answers alike. */
const ConsentTerms = {
  consentId: Uuid,
  scope: ConsentScope,
  /** Of LISTED only. */
  awards: z.array(AwardId).optional(),
  purpose: ConsentPurpose,
  grantedAt: Instant,
  /** From this instant on nobody may ask by it. */
  expiresAt: Instant,
  withdrawnAt: Instant.optional(),
};

/** The public state of a consent. It names no person: who the advisor is stays with awards. */
export const ConsentSnapshot = z.object({
  ...ConsentTerms,
  learnerRef: Uuid,
  audience: z.object({
    kind: z.enum(['ADVISOR', 'ADVISORS_OF_INSTITUTION']),
    /** Of ADVISORS_OF_INSTITUTION only. */
    institutionCtid: Ctid.optional(),
  }),
  status: ConsentStatus.exclude(['EXPIRED']),
});
export type ConsentSnapshot = z.infer<typeof ConsentSnapshot>;

/** A consent as its own learner sees it. */
export const Consent = z.object({
  ...ConsentTerms,
  /** One of the two: an advisor's sign-in subject, or the institution whose advisors may ask. */
  audience: z.object({ advisor: z.string().optional(), institutionCtid: Ctid.optional() }),
  status: ConsentStatus,
});

/** One question that was answered by a consent: when, to whom, and which. */
export const ConsentUse = z.object({ usedAt: Instant, usedBy: z.string(), question: z.string() });
