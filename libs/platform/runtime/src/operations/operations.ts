import { Refusal, faultsOf } from '@mcr/event-kit';
import type { CallerInput, OperationDefinition, OutputOf } from '@mcr/event-kit';
import { authorise, isAction } from '@mcr/identity';
import type { Principal } from '@mcr/identity';
import type { OperationContext, OperationHandler } from '../define-service.ts';

type ContextFor = (principal: Principal) => OperationContext;

/** The institution that an input is about, where it names one: a policy may allow only its own. */
function subjectOf(input: unknown): { institution?: string } {
  if (input === null || typeof input !== 'object') return {};
  const { institution, ownedBy, sender } = input as { institution?: unknown; ownedBy?: unknown; sender?: unknown };
  const code = institution ?? ownedBy ?? sender;
  return typeof code === 'string' ? { institution: code } : {};
}

/** What the policy must allow for an operation. */
export const actionOf = ({ action, name }: OperationDefinition): string => action ?? name;

/** The operations of services in other processes. */
export interface Elsewhere {
  knows(definition: OperationDefinition): boolean;
  call(definition: OperationDefinition, input: unknown, principal: Principal, signal?: AbortSignal): Promise<unknown>;
}

/** Calls commands and queries of any service, wherever it runs. Callers cannot tell. */
export class Operations {
  readonly #answers = new Map<string, { handler: OperationHandler; contextFor: ContextFor }>();
  readonly #elsewhere: Elsewhere | undefined;

  constructor(elsewhere?: Elsewhere) {
    this.#elsewhere = elsewhere;
  }

  /**
   * Makes the operations of a service that runs in this process callable.
   * @throws TypeError for an operation of which the policy says nothing: nobody could ever call it.
   */
  offer(handlers: readonly OperationHandler[], contextFor: ContextFor): void {
    const unknown = handlers.find(({ definition }) => !isAction(actionOf(definition)));
    if (unknown) throw new TypeError(`The policy does not say who may call ${unknown.definition.name}.`);
    for (const handler of handlers) this.#answers.set(handler.definition.name, { handler, contextFor });
  }

  /**
   * Checks the caller, then the input, then answers. With a signal the answer may end early, once it is aborted: nobody waits for it.
   * @throws Refusal with every fault of the input, or with a code that the definition lists.
   */
  async call<D extends OperationDefinition>(definition: D, input: CallerInput<D>, principal: Principal, signal?: AbortSignal): Promise<OutputOf<D>> {
    if (this.#answers.has(definition.name)) return (await this.answer(definition.name, input, principal, signal)) as OutputOf<D>;
    if (this.#elsewhere?.knows(definition)) return definition.output.parse(await this.#elsewhere.call(definition, input, principal, signal)) as OutputOf<D>;
    throw new Refusal('UNAVAILABLE', `The ${definition.service} service is not running.`, { retryAfterSeconds: 5 });
  }

  /** Answers an operation of a service in this process. @throws Refusal NOT_FOUND when there is none of that name. */
  async answer(name: string, input: unknown, principal: Principal, signal?: AbortSignal): Promise<unknown> {
    const known = this.#answers.get(name);
    if (!known) throw new Refusal('NOT_FOUND', 'No service of this process answers that.');
    const { definition, answer } = known.handler;
    authorise(principal, actionOf(definition), subjectOf(input));
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) throw new Refusal('INVALID_INPUT', undefined, { faults: faultsOf(parsed.error, input) });
    return definition.output.parse(await answer(parsed.data as never, { ...known.contextFor(principal), ...(signal && { signal }) }));
  }
}
