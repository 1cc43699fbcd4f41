import { envelop, partitionOf } from '@mcr/event-kit';
import type { DataOf, EventDefinition } from '@mcr/event-kit';
import { column, type Database, type Transaction } from '@mcr/database';

export interface AppendOptions {
  /** The aggregate's version after this event; the database refuses a second event with it. */
  readonly version?: number;
  /** Only where the aggregate keeps a partition of its own; otherwise it follows from the key. */
  readonly partition?: number;
  readonly causationId?: string;
  readonly correlationId?: string;
  readonly now?: Date;
}

/** A transaction that can append events to the log of its own service. */
export interface EventfulTransaction extends Transaction {
  /** Buffers an event. It is written last, in the commit of this transaction, or not at all. */
  append<D extends EventDefinition>(definition: D, data: DataOf<D>, options?: AppendOptions): void;
}

interface Appended {
  readonly topic: string;
  readonly partition: number;
  readonly id: string;
  readonly key: string;
  readonly version: number | null;
  readonly type: string;
  readonly event: string;
}

/** The largest event that a topic takes, in bytes of its JSON text. */
export const MAX_EVENT_BYTES = 512 * 1024;

/** The events of one transaction, in the order in which they happened. Can be cut back to a mark at a savepoint. */
export class AppendBuffer {
  readonly #service: string;
  readonly #events: Appended[] = [];

  constructor(service: string) {
    this.#service = service;
  }

  add<D extends EventDefinition>(definition: D, data: DataOf<D>, options: AppendOptions = {}): void {
    const envelope = envelop(definition, data, { service: this.#service, now: options.now ?? new Date(), ...options });
    const event = JSON.stringify(envelope);
    const bytes = Buffer.byteLength(event);
    if (bytes > MAX_EVENT_BYTES) throw new RangeError(`An event of type ${definition.type} has ${bytes} bytes; at most ${MAX_EVENT_BYTES} fit.`);
    this.#events.push({
      topic: definition.topic.name,
      partition: options.partition ?? partitionOf(envelope.partitionkey, definition.topic.partitions),
      id: envelope.id,
      key: envelope.partitionkey,
      version: options.version ?? null,
      type: envelope.type,
      event,
    });
  }

  get mark(): number {
    return this.#events.length;
  }

  cutBackTo(mark: number): void {
    this.#events.length = mark;
  }

  /** Writes everything with one call, partitions in one order for all transactions. Returns the topics touched. */
  async flush(tx: Transaction): Promise<ReadonlySet<string>> {
    if (this.#events.length === 0) return new Set();
    const sorted = this.#events.toSorted((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition));
    await tx.query('select append_events($1::text[], $2::int[], $3::uuid[], $4::text[], $5::int[], $6::text[], $7::text)', [
      column(sorted, (e) => e.topic),
      column(sorted, (e) => e.partition),
      column(sorted, (e) => e.id),
      column(sorted, (e) => e.key),
      column(sorted, (e) => e.version),
      column(sorted, (e) => e.type),
      sorted.map((e) => e.event).join('\n'),
    ]);
    return new Set(sorted.map((e) => e.topic));
  }
}

/** Places where a process may be killed on purpose; tests set a listener, nothing else does. */
export type FaultPoint = 'after-append-before-commit' | 'after-effect-before-commit' | 'after-commit-before-offset' | 'after-send-before-checkpoint';
export type AtFaultPoint = (point: FaultPoint) => void | Promise<void>;

export interface UnitOfWorkOptions {
  /** Told after a commit which topics grew, so that local consumers need not wait for the next poll. */
  readonly onAppended?: (topics: ReadonlySet<string>) => void;
  readonly atFaultPoint?: AtFaultPoint;
}

/**
 * One transaction of a service: its facts and its events, both or neither.
 * The whole is tried again on a serialisation failure or a deadlock, so `work` has no effect outside the transaction.
 */
export class UnitOfWork {
  readonly database: Database;
  readonly #options: UnitOfWorkOptions;

  constructor(database: Database, options: UnitOfWorkOptions = {}) {
    this.database = database;
    this.#options = options;
  }

  async run<T>(work: (tx: EventfulTransaction) => Promise<T>): Promise<T> {
    return this.runBuffered((tx) => work(tx));
  }

  /** As `run`, with the buffer in hand: for the one caller that works with savepoints. */
  async runBuffered<T>(work: (tx: EventfulTransaction, buffer: AppendBuffer) => Promise<T>): Promise<T> {
    let touched: ReadonlySet<string> = new Set();
    const result = await this.database.transaction(async (plain) => {
      const buffer = new AppendBuffer(this.database.service);
      const tx: EventfulTransaction = {
        manager: plain.manager,
        query: (sql, parameters) => plain.query(sql, parameters),
        append: (definition, data, options) => buffer.add(definition, data, options),
      };
      const outcome = await work(tx, buffer);
      touched = await buffer.flush(plain);
      await this.#options.atFaultPoint?.('after-append-before-commit');
      return outcome;
    });
    if (touched.size > 0) this.#options.onAppended?.(touched);
    return result;
  }
}
