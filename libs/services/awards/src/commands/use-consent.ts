import type { UseConsent } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { mayAsk } from '../domain/consent/consent.ts';
import { insertUse, lockConsent } from '../storage/consent-store.ts';
import { readFacts } from '../storage/fact-store.ts';

/** Lets an advisor's question through, and writes it down for the learner; or refuses it, whatever the reason, in the same words. */
export function useConsent(
  { consent: consentId, question }: InputOf<typeof UseConsent>,
  { principal, now, unitOfWork }: OperationContext,
): Promise<OutputOf<typeof UseConsent>> {
  const { subject, institution } = principal;
  return unitOfWork.run(async (tx) => {
    const institutionCtid = institution && (await readFacts(tx, [institution], [])).institution(institution)?.ctid;
    const consent = await lockConsent(tx, consentId, 'share');
    if (!consent || !mayAsk(consent, { subject, institutionCtid }, now))
      throw new Refusal('CONSENT_NOT_USABLE', 'There is no consent of this id by which you may ask now.');
    await insertUse(tx, { consentId, usedAt: now, usedBy: subject, question });
    return { learnerRef: consent.learnerRef, ...(consent.awards && { awards: [...consent.awards] }) };
  });
}
