import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '@mcr/event-kit';
import { sqlState } from '@mcr/database';
import type { Transaction } from '@mcr/database';
import type { Carrier } from '../../carrier/carrier.ts';
import { createCheckpoints, lockCheckpoints, moveCheckpoints, readCheckpoints } from '../../processing/checkpoints.ts';
import type { Checkpoint } from '../../processing/checkpoints.ts';
import { isParked, parkEvents, parkedKeys } from '../../processing/dead-letters.ts';
import { classify } from '../../processing/failures.ts';
import { placeKey } from '../../processing/inbox.ts';
import type { InboxParts, Slice } from '../../processing/inbox.ts';
import { take } from '../../processing/take.ts';
import { TransactionalInbox } from '../../processing/transactional/transactional-inbox.ts';
import { topicsOf } from '../../reactions/consumer.ts';
import type { EventfulTransaction } from '../../unit-of-work.ts';
import { recordAction } from '../audit.ts';
import type { Order } from '../audit.ts';
import { refuseNewDeadLetters, swapGenerations } from './swap.ts';
import { compareGenerations } from './compare.ts';
import type { TableComparison } from './compare.ts';
import { forget, generationOf, namesOf, partsOfNext, prepareStandby, rebuiltNow } from './next-generation.ts';
import type { Generation } from './next-generation.ts';

/** How a rebuild stands after one step. */
export type RebuildState =
  | { readonly state: 'BUILDING'; readonly done: number; readonly behind: number }
  | { readonly state: 'SWAPPED'; readonly generation: number; readonly done: number }
  | { readonly state: 'COMPARED'; readonly done: number; readonly tables: TableComparison[] };

/** What to do when the next generation has come to where the live one is. */
export type RebuildPurpose = 'swap' | 'compare';

const PART = 500;
const LAST_PART = 2000;

/** The live consumer has moved since its log was read; the next step tries again. */
class MovedOn extends Error {}

/**
 * Builds a projection from the log into tables beside the live ones, and lets these take their place. All state is in the database,
 * so any process of the service may take the next step; if nobody does, nothing waits and nothing changes.
 */
export class Rebuild {
  readonly #live: InboxParts;
  readonly #carrier: Carrier;

  constructor(live: InboxParts, carrier: Carrier) {
    this.#live = live;
    this.#carrier = carrier;
    const { name, kind, tables } = live.declaration;
    if (kind !== 'projection') throw new Refusal('ILLEGAL_STATE', `${name} is a ${kind}; only projections are rebuilt.`);
    if (!tables) throw new Refusal('ILLEGAL_STATE', `${name} does not say of which tables it consists.`);
  }

