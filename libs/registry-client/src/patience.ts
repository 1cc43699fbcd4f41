import { setTimeout as pause } from 'node:timers/promises';

/** Not now, but probably in a moment: a fact is still on its way to the service that was asked. */
export class NotYet extends Error {
  constructor(
    message: string,
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
    this.name = 'NotYet';
  }
}

const PATIENCE_MS = 30_000;
const LONGEST_PAUSE_MS = 2_000;

/**
 * Repeats what answers `NotYet`, with growing pauses, for at most half a minute. Any other error passes through at once.
 * The work must be safe to repeat.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let wait = 50; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NotYet) || Date.now() >= deadline) throw error;
      await pause(error.retryAfterSeconds === undefined ? wait : error.retryAfterSeconds * 1000);
    }
  }
}
