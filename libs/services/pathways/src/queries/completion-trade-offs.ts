import type { CompletionTradeOffs } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { searched, withIssuers } from './plan-questions.ts';
import { settle } from './situation.ts';

/** The plans between which two or three objectives leave a choice. */
export async function completionTradeOffs(
  question: InputOf<typeof CompletionTradeOffs>,
  context: OperationContext,
): Promise<OutputOf<typeof CompletionTradeOffs>> {
  return searched('completionTradeOffs', await withIssuers(await settle(question, context), context), context);
}
