import type { CallerInput, OperationDefinition, OutputOf } from '@mcr/event-kit';
import type { Operations } from '@mcr/runtime';
import type { RequestContext } from '../../graphql/request-context.ts';
import { commandInput } from '../../schema/from-contracts/zod-shapes.ts';
import { allow } from '../allow.ts';

/** Asks a question in the caller's name, with what the caller wrote. It ends early when the caller goes away. */
export async function asked<D extends OperationDefinition>(
  operations: Operations,
  question: D,
  written: object,
  request: RequestContext,
): Promise<OutputOf<D>> {
  await allow(request, question.name);
  const input = commandInput(question.input, written) as CallerInput<D>;
  return operations.call(question, input, await request.principal(), request.gone);
}
