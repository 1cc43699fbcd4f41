import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Subscription } from '../carrier/carrier.ts';
import type { Reactor } from '../processing/reactor.ts';
import type { ConsumerDeclaration, ReactionExtras } from './consumer.ts';

/**
 * Serves the reactions of one consumer to Nest as a transport. Nest finds the handlers and injects what they need;
 * reading, order, transactions, retries and dead letters stay with the inbox behind it.
 */
export class ReactionServer extends Server implements CustomTransportStrategy, Reactor {
  override readonly propagatesEventHandlerErrors = true;
  readonly #subscribe: (reactor: Reactor) => Promise<Subscription>;
  #subscription: Subscription | undefined;

  constructor(declaration: ConsumerDeclaration, subscribe: (reactor: Reactor) => Promise<Subscription>) {
    super();
    this.setTransportId(declaration.transportId);
    this.#subscribe = subscribe;
  }

  listen(callback: (error?: unknown) => void): void {
    this.#subscribe(this).then((subscription) => {
      this.#subscription = subscription;
      callback();
    }, callback);
  }

  /** Waits until the batch in hand is committed or rolled back. */
  async close(): Promise<void> {
    await this.#subscription?.close();
    this.#subscription = undefined;
  }

  extrasOf(type: string): ReactionExtras | undefined {
    return this.getHandlers().get(type)?.extras as ReactionExtras | undefined;
  }

  async react(type: string, payload: unknown, context: unknown): Promise<void> {
    const handler: MessageHandler | undefined = this.getHandlers().get(type);
    if (!handler) throw new Error(`No reaction to ${type}.`);
    const outcome: unknown = await handler(payload, context);
    if (isObservable(outcome)) await lastValueFrom(outcome, { defaultValue: undefined });
  }

  on(): never {
    throw new Error('A consumer emits no transport events.');
  }

  unwrap<T>(): T {
    return this.#subscription as T;
  }
}
