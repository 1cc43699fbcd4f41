import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '@mcr/event-kit';
import type { OperationDefinition } from '@mcr/event-kit';
import { SignInError, anonymous, isAnonymous, isServiceItself, may, tokenOf } from '@mcr/identity';
import type { Principal, ServiceToken } from '@mcr/identity';
import { ServiceAway, askService } from '../neighbours/ask-service.ts';
import { refusalOfAnswer } from '../neighbours/refusal-of-answer.ts';
import type { ServiceAddresses } from '../neighbours/service-addresses.ts';
import { actionOf } from './operations.ts';

const TIMEOUT_MS = { command: 15_000, query: 5_000 } as const;
const PAUSES_MS = [100, 400];

const away = (service: string): Refusal => new Refusal('UNAVAILABLE', `The ${service} service does not answer at the moment.`, { retryAfterSeconds: 5 });

/**
 * Calls the operations of services in other processes, with the caller's own token: what the caller may do is decided there.
 * Asked again without an answer are queries, and commands that cannot have arrived; another command may have been done.
 */
export class RemoteOperations {
  readonly #addresses: ServiceAddresses;
  readonly #serviceToken: Pick<ServiceToken, 'get'>;

  constructor(addresses: ServiceAddresses, serviceToken: Pick<ServiceToken, 'get'>) {
    this.#addresses = addresses;
    this.#serviceToken = serviceToken;
  }

  knows({ service }: OperationDefinition): boolean {
    return this.#addresses.elsewhere(service) !== undefined;
  }

  /** @throws Refusal as the service throws it, or UNAVAILABLE when it does not answer. */
  async call(definition: OperationDefinition, input: unknown, principal: Principal, signal?: AbortSignal): Promise<unknown> {
    const token = await this.#tokenFor(definition, principal);
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#ask(definition, input, token, signal);
      } catch (error) {
        if (!(error instanceof ServiceAway)) throw error;
        const safe = definition.kind === 'query' || error.notSent;
        if (!safe || signal?.aborted || attempt >= PAUSES_MS.length) throw away(definition.service);
        await delay(PAUSES_MS[attempt]);
      }
    }
  }

  async #ask(definition: OperationDefinition, input: unknown, token: string | undefined, signal: AbortSignal | undefined): Promise<unknown> {
    const { service, name, kind, patienceMs = TIMEOUT_MS[kind] } = definition;
    const url = `${this.#addresses.elsewhere(service)}/commands/${name}`;
    const answer = await askService({ service, url, token, timeoutMs: patienceMs, body: input, ...(signal && { signal }) });
    if (answer.status === 200) return answer.body;
    throw refusalOfAnswer(service, answer);
  }

  /** Somebody without a token has a question asked in this process's name, and only what everybody may ask. */
  async #tokenFor(definition: OperationDefinition, principal: Principal): Promise<string | undefined> {
    if (isServiceItself(principal)) return this.#ownToken();
    if (!isAnonymous(principal)) {
      const token = tokenOf(principal);
      if (token === undefined) throw new TypeError(`${definition.name} cannot be called elsewhere for a principal that no token stands for.`);
      return token;
    }
    if (definition.kind === 'command' || !may(anonymous, actionOf(definition))) return undefined;
    return this.#ownToken();
  }

  #ownToken(): Promise<string> {
    return this.#serviceToken.get().catch((error: unknown) => {
      throw error instanceof SignInError ? away('sign-in') : error;
    });
  }
}
