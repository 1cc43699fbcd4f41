import { describe, expect, it } from '@jest/globals';
import { awardCountOf } from './award-count.ts';

describe('a count for somebody who sees no single award', () => {
  it.each([0, 1, 9])('of %i is not shown', (total) => {
    expect(awardCountOf(total)).toEqual({ totalCount: null, suppressed: true });
  });

  it.each([10, 3000])('of %i is shown', (total) => {
    expect(awardCountOf(total)).toEqual({ totalCount: total, suppressed: false });
  });
});
