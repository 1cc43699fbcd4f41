import { describe, expect, it } from '@jest/globals';
import { type AskedTerms, termsOf } from './plans.ts';

const budgetsOf = (budgets: AskedTerms['budgets']) => termsOf({ objectives: [], forced: [], forbidden: [], timeBudgetMs: 2_000, budgets }).budgets;

describe('A budget', () => {
  it.each([
    [1099.999, 109_999],
    [19.99, 1_999],
    [20.1, 2_010],
    [0.004, 0],
    [0, 0],
  ])('of %s dollars is not one cent more', (cost, cents) => {
    expect(budgetsOf({ cost })).toEqual({ COST: cents });
  });

  it('of hours is not one minute more, and one that is not named is none', () => {
    expect(budgetsOf({ hours: 1.999, count: 3 })).toEqual({ HOURS: 119, COUNT: 3 });
    expect(budgetsOf({})).toEqual({});
  });
});
