import { randomUUID } from 'node:crypto';
import type { InputOf, OperationDefinition, OutputOf } from '@mcr/event-kit';
import { type Principal, isAnonymous } from '@mcr/identity';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { keepAnswer } from '../storage/answers.ts';
import { settle } from '../queries/situation.ts';

/** What answers a question of which all is known that it is asked of. */
export type AnswerTo<D extends OperationDefinition> = (settled: Settled<InputOf<D>>, context: OperationContext) => Promise<OutputOf<D>>;
type Settle<D extends OperationDefinition> = (name: string, question: InputOf<D>, context: OperationContext) => Promise<Settled<InputOf<D>>>;

/** Who may have an answer again. Nobody where nobody signed in: another service asks for those. */
export const askerOf = (principal: Principal): string | undefined =>
  isAnonymous(principal) || principal.roles.includes('service') ? undefined : principal.subject;

/**
 * Answers a question, and keeps the answer for whoever asked, unless that are too many on one day: what was asked with its day, and the answer as
 * it is given. What `settle` found
 * beside that is not kept: whoever asks again has it found again.
 */
export function keeping<D extends OperationDefinition>(
  definition: D,
  answer: AnswerTo<D>,
  settleIt: Settle<D> = settle as unknown as Settle<D>,
): (question: InputOf<D>, context: OperationContext) => Promise<OutputOf<D>> {
  return async (question, context) => {
    const settled = await settleIt(definition.name, question, context);
    const given = await answer(settled, context);
    const asker = askerOf(context.principal);
    if (asker === undefined) return given;
    const id = randomUUID();
    const shown = definition.output.parse({ ...(given as object), answerId: id }) as OutputOf<D> & { readonly graphVersion: number };
    const input = { ...(question as object), asOf: settled.asOf };
    const kept = { id, question: definition.name, input, graphVersion: shown.graphVersion, answer: JSON.stringify(shown), givenAt: context.now };
    return (await keepAnswer(context.database, asker, kept)) ? shown : given;
  };
}
