import type { EndShare, MyShares } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { type Share, sharesOf } from '../storage/share-store.ts';

/** A share as its learner sees it; the token is not among it. */
export const shownShare = ({ shareId, awardId, createdAt, expiresAt, endedAt, views, lastViewedAt }: Share, now: Date): OutputOf<typeof EndShare> => ({
  shareId,
  awardId: `urn:uuid:${awardId}`,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  status: endedAt === null && expiresAt > now ? 'OPEN' : 'ENDED',
  views,
  ...(lastViewedAt && { lastViewedAt: lastViewedAt.toISOString() }),
});

export async function myShares(_: InputOf<typeof MyShares>, { principal, now, database, resolve }: OperationContext): Promise<OutputOf<typeof MyShares>> {
  const learnerRef = await resolve(SignedInLearner).of(principal, database);
  return (await sharesOf(database, learnerRef)).map((share) => shownShare(share, now));
}
