import { Refusal } from '@mcr/event-kit';
import type { Topic } from '@mcr/event-kit';
import type { Database } from '@mcr/database';
import type { LogEntry } from '../../log/event-log.ts';
import { topicsOf } from '../../reactions/consumer.ts';
import { Attempts } from '../attempts/attempts.ts';
import type { Unfinished } from '../attempts/attempts.ts';
import { readCheckpoints } from '../checkpoints.ts';
import type { Checkpoint } from '../checkpoints.ts';
import { buryEvent, isParked, noteParked, parkEvents, parkedKeys } from '../dead-letters.ts';
import { DEATHS_ALONE, HANDLER_TRIES, backoffMs, classify, killedTheProcess } from '../failures.ts';
import { DONE, placeKey, standingStill } from '../inbox.ts';
import type { Inbox, InboxParts, Outcome, Slice, SliceResult } from '../inbox.ts';
import { reactToEntries } from '../react-to-entries.ts';
import { take } from '../take.ts';
import { Troubles } from '../troubles.ts';
import { deliverTogether } from './deliver-together.ts';
import { DeliveryLock } from './delivery-lock.ts';
import { DeliveryProgress } from './delivery-progress.ts';

const ANOTHER_HOLDS_IT: Outcome = { state: 'retry', afterMs: 1000 };

type Verdict = 'delivered' | { readonly bury: unknown } | { readonly retryAfterMs: number };

/**
 * The inbox of deliveries: the effect is outside, then the checkpoint moves. At least once, in order, never lost.
 * One session in the whole installation holds a partition; that it still does is asked before each effect.
 */
export class DeliveryInbox implements Inbox {
  readonly consumer: string;
  readonly topics: readonly Topic[];
  readonly #parts: InboxParts;
  readonly #lock: DeliveryLock;
  readonly #attempts: Attempts;
  /** What a process that died had in hand, by partition. */
  readonly #left = new Map<string, Unfinished>();
  readonly #troubles = new Troubles();
  readonly #tries = new Map<string, number>();
  #stopping = false;
  /** Batches and what operators do take turns. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.consumer = parts.declaration.name;
    this.topics = topicsOf(parts.declaration);
    this.#lock = new DeliveryLock(this.#database, this.consumer);
    this.#attempts = new Attempts(this.#database, this.consumer);
  }

  get #database(): Database {
    return this.#parts.unitOfWork.database;
  }

  positions(): Promise<Checkpoint[]> {
    return readCheckpoints(this.#database, this.consumer);
  }

  async process(slices: readonly Slice[]): Promise<SliceResult[]> {
    const results: SliceResult[] = [];
    for (const slice of slices) results.push(await this.#inTurn(() => this.#deliver(slice)));
    return results;
  }

  exclusively<T>(place: { readonly topic: string; readonly partition: number }, work: () => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      if (await this.#lock.holds(placeKey(place))) return work();
      throw new Refusal('UNAVAILABLE', `Another process delivers ${placeKey(place)}; ask that one.`, { retryAfterSeconds: 1 });
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work, work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  stop(): void {
    this.#stopping = true;
  }

  async close(): Promise<void> {
    await this.#attempts.release();
    await this.#lock.release();
  }

  async #deliver(slice: Slice): Promise<SliceResult> {
    try {
      const held = await this.#lock.holds(placeKey(slice));
      const checkpoint = (await this.positions()).find((position) => placeKey(position) === placeKey(slice))!;
      const { topic, partition, pos } = checkpoint;
      const result = held ? await this.#deliverFrom(checkpoint, slice) : { topic, partition, pos, outcome: ANOTHER_HOLDS_IT };
      this.#troubles.over(slice);
      return result;
    } catch (error) {
      await this.#lock.release();
      const { alarming, ...trouble } = this.#troubles.note(slice);
      const facts = { consumer: this.consumer, topic: slice.topic, partition: slice.partition, ...trouble, err: error };
      if (alarming) this.#parts.log.error(facts, 'A delivery has been waiting for two minutes or longer, and waits on');
      else this.#parts.log.warn(facts, 'A delivery waits and tries again');
      return standingStill(slice, { state: 'retry', afterMs: trouble.afterMs });
    }
  }

  async #deliverFrom(checkpoint: Checkpoint, slice: Slice): Promise<SliceResult> {
    for (const left of await this.#attempts.claim([slice])) this.#left.set(placeKey(left), left);
    const { fresh, reached, fault } = take(slice, checkpoint);
    const progress = new DeliveryProgress(this.#database, this.consumer, { ...checkpoint, logId: reached.logId });
    // Also when the lock was lost: what has been delivered need not come again.
    const waitMs = await this.#deliverInOrder(fresh, progress).finally(() => progress.commit());
    const outcome: Outcome = waitMs !== undefined ? { state: 'retry', afterMs: waitMs } : fault ? { state: 'fault', fault } : DONE;
    return { topic: slice.topic, partition: slice.partition, pos: progress.pos, outcome };
  }

  /** Undefined when all are done with; otherwise how long to wait before the next, in milliseconds. */
  async #deliverInOrder(entries: readonly LogEntry[], progress: DeliveryProgress): Promise<number | undefined> {
    if (entries.length === 0) return undefined;
    const { topic, partition } = entries[0]!;
    const parked = await parkedKeys(this.#database, this.consumer, entries);
    const left = this.#unfinishedAt(entries[0]!);
    if (!left) await this.#attempts.begin([{ topic, partition, entries }]);
    const oneByOne = left ? entries : await this.#deliverTogether(entries, parked, progress);
    for (const entry of oneByOne) {
      if (this.#stopping) return 0;
      if (isParked(parked, entry)) {
        await progress.setAside(entry, (tx) => parkEvents(tx, this.consumer, [entry]));
        continue;
      }
      await this.#lock.holds(placeKey(entry));
      const verdict = left && entry.pos <= left.upTo ? await this.#effectAfterDeath(entry, left) : await this.#effect(entry);
      if (verdict === 'delivered') await progress.delivered(entry);
      else if ('retryAfterMs' in verdict) return verdict.retryAfterMs;
      else {
        await progress.setAside(entry, (tx) => buryEvent(tx, this.consumer, entry, verdict.bury));
        noteParked(parked, entry);
      }
    }
    return undefined;
  }

  /** What a process that died had not finished here, until that is passed. */
  #unfinishedAt(entry: LogEntry): Unfinished | undefined {
    const left = this.#left.get(placeKey(entry));
    if (left && left.upTo < entry.pos) this.#left.delete(placeKey(entry));
    return this.#left.get(placeKey(entry));
  }

