/** Counts below this would speak of few enough people to find one of them. */
export const SMALLEST_COUNT_SHOWN = 10;

export interface AwardCount {
  readonly totalCount: number | null;
  readonly suppressed: boolean;
}

/** A count as it may be shown to whoever sees no single award. None at all is hidden too: it would tell as much. */
export const awardCountOf = (total: number): AwardCount =>
  total < SMALLEST_COUNT_SHOWN ? { totalCount: null, suppressed: true } : { totalCount: total, suppressed: false };
