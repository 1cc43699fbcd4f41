import type { CredentialsInReach } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { scopeOf, searched, withIssuers } from './plan-questions.ts';

/** The pathways that can be completed within a budget. */
export async function credentialsInReach(
  question: Settled<InputOf<typeof CredentialsInReach>>,
  context: OperationContext,
): Promise<OutputOf<typeof CredentialsInReach>> {
  const { scope, ...settled } = await withIssuers(question, context);
  return searched('credentialsInReach', { ...settled, scope: await scopeOf(scope, 'scope', context) }, context);
}
