import { Worker } from 'node:worker_threads';
import type { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import type { Logger } from '@mcr/runtime';
import { GraphFollower } from './graph-follower.ts';
import type { FromPlanner, GivenUp, ToPlanner } from './planner-messages.ts';
import type { AnsweredBy, AskedOf, SearchName } from './searches.ts';

/** An engine that is this much over the time that it was given does not come back. */
const GRACE_MS = 10_000;
const MEMORY_MB = 512;

export const unavailable = (why: string): Refusal => new Refusal('UNAVAILABLE', why, { retryAfterSeconds: 2 });

/** An answer with the number of the newest change of the facts that it follows from. */
export interface Searched<Name extends SearchName> {
  readonly answered: AnsweredBy<Name>;
  readonly graphVersion: number;
}

/** A worker thread with an engine that follows the tables. It is asked one question after the other. Once it has ended, it stays so. */
export class SearchThread {
  readonly #givenUp: GivenUp = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  readonly #follower: GraphFollower;
  #settle: { resolve(answered: unknown): void; reject(error: Error): void } | undefined;
  #asked = 0;
  hasEnded = false;

  constructor(database: Database, log: Pick<Logger, 'error'>) {
    const resourceLimits = { maxOldGenerationSizeMb: MEMORY_MB };
    this.#worker = new Worker(new URL('./planner-thread.ts', import.meta.url), { resourceLimits, workerData: this.#givenUp });
    this.#follower = new GraphFollower(database, { forget: () => this.#send({ type: 'forget' }), tell: (facts) => this.#send({ type: 'tell', facts }) });
    this.#worker.unref();
    this.#worker.on('message', (message: FromPlanner) => {
      if ('answered' in message) this.#settle?.resolve(message.answered);
      else this.#settle?.reject(new Error(message.error));
    });
    this.#worker.on('error', (error) => {
      log.error({ err: error }, 'The thread that searches for plans was lost');
      this.#lost();
    });
    this.#worker.on('exit', () => this.#lost());
  }

  /** A signal that is aborted ends the search, which then answers with what it has. */
  async search<Name extends SearchName>(name: Name, question: AskedOf<Name>, left: AbortSignal): Promise<Searched<Name>> {
    const graphVersion = await this.#follower.catchUp();
    if (this.hasEnded) throw unavailable('The planner has ended.');
    const number = (this.#asked += 1);
    const giveUp = (): void => void Atomics.store(this.#givenUp, 0, number);
    if (left.aborted) giveUp();
    left.addEventListener('abort', giveUp);
    let timer: NodeJS.Timeout | undefined;
    try {
      const answered = await new Promise<unknown>((resolve, reject) => {
        this.#settle = { resolve, reject };
        timer = setTimeout(() => void this.end(), ('timeBudgetMs' in question ? question.timeBudgetMs : 0) + GRACE_MS);
        this.#send({ type: 'ask', number, name, question });
      });
      return { answered: answered as AnsweredBy<Name>, graphVersion };
    } finally {
      clearTimeout(timer);
      left.removeEventListener('abort', giveUp);
      this.#settle = undefined;
    }
  }

  async end(): Promise<void> {
    this.#lost();
    await this.#worker.terminate();
  }

  #send(message: ToPlanner): void {
    this.#worker.postMessage(message);
  }

  #lost(): void {
    this.hasEnded = true;
    this.#settle?.reject(unavailable('The planner ended over this question.'));
  }
}
