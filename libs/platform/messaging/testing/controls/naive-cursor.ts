import type { Database } from '@mcr/database';

/**
 * What the log is there to avoid, kept so that the tests prove that they would notice: a cursor over an outbox whose
 * numbers come from a sequence. A number is given when a row is written, not when it is committed, so whatever
 * commits after a higher number has been read is never seen. Never use this.
 */
export class NaiveCursor {
  readonly #trial: Database;
  readonly #reader: Database;
  readonly #batch: number;
  #running: Promise<void> | undefined;
  #stopping = false;
  #last = 0;

  constructor({ trial, reader }: { trial: Database; reader: Database }, batch: number) {
    this.#trial = trial;
    this.#reader = reader;
    this.#batch = batch;
  }

  start(): void {
    this.#running = this.#read();
  }

  /** Resolves when there is nothing left that the cursor can see. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#running;
  }

  /** Applies one batch and tells how many rows it had. */
  async step(): Promise<number> {
    const rows = await this.#trial.query<{ seq: string; key: string; version: number }>(
      'select seq, key, version from outbox where seq > $1 order by seq limit $2',
      [this.#last, this.#batch],
    );
    if (rows.length === 0) return 0;
    this.#last = Number(rows.at(-1)!.seq);
    await this.#apply(rows, this.#last);
    return rows.length;
  }

  async #read(): Promise<void> {
    for (;;) {
      const stopping = this.#stopping;
      if ((await this.step()) === 0 && stopping) return;
    }
  }

  #apply(rows: readonly { key: string; version: number }[], last: number): Promise<void> {
    return this.#reader.transaction(async (tx) => {
      await tx.query(`insert into effect (consumer, key, version, process) select 'naive', *, $3 from unnest($1::text[], $2::int[])`, [
        rows.map(({ key }) => key),
        rows.map(({ version }) => version),
        process.pid,
      ]);
      await tx.query(`insert into cursor_position values ('naive', $1) on conflict (reader) do update set seq = excluded.seq`, [last]);
    });
  }
}
