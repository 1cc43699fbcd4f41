import { ConsentWithdrawn, type WithdrawConsent } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { shownToLearner, snapshotOf, withdrawn } from '../domain/consent/consent.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { lockConsent, saveWithdrawal } from '../storage/consent-store.ts';

/** Ends a consent at once. Who is asking by it at the same moment is either answered before, or refused. */
export function withdrawConsent(
  { consent: consentId }: InputOf<typeof WithdrawConsent>,
  { principal, now, unitOfWork, resolve }: OperationContext,
): Promise<OutputOf<typeof WithdrawConsent>> {
  return unitOfWork.run(async (tx) => {
    const learnerRef = await resolve(SignedInLearner).of(principal, tx);
    const consent = await lockConsent(tx, consentId, 'update');
    if (consent?.learnerRef !== learnerRef) throw new Refusal('CONSENT_NOT_FOUND');
    const ended = withdrawn(consent, now);
    if (ended !== consent) {
      await saveWithdrawal(tx, consentId, now);
      tx.append(ConsentWithdrawn, snapshotOf(ended), { version: 2, now });
    }
    return shownToLearner(ended, now);
  });
}
