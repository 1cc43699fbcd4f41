import type { CompletionOfSeveral } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { searched, withIssuers } from './plan-questions.ts';

/** One plan with which several pathways are complete. */
export async function completionOfSeveral(
  question: Settled<InputOf<typeof CompletionOfSeveral>>,
  context: OperationContext,
): Promise<OutputOf<typeof CompletionOfSeveral>> {
  return searched('completionOfSeveral', await withIssuers(question, context), context);
}
