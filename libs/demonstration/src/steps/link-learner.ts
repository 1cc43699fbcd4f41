import { developmentClientId } from '@mcr/identity';
import { mutateAll } from '@mcr/registry-client';
import { demonstrationLearner } from '../awards/demonstration-learner.ts';
import type { PlannedAward } from '../awards/award-plan.ts';
import type { Step } from './step.ts';

/** Links the role `learner` of the development sign-in to a learner who does not exist, as the registrar would. */
export async function linkLearner({ url, tokens, progress }: Step, awards: readonly PlannedAward[]): Promise<void> {
  const pen = demonstrationLearner(awards);
  if (pen === undefined) return;
  const bar = progress('learner who signs in', 1);
  const inputs = [{ subject: developmentClientId('learner'), identifier: { type: 'PEN', value: pen } }];
  await mutateAll({ url, token: tokens.registrar, field: 'linkLearner', inputs, alreadyDone: [], done: bar.advance });
  bar.finish();
}
