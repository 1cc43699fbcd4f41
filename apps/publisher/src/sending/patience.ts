import { setTimeout as pause } from 'node:timers/promises';
import { CannotRun } from '../cannot-run.ts';

/** The registry cannot answer now; the same request may be sent again. */
export class TryAgain extends Error {
  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'TryAgain';
  }
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Repeats a request that may be repeated, after the time the registry asked for or with growing pauses.
 * @throws CannotRun when nothing came of it for `patienceMs`.
 */
export async function patiently<T>(request: () => Promise<T>, patienceMs: number): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof TryAgain)) throw error;
      const waitMs = error.retryAfterSeconds === undefined ? wait : error.retryAfterSeconds * 1000;
      if (Date.now() + waitMs > deadline) throw new CannotRun(`${error.message} Run the same command again later: what was sent already counts once.`);
      await pause(waitMs);
    }
  }
}