  get #database() {
    return this.#live.unitOfWork.database;
  }

  /** Begins, where nothing is under way, and works for about `forMs`. Repeat until it is swapped or compared. */
  async step(purpose: RebuildPurpose, order: Order, forMs: number): Promise<RebuildState> {
    const generation = await this.#begun(order);
    const parts = partsOfNext(this.#live, generation);
    const inbox = new TransactionalInbox(parts);
    try {
      for (const until = Date.now() + forMs; ;) {
        const behind = await this.#feed(inbox, generation);
        if (behind <= PART) {
          const concluded = await this.#conclude(parts, generation, purpose, order);
          if (concluded) return concluded;
        }
        if (Date.now() >= until) return { state: 'BUILDING', done: await this.#done(generation.next), behind };
      }
    } finally {
      await inbox.close();
    }
  }

  /** Drops what was built so far. */
  async abandon(order: Order): Promise<void> {
    await this.#live.unitOfWork.run(async (tx) => {
      const { generation, begun } = await generationOf(tx, this.#live);
      if (!begun) throw new Refusal('ILLEGAL_STATE', `${generation.consumer} is not being rebuilt.`);
      await this.#drop(tx, generation);
      await recordAction(tx, { ...order, action: 'REBUILD_ABANDONED', consumer: generation.consumer, outcome: { generation: generation.number } });
    });
  }

  async #begun(order: Order): Promise<Generation> {
    const other = await rebuiltNow(this.#database);
    if (other !== undefined && other !== this.#live.declaration.name) throw new Refusal('ILLEGAL_STATE', `${other} is being rebuilt; one at a time.`);
    const { generation, begun } = await generationOf(this.#database, this.#live);
    if (!begun) {
      await this.#live.unitOfWork.run(async (tx) => {
        await prepareStandby(tx, generation);
        await recordAction(tx, { ...order, action: 'REBUILD_BEGUN', consumer: generation.consumer, outcome: { generation: generation.number } });
      });
    }
    await createCheckpoints(this.#database, generation.next, topicsOf(this.#live.declaration));
    return generation;
  }

  /** One part, and never past the live one. Returns how far the next generation still is behind it. */
  async #feed(inbox: TransactionalInbox, { consumer, next }: Generation): Promise<number> {
    const slices = await this.#ahead(await readCheckpoints(this.#database, next), await readCheckpoints(this.#database, consumer), PART);
    for (const slice of slices) {
      const [result] = await inbox.process([slice]);
      if (result!.outcome.state === 'fault') throw new Refusal('ILLEGAL_STATE', `The log cannot be followed. ${result!.outcome.fault.message}`);
      if (result!.outcome.state === 'retry') await pause(result!.outcome.afterMs);
    }
    return (await this.#done(consumer)) - (await this.#done(next));
  }

  /** What the log holds after `from`, up to where `to` stands. */
  async #ahead(from: readonly Checkpoint[], to: readonly Checkpoint[], limit: number): Promise<Slice[]> {
    const ends = new Map(to.map((checkpoint) => [placeKey(checkpoint), checkpoint.pos]));
    const slices: Slice[] = [];
    for (const place of from) {
      const end = ends.get(placeKey(place)) ?? 0;
      if (place.pos >= end) continue;
      const source = this.#carrier.sourceOf(place.topic);
      const entries = (await source.readAfter([place], limit)).filter(({ pos }) => pos <= end);
      const { topic, partition } = place;
      if (entries.length > 0) slices.push({ topic, partition, logId: await source.identity(), entries });
    }
    return slices;
  }

  /** Undefined when the live one has moved meanwhile, or its tables are in use. */
  async #conclude(parts: InboxParts, generation: Generation, purpose: RebuildPurpose, order: Order): Promise<RebuildState | undefined> {
    const { consumer, next } = generation;
    if (purpose === 'swap') await this.#database.query('select analyze_standby($1)', [namesOf(generation)]);
    const places = await readCheckpoints(this.#database, consumer);
    const rest = await this.#ahead(await readCheckpoints(this.#database, next), places, LAST_PART);
    try {
      return await this.#live.unitOfWork.run(async (tx) => {
        await tx.query(`set local lock_timeout = '2s'`);
        const live = await lockCheckpoints(tx, consumer, places);
        const reached = await this.#catchUp(tx, parts, rest, await lockCheckpoints(tx, next, places));
        if (live.some((place) => reached.get(placeKey(place)) !== place.pos)) throw new MovedOn();
        await refuseNewDeadLetters(tx, generation);
        const done = live.reduce((sum, { pos }) => sum + pos, 0);
        return purpose === 'swap' ? this.#swap(tx, generation, order, done) : this.#compare(tx, generation, order, done);
      });
    } catch (error) {
      if (error instanceof MovedOn || sqlState(error) === '55P03') return undefined;
      // An event that fails in here is judged where every event is, in the next part.
      if (error instanceof Refusal || classify(error) === 'transient' || rest.length === 0) throw error;
      return undefined;
    }
  }

  async #catchUp(tx: EventfulTransaction, parts: InboxParts, rest: readonly Slice[], next: readonly Checkpoint[]): Promise<Map<string, number>> {
    const consumer = parts.declaration.name;
    const reached = new Map(next.map((checkpoint) => [placeKey(checkpoint), checkpoint.pos]));
    for (const slice of rest) {
      const taken = take(
        slice,
        next.find((checkpoint) => placeKey(checkpoint) === placeKey(slice))!,
      );
      const parked = await parkedKeys(tx, consumer, taken.fresh);
      await parkEvents(
        tx,
        consumer,
        taken.fresh.filter((entry) => isParked(parked, entry)),
      );
      await parts.apply(
        taken.fresh.filter((entry) => !isParked(parked, entry)),
        tx,
      );
      await moveCheckpoints(tx, consumer, [taken.reached]);
      reached.set(placeKey(slice), taken.reached.pos);
    }
    return reached;
  }

  async #swap(tx: EventfulTransaction, generation: Generation, order: Order, done: number): Promise<RebuildState> {
    const { consumer, number } = generation;
    await swapGenerations(tx, generation);
    await recordAction(tx, { ...order, action: 'REBUILD_SWAPPED', consumer, outcome: { generation: number, events: done } });
    return { state: 'SWAPPED', generation: number, done };
  }

  async #compare(tx: EventfulTransaction, generation: Generation, order: Order, done: number): Promise<RebuildState> {
    const tables = await compareGenerations(tx, this.#database.schema, generation);
    await this.#drop(tx, generation);
    const outcome = { events: done, tables: tables.map(({ examples: _examples, ...counts }) => counts) };
    await recordAction(tx, { ...order, action: 'RECONCILE', consumer: generation.consumer, outcome });
    return { state: 'COMPARED', done, tables };
  }

  async #drop(tx: Pick<Transaction, 'query'>, generation: Generation): Promise<void> {
    await tx.query('select drop_standby($1)', [namesOf(generation)]);
    await forget(tx, generation.next);
    await tx.query('update projection set next_since = null where consumer = $1', [generation.consumer]);
  }

  async #done(consumer: string): Promise<number> {
    return (await readCheckpoints(this.#database, consumer)).reduce((sum, { pos }) => sum + pos, 0);
  }
}
