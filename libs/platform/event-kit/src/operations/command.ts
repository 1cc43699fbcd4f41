import type { z } from 'zod';
import type { RefusalCode } from './refusal.ts';

/** Refusals that every command may answer, besides its own. */
export type CommonRefusal = 'INVALID_INPUT' | 'UNAUTHENTICATED' | 'FORBIDDEN' | 'INTERNAL' | 'UNAVAILABLE';

/** A question or an order that one service answers for others, in process or over HTTP. */
export interface OperationDefinition<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType, Code extends RefusalCode = RefusalCode> {
  readonly kind: 'command' | 'query';
  readonly name: string;
  readonly service: string;
  readonly input: Input;
  readonly output: Output;
  /** The closed list of expected refusals of its own. */
  readonly refusals: readonly Code[];
  /** The action that the policy must allow, where many operations are one; otherwise the operation's own name. */
  readonly action?: string;
  /** How long a caller in another process waits for the answer; where it is not said, as long as for any other. */
  readonly patienceMs?: number;
}

type Definition<I extends z.ZodType, O extends z.ZodType, C extends RefusalCode> = Omit<OperationDefinition<I, O, C>, 'kind'>;

/** What a caller sends, what a handler receives, and what it answers. */
export type CallerInput<D extends OperationDefinition> = z.input<D['input']>;
export type InputOf<D extends OperationDefinition> = z.output<D['input']>;
export type OutputOf<D extends OperationDefinition> = z.output<D['output']>;

/** What every service offers alike carries the service's name in front: `awards.deadLetters`. */
const LEGAL_NAME = /^([a-z]+\.)?[a-z][A-Za-z]*$/;

function define<I extends z.ZodType, O extends z.ZodType, C extends RefusalCode>(kind: 'command' | 'query', definition: Definition<I, O, C>) {
  if (!LEGAL_NAME.test(definition.name)) throw new TypeError(`Illegal name "${definition.name}": expected camelCase.`);
  return Object.freeze({ ...definition, kind });
}

/** Changes one service's facts. A caller may repeat it with the same idempotency key. */
export const defineCommand = <I extends z.ZodType, O extends z.ZodType, const C extends RefusalCode>(
  definition: Definition<I, O, C>,
): OperationDefinition<I, O, C> => define('command', definition);

/** Asks one service something and changes nothing. */
export const defineQuery = <I extends z.ZodType, O extends z.ZodType, const C extends RefusalCode>(
  definition: Definition<I, O, C>,
): OperationDefinition<I, O, C> => define('query', definition);
