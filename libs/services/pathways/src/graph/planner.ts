import { Worker } from 'node:worker_threads';
import { Database } from '@mcr/database';
import { Refusal } from '@mcr/event-kit';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { AskedForPlan, planAnswer } from '../domain/answers.ts';
import { GraphFollower } from './graph-follower.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';

type Answer = ReturnType<typeof planAnswer>;

const MOST_WAITING = 16;
/** An engine that is this much over the time that it was given does not come back. */
const GRACE_MS = 10_000;
const MEMORY_MB = 512;

const unavailable = (why: string): Refusal => new Refusal('UNAVAILABLE', why, { retryAfterSeconds: 2 });

/** A worker thread with an engine that follows the tables. Once it has ended, it stays so. */
class PlannerThread {
  readonly #worker: Worker;
  readonly #follower: GraphFollower;
  #settle: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  hasEnded = false;

  constructor(database: Database) {
    this.#worker = new Worker(new URL('./planner-thread.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    this.#follower = new GraphFollower(database, { forget: () => this.#send({ type: 'forget' }), tell: (facts) => this.#send({ type: 'tell', facts }) });
    this.#worker.unref();
    this.#worker.on('message', (message: FromPlanner) => {
      if ('answer' in message) this.#settle?.resolve(message.answer);
      else this.#settle?.reject(new Error(message.error));
    });
    this.#worker.on('error', () => this.#lost());
    this.#worker.on('exit', () => this.#lost());
  }

  async plan(question: AskedForPlan): Promise<{ answer: Answer; graphVersion: number }> {
    const graphVersion = await this.#follower.catchUp();
    if (this.hasEnded) throw unavailable('The planner has ended.');
    let timer: NodeJS.Timeout | undefined;
    try {
      const answer = await new Promise<Answer>((resolve, reject) => {
        this.#settle = { resolve, reject };
        timer = setTimeout(() => void this.end(), question.timeBudgetMs + GRACE_MS);
        this.#send({ type: 'plan', question });
      });
      return { answer, graphVersion };
    } finally {
      clearTimeout(timer);
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

/** Asks for plans in a thread of its own, one after the other, so that a long search holds up nobody else. A lost thread is replaced. */
@Injectable()
export class Planner implements OnApplicationShutdown {
  #thread: PlannerThread | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  constructor(private readonly database: Database) {}

  /** @throws Refusal UNAVAILABLE when too many wait, or when the thread was lost. */
  async plan(question: AskedForPlan): Promise<{ answer: Answer; graphVersion: number }> {
    if (this.#waiting >= MOST_WAITING) throw unavailable('Too many plans are being asked for.');
    this.#waiting += 1;
    const turn = this.#last.then(() => this.#running().plan(question));
    this.#last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      this.#waiting -= 1;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.#closed = true;
    await this.endThread();
  }

  /** Whoever waits for an answer of the thread is refused; the next question begins another. */
  async endThread(): Promise<void> {
    await this.#thread?.end();
  }

  #running(): PlannerThread {
    if (this.#closed) throw unavailable('The service is closing.');
    if (!this.#thread || this.#thread.hasEnded) this.#thread = new PlannerThread(this.database);
    return this.#thread;
  }
}
