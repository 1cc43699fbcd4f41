import { Injectable } from '@nestjs/common';
import { Refusal, type CallerInput, type OperationDefinition } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { RequestContext } from '../graphql/request-context.ts';
import { refusalsOf } from './command-mutation.ts';
import { commandInput, inCallersWords } from '../schema/from-contracts/zod-shapes.ts';

/** Sends mutations to the services. The commands that a mutation sends are decided there, never here. */
@Injectable()
export class Commands {
  constructor(private readonly operations: Operations) {}

  /** The answer of the command, or its refusal as a value of the mutation's union. What the command does not list is thrown. */
  async call<D extends OperationDefinition>(command: D, input: object, request: RequestContext): Promise<object> {
    try {
      const principal = await request.principal();
      return (await this.operations.call(command, commandInput(command.input, input) as CallerInput<D>, principal)) as object;
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || !refusalsOf(command).includes(thrown.code)) throw thrown;
      const errors = thrown.faults.map((fault) => ({ ...fault, pointer: inCallersWords(fault.pointer) }));
      return { refusal: thrown.code, code: thrown.code, message: thrown.message, errors };
    }
  }
}
