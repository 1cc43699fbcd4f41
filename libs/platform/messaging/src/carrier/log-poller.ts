import type { LogHead } from '../log/event-log.ts';
import type { MessagingLog } from '../messaging-log.ts';
import type { LogSource } from './carrier.ts';
import { Signal } from './signal.ts';

const BUSY_MS = 25;
const IDLE_MS = 250;
const BROKEN_MS = 1000;

/** Watches the heads of one log: one statement a round, often while it grows, seldom while it does not. */
export class LogPoller {
  readonly #source: LogSource;
  readonly #log: MessagingLog;
  readonly #onHeads: (heads: readonly LogHead[]) => void;
  readonly #signal = new Signal();
  readonly #seen = new Map<string, number>();
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(source: LogSource, log: MessagingLog, onHeads: (heads: readonly LogHead[]) => void) {
    this.#source = source;
    this.#log = log;
    this.#onHeads = onHeads;
  }

  owns(topics: ReadonlySet<string>): boolean {
    return this.#source.topics.some(({ name }) => topics.has(name));
  }

  start(): void {
    this.#running = this.#poll();
  }

  wake(): void {
    this.#signal.raise();
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#signal.raise();
    await this.#running;
  }

  async #poll(): Promise<void> {
    while (!this.#closed) await this.#signal.wait(await this.#round());
  }

  /** How long to sleep after this round, in milliseconds. */
  async #round(): Promise<number> {
    try {
      const heads = await this.#source.heads();
      const grown = heads.filter((head) => this.#seen.get(`${head.topic}/${head.partition}`) !== head.pos);
      for (const head of grown) this.#seen.set(`${head.topic}/${head.partition}`, head.pos);
      this.#onHeads(heads);
      return grown.length > 0 ? BUSY_MS : IDLE_MS;
    } catch (error) {
      if (!this.#closed) this.#log.warn({ err: error }, 'The heads of a log cannot be read; trying again');
      return BROKEN_MS;
    }
  }
}
