import type { PriceBound } from '../bound/bound.ts';
import type { CreditBound } from '../bound/credit-bound.ts';

/** So much work a search may do; it looks at the clock and at the asker now and then. */
export interface Budget {
  readonly nodes: number;
  readonly until: number;
  readonly now: () => number;
  readonly cancelled?: () => boolean;
}

/** A sum over the items that are in, with the prices by which it is bounded. Prices that are good for one search are good to begin the next. */
export interface Sum {
  readonly weights: readonly number[];
  readonly prices: PriceBound;
  /** Where there is credit to be counted exactly. */
  readonly credit?: CreditBound;
}

/** A sum that must not be exceeded: a budget, or the best of an objective that goes before. */
export interface Ceiling extends Sum {
  readonly most: number;
}

/** What is to be least, and what must not be exceeded. */
export interface Goal extends Sum {
  readonly ceilings: readonly Ceiling[];
  /**
   * LEAST: the least sum that there is. LESS: the same, a plan with one more than `most` being known. FIRST: any plan with at most `most` will
   * do, the one whose items come first.
   */
  readonly order: 'LEAST' | 'LESS' | 'FIRST';
  readonly most: number;
  /** What is decided of every plan that may be the answer, before the search begins; unless said, what is forced. */
  readonly from?: Int8Array;
}

export const isOutOfTime = ({ until, now, cancelled }: Budget): boolean => now() > until || cancelled?.() === true;
