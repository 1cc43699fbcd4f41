import type { Database, Transaction } from '@mcr/database';
import type { LogEntry } from '../../log/event-log.ts';
import { lockCheckpoints, moveCheckpoints } from '../checkpoints.ts';
import type { Checkpoint } from '../checkpoints.ts';

const COMMIT_EVERY_MS = 200;

const after = (checkpoint: Checkpoint, { pos, hash, carrierOffset }: LogEntry): Checkpoint => ({
  ...checkpoint,
  pos,
  hash,
  carrierOffset: carrierOffset ?? checkpoint.carrierOffset,
});

/** How far a partition has been delivered, and how far the database knows of it: never further. */
export class DeliveryProgress {
  readonly #database: Database;
  readonly #consumer: string;
  #done: Checkpoint;
  #committed: Checkpoint;
  #committedAt = Date.now();

  constructor(database: Database, consumer: string, checkpoint: Checkpoint) {
    this.#database = database;
    this.#consumer = consumer;
    this.#done = checkpoint;
    this.#committed = checkpoint;
  }

  get pos(): number {
    return this.#done.pos;
  }

  /** The entry has had its effect. A crash from now until the next commit makes it come again. */
  async delivered(entry: LogEntry): Promise<void> {
    this.#done = after(this.#done, entry);
    if (Date.now() - this.#committedAt >= COMMIT_EVERY_MS) await this.commit();
  }

  /** The entry has no effect; what is kept of it and the position past it are one transaction. */
  setAside(entry: LogEntry, keep: (tx: Transaction) => Promise<void>): Promise<void> {
    return this.#moveTo(after(this.#done, entry), keep);
  }

  async commit(): Promise<void> {
    if (this.#done.pos > this.#committed.pos) await this.#moveTo(this.#done);
  }

  async #moveTo(reached: Checkpoint, keep?: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const [current] = await lockCheckpoints(tx, this.#consumer, [reached]);
      if (current!.pos !== this.#committed.pos) throw new Error(`Another process has moved the checkpoint from ${this.#committed.pos} to ${current!.pos}.`);
      await keep?.(tx);
      await moveCheckpoints(tx, this.#consumer, [reached]);
    });
    this.#done = reached;
    this.#committed = reached;
    this.#committedAt = Date.now();
  }
}
