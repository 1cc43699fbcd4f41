import type { CompletionTradeOffs } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { searched, withIssuers } from './plan-questions.ts';

/** The plans between which two or three objectives leave a choice. */
export async function completionTradeOffs(
  question: Settled<InputOf<typeof CompletionTradeOffs>>,
  context: OperationContext,
): Promise<OutputOf<typeof CompletionTradeOffs>> {
  return searched('completionTradeOffs', await withIssuers(question, context), context);
}