  #deliverTogether(entries: readonly LogEntry[], parked: ReadonlySet<string>, progress: DeliveryProgress): Promise<readonly LogEntry[]> {
    return deliverTogether(entries, {
      reactor: this.#parts.reactor,
      mayGo: (entry) => !isParked(parked, entry),
      holds: (entry) => this.#lock.holds(placeKey(entry)),
      delivered: (last) => progress.delivered(last),
      isStopping: () => this.#stopping,
    });
  }

  /** A process died before it was done with these: each is noted before it is delivered, and the one that always kills is not. */
  async #effectAfterDeath(entry: LogEntry, left: Unfinished): Promise<Verdict> {
    const deaths = entry.pos === left.alonePos ? left.deaths : 0;
    if (deaths >= DEATHS_ALONE) {
      const { topic, partition, pos, type } = entry;
      this.#parts.log.error({ consumer: this.consumer, topic, partition, pos, type, deaths }, 'An event that ends the process is set aside as a dead letter');
      return { bury: killedTheProcess(deaths) };
    }
    await this.#attempts.alone(entry, entry.pos, deaths);
    const verdict = await this.#effect(entry);
    await this.#attempts.survived(entry);
    return verdict;
  }

  async #effect(entry: LogEntry): Promise<Verdict> {
    const { topic, partition, pos, type } = entry;
    const place = `${placeKey(entry)}@${pos}`;
    try {
      await reactToEntries(this.#parts.reactor, [entry], {});
      this.#tries.delete(place);
      return 'delivered';
    } catch (error) {
      const tries = (this.#tries.get(place) ?? 0) + 1;
      this.#tries.set(place, tries);
      const failure = classify(error);
      if (failure === 'transient' || (failure === 'handler-bug' && tries < HANDLER_TRIES)) {
        this.#parts.log.warn({ consumer: this.consumer, topic, partition, pos, type, tries, err: error }, 'An event cannot be delivered yet');
        return { retryAfterMs: backoffMs(tries) };
      }
      this.#tries.delete(place);
      this.#parts.log.error({ consumer: this.consumer, topic, partition, pos, type, err: error }, 'An event is set aside as a dead letter');
      return { bury: error };
    }
  }
}
