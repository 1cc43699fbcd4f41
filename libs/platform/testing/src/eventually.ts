import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 20;

/**
 * Repeats an assertion until it holds and gives its answer. The assertion must be free to run many times.
 * @throws what the assertion threw last, when the time is over.
 */
export async function eventually<T>(assertion: () => Promise<T> | T, { timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Promise<T> {
  for (const end = Date.now() + timeoutMs; ; await delay(PAUSE_MS)) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
  }
}
