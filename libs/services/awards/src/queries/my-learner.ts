import type { MyLearner } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { SignedInLearner } from '../learners/signed-in-learner.ts';

/** The learner who asks. */
export async function myLearner(_: InputOf<typeof MyLearner>, { principal, database, resolve }: OperationContext): Promise<OutputOf<typeof MyLearner>> {
  return { learnerRef: await resolve(SignedInLearner).of(principal, database) };
}
