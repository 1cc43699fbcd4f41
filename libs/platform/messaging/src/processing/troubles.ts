import { ALARM_AFTER_MS, backoffMs } from './failures.ts';
import { placeKey } from './inbox.ts';

type Where = { readonly topic: string; readonly partition: number };

export interface Trouble {
  readonly failuresInARow: number;
  readonly afterMs: number;
  /** It has lasted so long that somebody should look. */
  readonly alarming: boolean;
}

/** Partitions whose last try failed for a reason that may go away, and for how long that has been so. */
export class Troubles {
  readonly #known = new Map<string, { failures: number; since: number }>();

  has(where: Where): boolean {
    return this.#known.has(placeKey(where));
  }

  note(where: Where, now = Date.now()): Trouble {
    const { failures, since } = this.#known.get(placeKey(where)) ?? { failures: 0, since: now };
    this.#known.set(placeKey(where), { failures: failures + 1, since });
    return { failuresInARow: failures + 1, afterMs: backoffMs(failures + 1), alarming: now - since >= ALARM_AFTER_MS };
  }

  over(where: Where): void {
    this.#known.delete(placeKey(where));
  }
}
