import { Audit, CheapestCompletion, CompletionOfSeveral, CompletionTradeOffs, CredentialsInReach, Recognitions, WhyNotRecognised } from '@mcr/contracts';
import { type InputOf, type OperationDefinition, Refusal, faultsOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { audit } from '../queries/audit.ts';
import { cheapestCompletion } from '../queries/cheapest-completion.ts';
import { completionOfSeveral } from '../queries/completion-of-several.ts';
import { completionTradeOffs } from '../queries/completion-trade-offs.ts';
import { credentialsInReach } from '../queries/credentials-in-reach.ts';
import { recognitions } from '../queries/recognitions.ts';
import { settle } from '../queries/situation.ts';
import { whyNotRecognised } from '../queries/why-not-recognised.ts';
import type { AnswerTo } from './keeping.ts';

/** Asks a question that was asked before once more, by the facts of now. */
type AskAgain = (input: unknown, context: OperationContext) => Promise<unknown>;

/** An input that was kept is read again by the contract, so that what the contract no longer takes is refused. */
function again<D extends OperationDefinition>({ name, input, output }: D, answer: AnswerTo<D>): AskAgain {
  return async (kept, context) => {
    const question = input.safeParse(kept);
    if (!question.success) throw new Refusal('INVALID_INPUT', undefined, { faults: faultsOf(question.error, kept) });
    const settled = await settle(name, question.data as { asOf: string }, context);
    return output.parse(await answer(settled as Settled<InputOf<D>>, context));
  };
}

/** The questions whose answers are kept, by their names. */
export const questions: ReadonlyMap<string, AskAgain> = new Map([
  [Audit.name, again(Audit, audit)],
  [Recognitions.name, again(Recognitions, recognitions)],
  [CheapestCompletion.name, again(CheapestCompletion, cheapestCompletion)],
  [CredentialsInReach.name, again(CredentialsInReach, credentialsInReach)],
  [CompletionOfSeveral.name, again(CompletionOfSeveral, completionOfSeveral)],
  [CompletionTradeOffs.name, again(CompletionTradeOffs, completionTradeOffs)],
  [WhyNotRecognised.name, again(WhyNotRecognised, whyNotRecognised)],
]);
