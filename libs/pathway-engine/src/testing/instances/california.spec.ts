import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../../checker/check-answer.ts';
import { bruteForcePlan } from '../brute-force/brute-force.ts';
import { californiaCases } from './california.ts';
import { highsPlan } from '../solvers/highs-plan.ts';

const cases = californiaCases(60, 1)?.filter(({ facts }) => facts.microCredentials.length <= 22);

if (!cases) {
  describe('real articulation', () => {
    it.skip('agrees between the oracles (skipped: ../shared/data/articulation/california-a-m.json is not there)', () => undefined);
  });
} else {
  describe('real articulation', () => {
    it('has questions with and without a plan', () => {
      const isFeasible = cases.map((each) => bruteForcePlan(each) !== undefined);
      expect(new Set(isFeasible)).toEqual(new Set([true, false]));
    });

    it.each(cases.slice(0, 25))('agrees between brute force, HiGHS and the checker: $name', async (each) => {
      const found = bruteForcePlan(each);
      expect(await highsPlan(each)).toEqual(found?.totals);
      if (!found) return;
      const situation = { ...each.situation, planned: found.plan };
      const checked = checkPlan(each.facts, each.credential, situation, each.terms, found.placements, found.totals);
      expect(checked).toMatchObject({ verdict: 'COMPLETE', faults: [] });
    });
  });
}
