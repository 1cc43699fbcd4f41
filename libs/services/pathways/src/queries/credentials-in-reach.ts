import type { CredentialsInReach } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { scopeOf, searched, withIssuers } from './plan-questions.ts';
import { settle } from './situation.ts';

/** The pathways that can be completed within a budget. */
export async function credentialsInReach(
  question: InputOf<typeof CredentialsInReach>,
  context: OperationContext,
): Promise<OutputOf<typeof CredentialsInReach>> {
  const { scope, ...settled } = await withIssuers(await settle(question, context), context);
  return searched('credentialsInReach', { ...settled, scope: await scopeOf(scope, 'scope', context) }, context);
}
