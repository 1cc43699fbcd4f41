import { Args, Mutation, createUnionType } from '@nestjs/graphql';
import type { Type } from '@nestjs/common';
import type { OperationDefinition, RefusalCode } from '@mcr/event-kit';
import { inputTypeOf } from './input-types.ts';
import { refusalTypeName, refusalTypeOf } from './refusal-types.ts';

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The refusals that a caller of the mutation finds in its union; all others are errors of the request. */
export const refusalsOf = (command: OperationDefinition): readonly RefusalCode[] => [...command.refusals, 'INVALID_INPUT'];

/** Marks the object that one of the refusal types describes. */
interface Outcome {
  readonly refusal?: RefusalCode;
}

/** Makes a method the mutation of a command: its name, and as its result the answer or one of the command's refusals. */
export function CommandMutation(command: OperationDefinition, answer: Type<object>, description: string): MethodDecorator {
  const types = [answer, ...refusalsOf(command).map(refusalTypeOf)] as const;
  const result = createUnionType({
    name: `${pascal(command.name)}Result`,
    types: () => types,
    resolveType: ({ refusal }: Outcome) => (refusal === undefined ? answer : refusalTypeName(refusal)),
  });
  return Mutation(() => result, { name: command.name, nullable: true, description });
}

/** The argument `input` of the mutation of a command. */
export function CommandInput(command: OperationDefinition): ParameterDecorator {
  const type = inputTypeOf(command.input, pascal(command.name));
  return Args('input', { type: () => type });
}
