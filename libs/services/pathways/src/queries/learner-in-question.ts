import { MyLearner, UseConsent } from '@mcr/contracts';
import { type OperationContext, Operations } from '@mcr/runtime';
import type { HeldAward } from '../domain/held/held-award.ts';
import { awardsOfLearner } from '../storage/held-awards.ts';

// Who the learner is, and what an advisor may ask about, is decided by awards at each question: nothing of it is kept here.

/** What the learner holds who asks. @throws Refusal LEARNER_NOT_LINKED, or FORBIDDEN for who is no learner. */
export async function ownAwards({ principal, database, resolve }: OperationContext): Promise<HeldAward[]> {
  const { learnerRef } = await resolve(Operations).call(MyLearner, {}, principal);
  return awardsOfLearner(database, learnerRef);
}

/** What a consent lets an advisor ask about; the learner sees that it was asked. @throws Refusal CONSENT_NOT_USABLE, or FORBIDDEN for who is no advisor. */
export async function awardsByConsent(consent: string, question: string, { principal, database, resolve }: OperationContext): Promise<HeldAward[]> {
  const { learnerRef, awards } = await resolve(Operations).call(UseConsent, { consent, question }, principal);
  return awardsOfLearner(database, learnerRef, awards);
}
