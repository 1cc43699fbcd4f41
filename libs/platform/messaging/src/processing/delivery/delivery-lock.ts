import type { Client } from 'pg';
import type { Database } from '@mcr/database';
import { holdDelivery } from '../../advisory-locks.ts';
import { openOwnSession } from '../own-session.ts';

/**
 * Partitions of one delivery that this process holds: session locks on a connection of their own, so that they end with
 * it and with nothing else.
 */
export class DeliveryLock {
  readonly #database: Database;
  readonly #consumer: string;
  readonly #held = new Set<string>();
  #session: Client | undefined;

  constructor(database: Database, consumer: string) {
    this.#database = database;
    this.#consumer = consumer;
  }

  /** Takes the partition unless another session has it. Rejects when the session is lost; then nothing is held any more. */
  async holds(place: string): Promise<boolean> {
    this.#session ??= await openOwnSession(this.#database, 'delivery');
    if (this.#held.has(place)) {
      await this.#session.query('select 1');
      return true;
    }
    const { rows } = await this.#session.query<{ held: boolean }>(holdDelivery, [this.#consumer, place]);
    if (rows[0]!.held) this.#held.add(place);
    return rows[0]!.held;
  }

  async release(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#held.clear();
    await session?.end().catch(() => undefined);
  }
}
