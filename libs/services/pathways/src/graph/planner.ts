import { Database } from '@mcr/database';
import { Logger } from '@mcr/runtime';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { SearchThread, type Searched, unavailable } from './search-thread.ts';
import type { AskedOf, SearchName } from './searches.ts';

const MOST_WAITING = 16;
/** Whoever has no answer after this, with all that was asked before, is refused. Shorter than the patience of callers in other processes. */
const MOST_PATIENCE_MS = 15_000;
const LEFT = 'Nobody waits for this answer any more, or it took too long.';

/** Searches in a thread of its own, one question after the other, so that a long search holds up nobody else. A lost thread is replaced. */
@Injectable()
export class Planner implements OnApplicationShutdown {
  #thread: SearchThread | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #closed = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /**
   * The search ends when `gone` is aborted: nobody waits for its answer any more.
   * @throws Refusal UNAVAILABLE when too many wait, when it took too long, when the asker is gone, or when the thread was lost.
   */
  async search<Name extends SearchName>(name: Name, question: AskedOf<Name>, gone?: AbortSignal): Promise<Searched<Name>> {
    if (gone?.aborted) throw unavailable(LEFT);
    if (this.#waiting >= MOST_WAITING) throw unavailable('Too many searches are being asked for.');
    this.#waiting += 1;
    const tooLong = AbortSignal.timeout(MOST_PATIENCE_MS);
    const left = gone ? AbortSignal.any([gone, tooLong]) : tooLong;
    const turn = this.#last.then(() => {
      left.throwIfAborted();
      return this.#running().search(name, question, left);
    });
    // A search that is left gives its turn back when it has noticed.
    this.#last = turn.catch(() => undefined).then(() => void (this.#waiting -= 1));
    try {
      return await Promise.race([turn, untilAborted(left)]);
    } catch (error) {
      throw left.aborted ? unavailable(LEFT) : error;
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

  #running(): SearchThread {
    if (this.#closed) throw unavailable('The service is closing.');
    if (!this.#thread || this.#thread.hasEnded) this.#thread = new SearchThread(this.database, this.logger);
    return this.#thread;
  }
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
