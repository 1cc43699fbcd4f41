import type { Topic } from '@mcr/event-kit';
import type { ConsumerDeclaration } from '../reactions/consumer.ts';
import { topicsOf } from '../reactions/consumer.ts';
import type { AtFaultPoint, EventfulTransaction, UnitOfWork } from '../unit-of-work.ts';
import { lockCheckpoints, moveCheckpoints, readCheckpoints } from './checkpoints.ts';
import type { Checkpoint } from './checkpoints.ts';
import { isParked, parkEvents, parkedKeys } from './dead-letters.ts';
import { backoffMs, classify } from './failures.ts';
import { DONE, placeKey } from './inbox.ts';
import type { Inbox, Slice, SliceResult } from './inbox.ts';
import { OneByOne } from './one-by-one.ts';
import { reactToEntries } from './react-to-entries.ts';
import type { Reactor } from './reactor.ts';
import { take } from './take.ts';
import type { Taken } from './take.ts';
import type { MessagingLog } from '../messaging-log.ts';

export interface InboxParts {
  readonly declaration: ConsumerDeclaration;
  readonly reactor: Reactor;
  readonly unitOfWork: UnitOfWork;
  readonly log: MessagingLog;
  readonly atFaultPoint?: AtFaultPoint;
}

const resultOf = (taken: Taken): SliceResult => ({
  topic: taken.reached.topic,
  partition: taken.reached.partition,
  pos: taken.reached.pos,
  outcome: taken.fault ? { state: 'fault', fault: taken.fault } : DONE,
});

/**
 * The inbox of projections and processes: effect and checkpoint in one transaction.
 * A batch that fails for a reason of its own is rolled back and gone through one event at a time, which finds the culprit.
 */
export class TransactionalInbox implements Inbox {
  readonly consumer: string;
  readonly topics: readonly Topic[];
  readonly #parts: InboxParts;
  readonly #oneByOne: OneByOne;
  #failedInARow = 0;

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.consumer = parts.declaration.name;
    this.topics = topicsOf(parts.declaration);
    this.#oneByOne = new OneByOne(parts);
  }

  positions(): Promise<Checkpoint[]> {
    return readCheckpoints(this.#parts.unitOfWork.database, this.consumer);
  }

  async process(slices: readonly Slice[]): Promise<SliceResult[]> {
    try {
      const results = slices.some((slice) => this.#oneByOne.suspects(slice)) ? await this.#separately(slices) : await this.#together(slices);
      this.#failedInARow = 0;
      return results;
    } catch (error) {
      return this.#afterFailure(slices, error);
    }
  }

  async #afterFailure(slices: readonly Slice[], error: unknown): Promise<SliceResult[]> {
    if (classify(error) !== 'transient') {
      this.#parts.log.warn({ consumer: this.consumer, err: error }, 'A batch failed; going through it one event at a time');
      for (const slice of slices) this.#oneByOne.suspect(slice);
      return this.#standStill(slices, 0);
    }
    this.#failedInARow += 1;
    const afterMs = backoffMs(this.#failedInARow);
    this.#parts.log.warn({ consumer: this.consumer, afterMs, failedInARow: this.#failedInARow, err: error }, 'A consumer waits and tries again');
    return this.#standStill(slices, afterMs);
  }

  /** Nothing was committed: the carrier hands on the same once more. */
  #standStill(slices: readonly Slice[], afterMs: number): SliceResult[] {
    return slices.map((slice) => ({ topic: slice.topic, partition: slice.partition, pos: (slice.entries[0]?.pos ?? 1) - 1, outcome: { state: 'retry', afterMs } }));
  }

  async #separately(slices: readonly Slice[]): Promise<SliceResult[]> {
    const results: SliceResult[] = [];
    for (const slice of slices) results.push(await this.#oneByOne.process(slice));
    return results;
  }

  async #together(slices: readonly Slice[]): Promise<SliceResult[]> {
    const { unitOfWork, atFaultPoint } = this.#parts;
    return unitOfWork.run(async (tx) => {
      const taken = await this.#takeLocked(tx, slices);
      const fresh = taken.flatMap((one) => one.fresh);
      if (fresh.length > 0) {
        const parked = await parkedKeys(tx, this.consumer, fresh);
        await parkEvents(tx, this.consumer, fresh.filter((entry) => isParked(parked, entry)));
        await reactToEntries(this.#parts.reactor, parked.size === 0 ? fresh : fresh.filter((entry) => !isParked(parked, entry)), { tx });
        await moveCheckpoints(tx, this.consumer, taken.map((one) => one.reached));
      }
      await atFaultPoint?.('after-effect-before-commit');
      return taken.map(resultOf);
    });
  }

  async #takeLocked(tx: EventfulTransaction, slices: readonly Slice[]): Promise<Taken[]> {
    const checkpoints = new Map((await lockCheckpoints(tx, this.consumer, slices)).map((checkpoint) => [placeKey(checkpoint), checkpoint]));
    return slices.map((slice) => take(slice, checkpoints.get(placeKey(slice))!));
  }
}
