import type { QueryRunner } from 'typeorm';
import type { Topic } from '@mcr/event-kit';
import type { Database } from '@mcr/database';
import { holdDelivery } from '../advisory-locks.ts';
import type { LogEntry } from '../log/event-log.ts';
import { topicsOf } from '../reactions/consumer.ts';
import { moveCheckpoints, readCheckpoints } from './checkpoints.ts';
import type { Checkpoint } from './checkpoints.ts';
import { buryEvent, isParked, parkEvents, parkedKeys } from './dead-letters.ts';
import { HANDLER_TRIES, Poison, backoffMs, classify } from './failures.ts';
import { DONE, placeKey } from './inbox.ts';
import type { Inbox, Outcome, Slice, SliceResult } from './inbox.ts';
import { reactToEntries } from './react-to-entries.ts';
import { take } from './take.ts';
import type { InboxParts } from './transactional-inbox.ts';

const ANOTHER_HOLDS_IT: Outcome = { state: 'retry', afterMs: 1000 };

/**
 * The inbox of deliveries: the effect is outside, then the checkpoint moves. At least once, in order, never lost.
 * One session in the whole installation holds a partition, by an advisory lock on a connection of its own.
 */
export class DeliveryInbox implements Inbox {
  readonly consumer: string;
  readonly topics: readonly Topic[];
  readonly #parts: InboxParts;
  readonly #held = new Set<string>();
  readonly #tries = new Map<string, number>();
  #session: QueryRunner | undefined;

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.consumer = parts.declaration.name;
    this.topics = topicsOf(parts.declaration);
  }

  get #database(): Database {
    return this.#parts.unitOfWork.database;
  }

  positions(): Promise<Checkpoint[]> {
    return readCheckpoints(this.#database, this.consumer);
  }

  async process(slices: readonly Slice[]): Promise<SliceResult[]> {
    const results: SliceResult[] = [];
    for (const slice of slices) results.push(await this.#deliver(slice));
    return results;
  }

  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    this.#held.clear();
    if (!session) return;
    await session.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await session.release();
  }

  async #deliver(slice: Slice): Promise<SliceResult> {
    const stay = (outcome: Outcome): SliceResult => ({ topic: slice.topic, partition: slice.partition, pos: (slice.entries[0]?.pos ?? 1) - 1, outcome });
    try {
      if (!(await this.#hold(placeKey(slice)))) return stay(ANOTHER_HOLDS_IT);
      const checkpoint = (await this.positions()).find((position) => placeKey(position) === placeKey(slice))!;
      return await this.#deliverFrom(checkpoint, slice);
    } catch (error) {
      await this.close();
      const afterMs = backoffMs(this.#count('connection'));
      this.#parts.log.warn({ consumer: this.consumer, afterMs, err: error }, 'A delivery waits and tries again');
      return stay({ state: 'retry', afterMs });
    }
  }

  async #deliverFrom(checkpoint: Checkpoint, slice: Slice): Promise<SliceResult> {
    const { fresh, reached, fault } = take(slice, checkpoint);
    let done: Checkpoint = { ...checkpoint, logId: reached.logId };
    let outcome: Outcome = fault ? { state: 'fault', fault } : DONE;
    for (const entry of fresh) {
      const afterMs = await this.#effect(entry);
      if (afterMs !== undefined) {
        outcome = { state: 'retry', afterMs };
        break;
      }
      done = { ...done, pos: entry.pos, hash: entry.hash };
    }
    if (done.pos > checkpoint.pos) await this.#database.transaction((tx) => moveCheckpoints(tx, this.consumer, [done]));
    this.#tries.delete('connection');
    return { topic: slice.topic, partition: slice.partition, pos: done.pos, outcome };
  }

  /** Undefined when the entry is done with: delivered, parked or set aside. Otherwise how long to wait, in milliseconds. */
  async #effect(entry: LogEntry): Promise<number | undefined> {
    if (await this.#parkIfParked(entry)) return undefined;
    const place = `${placeKey(entry)}@${entry.pos}`;
    try {
      await reactToEntries(this.#parts.reactor, [entry], {});
      this.#tries.delete(place);
      return undefined;
    } catch (error) {
      const failure = classify(error);
      const tries = this.#count(place);
      if (failure === 'transient' || (failure === 'handler-bug' && tries < HANDLER_TRIES)) return backoffMs(tries);
      this.#tries.delete(place);
      const reason = error instanceof Poison ? error.reason : 'HANDLER_FAILED';
      await this.#database.transaction((tx) => buryEvent(tx, this.consumer, entry, reason, error instanceof Error ? `${error.name}: ${error.message}` : 'Not an error'));
      this.#parts.log.error({ consumer: this.consumer, topic: entry.topic, partition: entry.partition, pos: entry.pos, err: error }, 'An event was set aside as a dead letter');
      return undefined;
    }
  }

  #parkIfParked(entry: LogEntry): Promise<boolean> {
    return this.#database.transaction(async (tx) => {
      const parked = isParked(await parkedKeys(tx, this.consumer, [entry]), entry);
      if (parked) await parkEvents(tx, this.consumer, [entry]);
      return parked;
    });
  }

  async #hold(place: string): Promise<boolean> {
    this.#session ??= this.#database.dataSource.createQueryRunner();
    if (this.#held.has(place)) {
      await this.#session.query('select 1');
      return true;
    }
    const [row] = (await this.#session.query(holdDelivery, [this.consumer, place])) as { held: boolean }[];
    if (row!.held) this.#held.add(place);
    return row!.held;
  }

  #count(what: string): number {
    const count = (this.#tries.get(what) ?? 0) + 1;
    this.#tries.set(what, count);
    return count;
  }
}
