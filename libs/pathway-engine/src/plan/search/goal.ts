/** So much work a search may do; it looks at the clock and at the asker now and then. */
export interface Budget {
  readonly nodes: number;
  readonly until: number;
  readonly now: () => number;
  readonly cancelled?: () => boolean;
}

/** A sum over the items that are in which must not be exceeded: a budget, or the best of an objective that goes before. */
export interface Ceiling {
  readonly weights: readonly number[];
  readonly most: number;
}

/** What is to be least, and what must not be exceeded. */
export interface Goal {
  readonly weights: readonly number[];
  readonly ceilings: readonly Ceiling[];
  /** FIRST: any plan within the ceilings and with at most `most` will do, the one whose items come first. */
  readonly order: 'LEAST' | 'FIRST';
  readonly most: number;
}

export const isOutOfTime = ({ until, now, cancelled }: Budget): boolean => now() > until || cancelled?.() === true;
