import { Database } from '@mcr/database';
import { Logger } from '@mcr/runtime';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { FairTurns } from './fair-turns.ts';
import { SearchThread, type Searched, unavailable } from './search-thread.ts';
import type { AskedOf, SearchName } from './searches.ts';

const MOST_WAITING = 64;
const MOST_OF_ONE = 16;
/** Whoever has no answer after this, with all that was asked before, is refused. Shorter than the patience of callers in other processes. */
const MOST_PATIENCE_MS = 15_000;
const LEFT = 'Nobody waits for this answer any more, or it took too long.';

/** Searches in a thread of its own, one question after the other, everybody in turn, so that a long search holds up nobody else. A lost thread is replaced. */
@Injectable()
export class Planner implements OnApplicationShutdown {
  #thread: SearchThread | undefined;
  readonly #turns = new FairTurns();
  #closed = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  /**
   * The search ends when `gone` is aborted: nobody waits for its answer any more.
   * @throws Refusal UNAVAILABLE when too many wait, of this asker or of all, when it took too long, when the asker is gone, or when the thread was lost.
   */
  async search<Name extends SearchName>(name: Name, question: AskedOf<Name>, asker: string, gone?: AbortSignal): Promise<Searched<Name>> {
    if (gone?.aborted) throw unavailable(LEFT);
    if (this.#turns.waiting(asker) >= MOST_OF_ONE) throw unavailable('Too many searches are being asked for by the same person.');
    if (this.#turns.waiting() >= MOST_WAITING) throw unavailable('Too many searches are being asked for.');
    const tooLong = AbortSignal.timeout(MOST_PATIENCE_MS);
    const left = gone ? AbortSignal.any([gone, tooLong]) : tooLong;
    // A search that is left gives its turn back when it has noticed.
    const turn = this.#turns.take(asker, async () => {
      left.throwIfAborted();
      return this.#running().search(name, question, left);
    });
    turn.catch(() => undefined);
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
