/** So much work a search may do; it looks at the clock and at the asker now and then. */
export interface Budget {
  readonly nodes: number;
  readonly until: number;
  readonly now: () => number;
  readonly cancelled?: () => boolean;
}

/** What is to be least, and what must not be exceeded, as sums over the items that are in. */
export interface Goal {
  readonly weights: readonly number[];
  readonly ceilings: readonly { readonly weights: readonly number[]; readonly most: number }[];
  /** FIRST: any plan within the ceilings and with at most `most` will do, the one whose items come first. */
  readonly order: 'LEAST' | 'FIRST';
  readonly most: number;
}

export const isOutOfTime = ({ until, now, cancelled }: Budget): boolean => now() > until || cancelled?.() === true;
