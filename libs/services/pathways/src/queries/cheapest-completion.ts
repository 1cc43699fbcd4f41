import type { CheapestCompletion } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { scopeOf, searched, withIssuers } from './plan-questions.ts';
import { settle } from './situation.ts';

/** The best further micro-credentials with which a pathway is complete. */
export async function cheapestCompletion(
  question: InputOf<typeof CheapestCompletion>,
  context: OperationContext,
): Promise<OutputOf<typeof CheapestCompletion>> {
  const { among, ...settled } = await withIssuers(await settle(question, context), context);
  return searched('cheapestCompletion', { ...settled, ...(among && { among: await scopeOf(among, 'among', context) }) }, context);
}
