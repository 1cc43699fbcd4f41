import type { MyConsents } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { shownToLearner } from '../domain/consent/consent.ts';
import { SignedInLearner } from '../learners/signed-in-learner.ts';
import { consentsOf } from '../storage/consent-store.ts';

/** What the learner who asks has let others ask, and who did. */
export async function myConsents(_: InputOf<typeof MyConsents>, { principal, now, database, resolve }: OperationContext): Promise<OutputOf<typeof MyConsents>> {
  const learnerRef = await resolve(SignedInLearner).of(principal, database);
  const consents = await consentsOf(database, learnerRef, now);
  return consents.map(({ consent, uses, useCount }) => ({ ...shownToLearner(consent, now), uses: [...uses], useCount }));
}
