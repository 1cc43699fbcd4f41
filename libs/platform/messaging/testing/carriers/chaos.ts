import type { Carrier, LogSource, MessagingLog, Subscription } from '../../src/index.ts';
import type { Inbox } from '../../src/processing/inbox.ts';
import { ChaosWorker } from './chaos-worker.ts';
import { Misfortunes } from './misfortunes.ts';

/**
 * A carrier in memory that uses up all that a carrier is allowed: it loses answers, hands over twice, begins again from
 * earlier, holds partitions up, mixes them, and delivers what it should have let go. What it does follows from the seed.
 */
export class ChaosCarrier implements Carrier {
  readonly #log: MessagingLog;
  readonly #seed: number;
  readonly #sources = new Map<string, LogSource>();
  readonly #workers = new Set<ChaosWorker>();
  #subscriptions = 0;

  constructor(log: MessagingLog, seed: number) {
    this.#log = log;
    this.#seed = seed;
  }

  carry(log: LogSource): void {
    for (const { name } of log.topics) this.#sources.set(name, log);
  }

  sourceOf(topic: string): LogSource {
    const source = this.#sources.get(topic);
    if (!source) throw new Error(`No log of topic ${topic} is carried in this process.`);
    return source;
  }

  async subscribe(inbox: Inbox): Promise<Subscription> {
    const luck = new Misfortunes(this.#seed * 1000 + ++this.#subscriptions);
    const worker = new ChaosWorker(inbox, (topic) => this.sourceOf(topic), this.#log, luck);
    await worker.start();
    this.#workers.add(worker);
    return {
      faults: () => worker.faults(),
      close: async () => {
        this.#workers.delete(worker);
        await worker.close();
      },
    };
  }

  wake(): void {
    for (const worker of this.#workers) worker.wake();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.close()));
  }
}

let seed = 0;

export const createCarrier = (log: MessagingLog): Carrier => new ChaosCarrier(log, ++seed);
