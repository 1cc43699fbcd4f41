import { Worker } from 'node:worker_threads';
import { Refusal } from '@mcr/event-kit';
import type { FromThread, ToThread } from './thread-messages.ts';

interface Asked<Result> {
  resolve(results: readonly Result[]): void;
  reject(error: Error): void;
}

/** Has jobs done in a thread of its own, which is begun when it is needed and replaced when it is lost. */
export class JobThread<Job, Result> {
  readonly #body: URL;
  readonly #asked = new Map<number, Asked<Result>>();
  #worker: Worker | undefined;
  #next = 0;
  #closed = false;

  /** `body` is a file that calls `serveJobs`. */
  constructor(body: URL) {
    this.#body = body;
  }

  /** In the order of the jobs. @throws Refusal UNAVAILABLE when the thread was lost; the jobs may be asked for again. */
  async run(jobs: readonly Job[]): Promise<readonly Result[]> {
    if (this.#closed) throw new Refusal('UNAVAILABLE', 'The service is closing.', { retryAfterSeconds: 2 });
    const worker = (this.#worker ??= this.#begin());
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#asked.set(id, { resolve, reject });
      worker.postMessage({ id, jobs } satisfies ToThread<Job>);
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #begin(): Worker {
    const worker = new Worker(this.#body);
    worker.unref();
    worker.on('message', (message: FromThread<Result>) => {
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if ('results' in message) asked?.resolve(message.results);
      else asked?.reject(new Error(message.error));
    });
    worker.on('error', () => this.#lost(worker));
    worker.on('exit', () => this.#lost(worker));
    return worker;
  }

  #lost(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const lost = new Refusal('UNAVAILABLE', 'The thread that reads and prepares credentials ended.', { retryAfterSeconds: 2 });
    for (const { reject } of this.#asked.values()) reject(lost);
    this.#asked.clear();
  }
}
