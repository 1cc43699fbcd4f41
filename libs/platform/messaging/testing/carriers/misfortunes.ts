import type { LogEntry } from '../../src/index.ts';
import { randomOf } from '../processes/random.ts';

/** How often, as a share of the occasions, a carrier without luck does what a carrier may do. */
const SHARE = { delays: 0.2, forgets: 0.15, repeats: 0.2, repeatsAll: 0.03, doubles: 0.15, keepsBack: 0.2, comesLate: 0.4, apart: 0.5 } as const;

export type Misfortune = keyof typeof SHARE;

const BATCHES = [1, 3, 20, 500];
const LONGEST_STEP_BACK = 40;

/** Decides, from a seed, what goes wrong next. */
export class Misfortunes {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = randomOf(seed);
  }

  happens(misfortune: Misfortune): boolean {
    return this.#random() < SHARE[misfortune];
  }

  among<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  /** How many entries are handed over at once. */
  get batch(): number {
    return this.among(BATCHES);
  }

  /** How many entries before `pos` come again. */
  stepBackFrom(pos: number): number {
    if (this.happens('repeatsAll')) return pos;
    return this.happens('repeats') ? Math.min(pos, 1 + Math.floor(this.#random() * LONGEST_STEP_BACK)) : 0;
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, rank: this.#random() }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }

  /** As after a sender that sent again what had arrived: some of the entries a second time, a little later. */
  doubled(entries: readonly LogEntry[]): LogEntry[] {
    if (!this.happens('doubles')) return [...entries];
    const from = Math.floor(this.#random() * entries.length);
    const to = from + 1 + Math.floor(this.#random() * (entries.length - from));
    return [...entries.slice(0, to), ...entries.slice(from, to), ...entries.slice(to)];
  }
}
