import type { LogEntry } from '../../log/event-log.ts';
import type { AppendBuffer, EventfulTransaction } from '../../unit-of-work.ts';
import { lockCheckpoints, moveCheckpoints } from '../checkpoints.ts';
import type { Checkpoint } from '../checkpoints.ts';
import { buryEvent, isParked, noteParked, parkEvents, parkedKeys } from '../dead-letters.ts';
import type { Attempts, Unfinished } from '../attempts/attempts.ts';
import { DEATHS_ALONE, HANDLER_TRIES, backoffMs, classify, killedTheProcess } from '../failures.ts';
import { DONE, placeKey } from '../inbox.ts';
import type { InboxParts, Outcome, Slice, SliceResult } from '../inbox.ts';
import { take } from '../take.ts';

/** A range of a partition in which a batch failed: up to there one entry at a time, then together again. */
interface Suspicion {
  readonly upTo: number;
  /** Savepoints did not find the culprit: each entry has a transaction to itself. */
  alone: boolean;
  readonly tries: Map<number, number>;
  /** A process died in here, so each entry is noted before it is handled. */
  readonly left?: Unfinished;
}

type Verdict = 'done' | 'buried' | { readonly retryAfterMs: number };

/**
 * Goes through suspect entries one at a time, each behind a savepoint, so that one bad event stops neither its neighbours nor the partition.
 * Poison is set aside at once, a failing handler after five tries; the key of a dead letter is parked.
 */
export class OneByOne {
  readonly #parts: InboxParts;
  readonly #attempts: Attempts;
  readonly #suspicions = new Map<string, Suspicion>();

  constructor(parts: InboxParts, attempts: Attempts) {
    this.#parts = parts;
    this.#attempts = attempts;
  }

  get #consumer(): string {
    return this.#parts.declaration.name;
  }

  suspect(slice: Slice): void {
    this.#suspicions.set(placeKey(slice), { upTo: slice.entries.at(-1)!.pos, alone: false, tries: new Map() });
  }

  /** The process before this one died in the middle of a batch: whichever entry it was shows itself alone, in a transaction of its own. */
  suspectAfterDeath(left: Unfinished): void {
    this.#suspicions.set(placeKey(left), { upTo: left.upTo, alone: true, tries: new Map(), left });
  }

  suspects(slice: Slice): boolean {
    const suspicion = this.#suspicions.get(placeKey(slice));
    if (!suspicion || suspicion.upTo >= slice.entries[0]!.pos) return suspicion !== undefined;
    this.#suspicions.delete(placeKey(slice));
    return false;
  }

  /** Commits what went well before an event that has to be tried again. Rejects on a transient failure; what was committed until then is kept. */
  async process(slice: Slice): Promise<SliceResult> {
    const suspicion = this.#suspicions.get(placeKey(slice))!;
    if (suspicion.alone) return this.#eachAlone(slice);
    try {
      return await this.#through(slice);
    } catch (error) {
      if (classify(error) === 'transient') throw error;
      suspicion.alone = true;
      return this.#eachAlone(slice);
    }
  }

  /** What failed was the commit, where the appended events are written, and no savepoint isolates that. */
  async #eachAlone(slice: Slice): Promise<SliceResult> {
    let result: SliceResult | undefined;
    for (const entry of slice.entries) {
      result = await this.#alone({ ...slice, entries: [entry] });
      if (result.outcome.state !== 'done') break;
    }
    return result!;
  }

  async #alone(slice: Slice): Promise<SliceResult> {
    try {
      return await this.#through(slice);
    } catch (error) {
      if (classify(error) === 'transient') throw error;
      return this.#through(slice, error);
    }
  }

  /** With `failure`, entries are not tried again but judged by it. */
  #through(slice: Slice, failure?: unknown): Promise<SliceResult> {
    return this.#parts.unitOfWork.runBuffered(async (tx, buffer) => {
      const [checkpoint] = await lockCheckpoints(tx, this.#consumer, [slice]);
      const { fresh, reached, fault } = take(slice, checkpoint!);
      let done: Checkpoint = { ...checkpoint!, logId: reached.logId };
      let outcome: Outcome = fault ? { state: 'fault', fault } : DONE;
      const parked = await parkedKeys(tx, this.#consumer, fresh);
      for (const entry of fresh) {
        const verdict = await this.#verdict(tx, buffer, entry, parked, failure);
        if (typeof verdict === 'object') {
          outcome = { state: 'retry', afterMs: verdict.retryAfterMs };
          break;
        }
        if (verdict === 'buried') noteParked(parked, entry);
        done = { ...done, pos: entry.pos, hash: entry.hash, carrierOffset: entry.carrierOffset ?? done.carrierOffset };
      }
      await moveCheckpoints(tx, this.#consumer, [done]);
      await this.#parts.atFaultPoint?.('after-effect-before-commit');
      return { topic: slice.topic, partition: slice.partition, pos: done.pos, outcome };
    });
  }

  async #verdict(tx: EventfulTransaction, buffer: AppendBuffer, entry: LogEntry, parked: ReadonlySet<string>, failure: unknown): Promise<Verdict> {
    if (isParked(parked, entry)) {
      await parkEvents(tx, this.#consumer, [entry]);
      return 'done';
    }
    if (failure !== undefined) return this.#judge(tx, entry, failure);
    const { left } = this.#suspicions.get(placeKey(entry))!;
    if (!left || entry.pos > left.upTo) return this.#try(tx, buffer, entry);
    const deaths = entry.pos === left.alonePos ? left.deaths : 0;
    if (deaths >= DEATHS_ALONE) return this.#judge(tx, entry, killedTheProcess(deaths));
    await this.#attempts.alone(entry, entry.pos, deaths);
    const verdict = await this.#try(tx, buffer, entry);
    await this.#attempts.survived(entry);
    return verdict;
  }

  async #try(tx: EventfulTransaction, buffer: AppendBuffer, entry: LogEntry): Promise<Verdict> {
    const mark = buffer.mark;
    await tx.query('savepoint one_event');
    try {
      await this.#parts.apply([entry], tx);
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
    const { topic, partition, pos, type } = entry;
    const { tries } = this.#suspicions.get(placeKey(entry))!;
    const tried = (tries.get(pos) ?? 0) + 1;
    tries.set(pos, tried);
    if (classify(error) === 'handler-bug' && tried < HANDLER_TRIES) return { retryAfterMs: backoffMs(tried) };
    await buryEvent(tx, this.#consumer, entry, error);
    this.#parts.log.error({ consumer: this.#consumer, topic, partition, pos, type, err: error }, 'An event is set aside as a dead letter');
    return 'buried';
  }
}
