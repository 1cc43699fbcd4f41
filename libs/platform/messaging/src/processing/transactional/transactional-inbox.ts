import type { Topic } from '@mcr/event-kit';
import { topicsOf } from '../../reactions/consumer.ts';
import type { EventfulTransaction } from '../../unit-of-work.ts';
import { Attempts } from '../attempts/attempts.ts';
import type { Unfinished } from '../attempts/attempts.ts';
import { lockCheckpoints, moveCheckpoints, readCheckpoints } from '../checkpoints.ts';
import type { Checkpoint } from '../checkpoints.ts';
import { isParked, parkEvents, parkedKeys } from '../dead-letters.ts';
import { classify } from '../failures.ts';
import { DONE, placeKey, standingStill } from '../inbox.ts';
import type { Inbox, InboxParts, Slice, SliceResult } from '../inbox.ts';
import { OneByOne } from './one-by-one.ts';
import { take } from '../take.ts';
import type { Taken } from '../take.ts';
import { Troubles } from '../troubles.ts';

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
  readonly #attempts: Attempts;
  readonly #oneByOne: OneByOne;
  readonly #troubles = new Troubles();

  constructor(parts: InboxParts) {
    this.#parts = parts;
    this.consumer = parts.declaration.name;
    this.topics = topicsOf(parts.declaration);
    this.#attempts = new Attempts(parts.unitOfWork.database, this.consumer);
    this.#oneByOne = new OneByOne(parts, this.#attempts);
  }

  positions(): Promise<Checkpoint[]> {
    return readCheckpoints(this.#parts.unitOfWork.database, this.consumer);
  }

  /** Together as long as all is well; a slice in trouble has a transaction to itself, so that it does not hold up the others. */
  async process(slices: readonly Slice[]): Promise<SliceResult[]> {
    try {
      for (const left of await this.#attempts.claim(slices)) this.#suspectAfterDeath(left);
    } catch (error) {
      return slices.map((slice) => this.#waitAndTryAgain(slice, error));
    }
    const apart = slices.some((slice) => this.#oneByOne.suspects(slice) || this.#troubles.has(slice));
    const results: SliceResult[] = [];
    for (const group of apart ? slices.map((slice) => [slice]) : [slices]) results.push(...(await this.#processGroup(group)));
    return results;
  }

  close(): Promise<void> {
    return this.#attempts.release();
  }

  #suspectAfterDeath(left: Unfinished): void {
    const { topic, partition, upTo, deaths } = left;
    this.#parts.log.warn(
      { consumer: this.consumer, topic, partition, upTo, deaths },
      'A process ended in the middle of a batch; going through it one event at a time',
    );
    this.#oneByOne.suspectAfterDeath(left);
  }

  async #processGroup(slices: readonly Slice[]): Promise<SliceResult[]> {
    const suspect = slices.find((slice) => this.#oneByOne.suspects(slice));
    try {
      const results = suspect ? [await this.#oneByOne.process(suspect)] : await this.#together(slices);
      for (const slice of slices) this.#troubles.over(slice);
      return results;
    } catch (error) {
      if (classify(error) === 'transient' || suspect) return slices.map((slice) => this.#waitAndTryAgain(slice, error));
      this.#parts.log.warn({ consumer: this.consumer, err: error }, 'A batch failed; going through it one event at a time');
      for (const slice of slices) this.#oneByOne.suspect(slice);
      return slices.map((slice) => standingStill(slice, { state: 'retry', afterMs: 0 }));
    }
  }

  #waitAndTryAgain(slice: Slice, error: unknown): SliceResult {
    const { alarming, ...trouble } = this.#troubles.note(slice);
    const facts = { consumer: this.consumer, topic: slice.topic, partition: slice.partition, ...trouble, err: error };
    if (alarming) this.#parts.log.error(facts, 'A consumer has been waiting for two minutes or longer, and waits on');
    else this.#parts.log.warn(facts, 'A consumer waits and tries again');
    return standingStill(slice, { state: 'retry', afterMs: trouble.afterMs });
  }

  #together(slices: readonly Slice[]): Promise<SliceResult[]> {
    const { unitOfWork, atFaultPoint, apply } = this.#parts;
    // On its own session, so it costs no time beside the statements that come before the first reaction.
    const noted = this.#attempts.begin(slices);
    noted.catch(() => undefined);
    return unitOfWork.run(async (tx) => {
      const taken = await this.#takeLocked(tx, slices);
      const fresh = taken.flatMap((one) => one.fresh);
      if (fresh.length > 0) {
        const parked = await parkedKeys(tx, this.consumer, fresh);
        await parkEvents(
          tx,
          this.consumer,
          fresh.filter((entry) => isParked(parked, entry)),
        );
        const flowing = parked.size === 0 ? fresh : fresh.filter((entry) => !isParked(parked, entry));
        await noted;
        await apply(flowing, tx);
        await moveCheckpoints(
          tx,
          this.consumer,
          taken.map((one) => one.reached),
        );
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
