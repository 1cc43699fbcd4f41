import type { Consent as ConsentSchema, ConsentPurpose, ConsentSnapshot } from '@mcr/contracts';
import { type Fault, dayInBritishColumbia } from '@mcr/event-kit';
import type { z } from 'zod';

/** Who may ask: one advisor, or the advisors of an institution. */
export type Audience = { readonly kind: 'ADVISOR'; readonly advisor: string } | { readonly kind: 'ADVISORS_OF_INSTITUTION'; readonly institutionCtid: string };

interface ConsentTerms {
  readonly consentId: string;
  readonly learnerRef: string;
  /** Undefined: all, also those that the learner earns later. */
  readonly awards: readonly string[] | undefined;
  readonly audience: Audience;
  readonly purpose: z.infer<typeof ConsentPurpose>;
  readonly grantedAt: Date;
  readonly expiresAt: Date;
}

/** A withdrawn consent stays withdrawn: no transition leads out of it. That one has expired is never written. */
export type Consent = ConsentTerms & ({ readonly status: 'GRANTED' } | { readonly status: 'WITHDRAWN'; readonly withdrawnAt: Date });

/** The advisor who asks, and the institution whose advisor that is. */
export interface Asker {
  readonly subject: string;
  readonly institutionCtid: string | undefined;
}

/** So many consents of a learner hold at once, at most: more could not be looked through. */
export const MOST_CONSENTS = 100;

/** The same day a year later; 28 February for one that the next year lacks. */
export function yearLater(day: string): string {
  const next = `${Number(day.slice(0, 4)) + 1}${day.slice(4)}`;
  return next.endsWith('-02-29') ? `${next.slice(0, 4)}-02-28` : next;
}

/** What is wrong with the end of what a learner gives now. Days are those of British Columbia. */
export function expiryFaults(given: 'consent' | 'share', expiresAt: Date, now: Date): Fault[] {
  const pointer = '/expiresAt';
  if (expiresAt <= now) return [{ pointer, code: 'EXPIRES_IN_PAST', message: `A ${given} ends in the future.` }];
  const latest = yearLater(dayInBritishColumbia(now));
  if (dayInBritishColumbia(expiresAt) <= latest) return [];
  return [
    { pointer, code: 'EXPIRES_TOO_LATE', message: `A ${given} ends after a year at the latest.`, hint: `The last day is ${latest}, in British Columbia.` },
  ];
}

/** What the consent is at a moment: a withdrawal hides that it has expired. */
export function statusAt({ status, expiresAt }: Consent, now: Date): Consent['status'] | 'EXPIRED' {
  return status === 'GRANTED' && expiresAt <= now ? 'EXPIRED' : status;
}

/** Does the consent let this advisor ask now? */
export function mayAsk(consent: Consent, { subject, institutionCtid }: Asker, now: Date): boolean {
  if (statusAt(consent, now) !== 'GRANTED') return false;
  const { audience } = consent;
  return audience.kind === 'ADVISOR' ? audience.advisor === subject : audience.institutionCtid === institutionCtid;
}

/** The consent without effect from now on; the very same one if it was withdrawn before. */
export const withdrawn = (consent: Consent, now: Date): Consent =>
  consent.status === 'WITHDRAWN' ? consent : { ...consent, status: 'WITHDRAWN', withdrawnAt: now };

const termsOf = (consent: Consent) => ({
  consentId: consent.consentId,
  ...(consent.awards ? { scope: 'LISTED' as const, awards: [...consent.awards] } : { scope: 'ALL' as const }),
  purpose: consent.purpose,
  grantedAt: consent.grantedAt.toISOString(),
  expiresAt: consent.expiresAt.toISOString(),
  ...(consent.status === 'WITHDRAWN' && { withdrawnAt: consent.withdrawnAt.toISOString() }),
});

/** The public state as an event carries it, without the advisor. */
export function snapshotOf(consent: Consent): ConsentSnapshot {
  const { learnerRef, audience, status } = consent;
  const { kind } = audience;
  const publicAudience = kind === 'ADVISOR' ? { kind } : { kind, institutionCtid: audience.institutionCtid };
  return { ...termsOf(consent), learnerRef, audience: publicAudience, status };
}

/** As the learner sees it, who knows the advisor and need not know the reference. */
export function shownToLearner(consent: Consent, now: Date): z.infer<typeof ConsentSchema> {
  const { audience } = consent;
  const shown = audience.kind === 'ADVISOR' ? { advisor: audience.advisor } : { institutionCtid: audience.institutionCtid };
  return { ...termsOf(consent), audience: shown, status: statusAt(consent, now) };
}
