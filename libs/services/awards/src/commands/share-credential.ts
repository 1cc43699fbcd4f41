import { randomUUID } from 'node:crypto';
import type { EndShare, ShareCredential } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal, refusalFor } from '@mcr/event-kit';
import { type OperationContext, Settings } from '@mcr/runtime';
import { expiryFaults } from '../domain/consent/consent.ts';
import { hashOfShareToken, newShareToken } from '../domain/share.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { shownShare } from '../queries/my-shares.ts';
import { awardsAmong } from '../storage/award-store.ts';
import { type Share, countOpenShares, endShareOf, insertShare } from '../storage/share-store.ts';

const MOST_SHARES = 100;
const URN = 'urn:uuid:';

/** A learner shows the credential of one award to whoever gets the token. */
export function shareCredential(input: InputOf<typeof ShareCredential>, context: OperationContext): Promise<OutputOf<typeof ShareCredential>> {
  const { principal, now, unitOfWork, resolve } = context;
  const { publicUrl } = resolve(Settings);
  return unitOfWork.run(async (tx) => {
    const learnerRef = await resolve(SignedInLearner).of(principal, tx);
    const expiresAt = new Date(input.expiresAt);
    const own = await awardsAmong(tx, learnerRef, [input.award]);
    const unknown = { pointer: '/award', code: 'AWARD_NOT_FOUND', message: 'You hold no award of this id.', hint: 'myAwards lists yours.' };
    const faults = [...(own.has(input.award) ? [] : [unknown]), ...expiryFaults('share', expiresAt, now)];
    if (faults.length > 0) throw refusalFor(faults);
    if ((await countOpenShares(tx, learnerRef, now)) >= MOST_SHARES)
      throw new Refusal('TOO_MANY_SHARES', `At most ${MOST_SHARES} shares are open at once: end one that is not needed.`);
    const shareToken = newShareToken();
    const awardId = input.award.slice(URN.length);
    const share: Share = { shareId: randomUUID(), awardId, createdAt: now, expiresAt, endedAt: null, views: 0, lastViewedAt: null };
    await insertShare(tx, { ...share, learnerRef, tokenHash: hashOfShareToken(shareToken) });
    return { ...shownShare(share, now), shareToken, url: `${publicUrl}/awards/${awardId}/credential?share=${shareToken}` };
  });
}

export function endShare({ share }: InputOf<typeof EndShare>, { principal, now, unitOfWork, resolve }: OperationContext): Promise<OutputOf<typeof EndShare>> {
  return unitOfWork.run(async (tx) => {
    const learnerRef = await resolve(SignedInLearner).of(principal, tx);
    const ended = await endShareOf(tx, learnerRef, share, now);
    if (!ended) throw new Refusal('SHARE_NOT_FOUND');
    return shownShare(ended, now);
  });
}
