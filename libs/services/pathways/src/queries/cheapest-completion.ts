import type { CheapestCompletion } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { scopeOf, searched, withIssuers } from './plan-questions.ts';

/** The best further micro-credentials with which a pathway is complete. */
export async function cheapestCompletion(
  question: Settled<InputOf<typeof CheapestCompletion>>,
  context: OperationContext,
): Promise<OutputOf<typeof CheapestCompletion>> {
  const { among, ...settled } = await withIssuers(question, context);
  return searched('cheapestCompletion', { ...settled, ...(among && { among: await scopeOf(among, 'among', context) }) }, context);
}
