import type { LogEntry } from '../log/event-log.ts';
import type { AppendBuffer, EventfulTransaction } from '../unit-of-work.ts';
import { lockCheckpoints, moveCheckpoints, readCheckpoints } from './checkpoints.ts';
import type { Checkpoint } from './checkpoints.ts';
import { buryEvent, isParked, noteParked, parkEvents, parkedKeys } from './dead-letters.ts';
import { HANDLER_TRIES, Poison, backoffMs, classify } from './failures.ts';
import { DONE, placeKey } from './inbox.ts';
import type { Outcome, Slice, SliceResult } from './inbox.ts';
import { reactToEntries } from './react-to-entries.ts';
import { take } from './take.ts';
import type { InboxParts } from './transactional-inbox.ts';

type Verdict = 'done' | 'buried' | { readonly retryAfterMs: number };

const describe = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/**
 * Goes through suspect entries one at a time, each behind a savepoint, so that one bad event stops neither its neighbours nor the partition.
 * Poison is set aside at once, a failing handler after five tries; the key of a dead letter is parked.
 */
export class OneByOne {
  readonly #parts: InboxParts;
  /** The last position of a failed batch, by partition: up to there one at a time, then together again. */
  readonly #suspectedUpTo = new Map<string, number>();
  readonly #tries = new Map<string, number>();

  constructor(parts: InboxParts) {
    this.#parts = parts;
  }

  suspect(slice: Slice): void {
    this.#suspectedUpTo.set(placeKey(slice), slice.entries.at(-1)?.pos ?? 0);
  }

  suspects(slice: Slice): boolean {
    return (this.#suspectedUpTo.get(placeKey(slice)) ?? 0) >= (slice.entries[0]?.pos ?? Infinity);
  }

  /** Commits what went well before an event that has to be tried again. Rejects on a transient failure, with nothing done. */
  async process(slice: Slice): Promise<SliceResult> {
    try {
      return await this.#through(slice);
    } catch (error) {
      if (classify(error) === 'transient') throw error;
      return this.#alone(slice);
    }
  }

  /** What failed is the commit, which savepoints cannot isolate: one event has a transaction to itself. */
  async #alone(slice: Slice): Promise<SliceResult> {
    const [checkpoint] = (await readCheckpoints(this.#parts.unitOfWork.database, this.#parts.declaration.name)).filter((c) => placeKey(c) === placeKey(slice));
    const next = { ...slice, entries: slice.entries.filter((entry) => entry.pos > checkpoint!.pos).slice(0, 1) };
    try {
      return await this.#through(next);
    } catch (error) {
      if (classify(error) === 'transient') throw error;
      return this.#through(next, error);
    }
  }

  /** With `failure`, entries are not tried again but judged by it. */
  #through(slice: Slice, failure?: unknown): Promise<SliceResult> {
    return this.#parts.unitOfWork.runBuffered(async (tx, buffer) => {
      const [checkpoint] = await lockCheckpoints(tx, this.#parts.declaration.name, [slice]);
      const { fresh, reached, fault } = take(slice, checkpoint!);
      let done: Checkpoint = { ...checkpoint!, logId: reached.logId };
      let outcome: Outcome = fault ? { state: 'fault', fault } : DONE;
      const parked = await parkedKeys(tx, this.#parts.declaration.name, fresh);
      for (const entry of fresh) {
        const verdict = await this.#verdict(tx, buffer, entry, parked, failure);
        if (typeof verdict === 'object') {
          outcome = { state: 'retry', afterMs: verdict.retryAfterMs };
          break;
        }
        if (verdict === 'buried') noteParked(parked, entry);
        done = { ...done, pos: entry.pos, hash: entry.hash };
      }
      await moveCheckpoints(tx, this.#parts.declaration.name, [done]);
      return { topic: slice.topic, partition: slice.partition, pos: done.pos, outcome };
    });
  }

  #verdict(tx: EventfulTransaction, buffer: AppendBuffer, entry: LogEntry, parked: ReadonlySet<string>, failure: unknown): Promise<Verdict> {
    if (isParked(parked, entry)) return this.#park(tx, entry);
    return failure === undefined ? this.#try(tx, buffer, entry) : this.#judge(tx, entry, failure);
  }

  async #park(tx: EventfulTransaction, entry: LogEntry): Promise<Verdict> {
    await parkEvents(tx, this.#parts.declaration.name, [entry]);
    return 'done';
  }

  async #try(tx: EventfulTransaction, buffer: AppendBuffer, entry: LogEntry): Promise<Verdict> {
    const mark = buffer.mark;
    await tx.query('savepoint one_event');
    try {
      await reactToEntries(this.#parts.reactor, [entry], { tx });
      await tx.query('release savepoint one_event');
      return 'done';
    } catch (error) {
      if (classify(error) === 'transient') throw error;
      await tx.query('rollback to savepoint one_event');
      buffer.cutBackTo(mark);
      return this.#judge(tx, entry, error);
    }
  }

  async #judge(tx: EventfulTransaction, entry: LogEntry, error: unknown): Promise<Verdict> {
    const consumer = this.#parts.declaration.name;
    const place = `${placeKey(entry)}@${entry.pos}`;
    const tries = (this.#tries.get(place) ?? 0) + 1;
    if (!(error instanceof Poison) && tries < HANDLER_TRIES) {
      this.#tries.set(place, tries);
      return { retryAfterMs: backoffMs(tries) };
    }
    this.#tries.delete(place);
    await buryEvent(tx, consumer, entry, error instanceof Poison ? error.reason : 'HANDLER_FAILED', describe(error));
    this.#parts.log.error({ consumer, topic: entry.topic, partition: entry.partition, pos: entry.pos, type: entry.type, err: error }, 'An event was set aside as a dead letter');
    return 'buried';
  }
}
