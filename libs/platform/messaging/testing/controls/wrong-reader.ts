import type { Database, Transaction } from '@mcr/database';
import type { AtFaultPoint, LogEntry, LogSource } from '../../src/index.ts';
import { counters } from '../trial/contract.ts';

/** Ways to follow a log that look right until something ends in the middle, or comes late. */
export const wrongWays = ['checkpoint-before-effect', 'checkpoint-outside-transaction', 'gap-skipped'] as const;
export type WrongWay = (typeof wrongWays)[number];

const BATCH = 7;

export interface WrongReaderParts {
  readonly way: WrongWay;
  readonly log: LogSource;
  readonly reader: Database;
  readonly atFaultPoint: AtFaultPoint;
}

/**
 * What the inbox is there to avoid, kept so that the tests prove that they would notice. Reads the counters as a consumer
 * would, with one thing wrong. Never use this.
 */
export class WrongReader {
  readonly #parts: WrongReaderParts;
  #running: Promise<void> | undefined;
  #stopping = false;

  constructor(parts: WrongReaderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#read();
  }

  /** Resolves when there is nothing left that this reader can see. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  async #read(): Promise<void> {
    for (;;) {
      const stopping = this.#stopping;
      let found = 0;
      for (let partition = 0; partition < counters.partitions; partition++) found += await this.#step(partition);
      if (found === 0 && stopping) return;
    }
  }

  async #step(partition: number): Promise<number> {
    const { way, log, reader } = this.#parts;
    const [row] = await reader.query<{ pos: string }>('select pos from control_position where reader = $1 and partition = $2', [way, partition]);
    const entries = await log.readAfter([{ topic: counters.name, partition, pos: Number(row?.pos ?? 0) }], BATCH);
    if (entries.length === 0) return 0;
    await this.#apply(partition, entries);
    return entries.length;
  }

  async #apply(partition: number, entries: readonly LogEntry[]): Promise<void> {
    const { way, reader, atFaultPoint } = this.#parts;
    const effect = (tx: Transaction): Promise<unknown> => this.#note(tx, entries);
    const checkpoint = (tx: Transaction): Promise<unknown> => this.#move(tx, partition, entries.at(-1)!.pos);
    if (way === 'gap-skipped') {
      // Whole transactions, but whatever comes next is taken for the next.
      return reader.transaction(async (tx) => {
        await effect(tx);
        await checkpoint(tx);
      });
    }
    const [first, second] = way === 'checkpoint-before-effect' ? [checkpoint, effect] : [effect, checkpoint];
    await reader.transaction(first);
    await atFaultPoint('after-effect-before-commit');
    await reader.transaction(second);
  }

  #note(tx: Transaction, entries: readonly LogEntry[]): Promise<unknown> {
    const events = entries.map(({ event }) => JSON.parse(event) as { data: { counter: string; number: number } });
    return tx.query('insert into effect (consumer, key, version, process) select $1, *, $4 from unnest($2::text[], $3::int[])', [
      this.#parts.way,
      events.map(({ data }) => data.counter),
      events.map(({ data }) => data.number),
      process.pid,
    ]);
  }

  #move(tx: Transaction, partition: number, pos: number): Promise<unknown> {
    return tx.query(
      'insert into control_position (reader, partition, pos) values ($1, $2, $3) on conflict (reader, partition) do update set pos = excluded.pos',
      [this.#parts.way, partition, pos],
    );
  }
}
