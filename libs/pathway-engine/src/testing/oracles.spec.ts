import { describe, expect, it } from '@jest/globals';
import { checkAssignment, checkPlan } from '../checker/check-answer.ts';
import { bruteForcePlan, bruteForceVerdict, type BruteForcePlan } from './brute-force/brute-force.ts';
import { highsPlan } from './solvers/highs-plan.ts';
import type { Instance } from './instances/instance.ts';
import { candidatesOf, compareTotals, fullOrder, noTotals, plus, shareOf } from './brute-force/plan-terms.ts';
import { randomInstance } from './instances/random-instances.ts';
import { yalpsPlan } from './solvers/yalps-plan.ts';

const seeds = (from: number, number: number) => Array.from({ length: number }, (_, index) => from + index);

function expectSound(instance: Instance, found: BruteForcePlan): void {
  const situation = { ...instance.situation, planned: found.plan };
  const checked = checkPlan(instance.facts, instance.credential, situation, instance.terms, found.placements, found.totals);
  expect(checked.faults).toEqual([]);
  expect(checked.verdict).not.toBe('INCOMPLETE');
}

/** The least totals by going through all sets, without leaving out any. */
function leastOfAllSets({ facts, credential, situation, terms }: Instance) {
  const candidates = candidatesOf(facts, situation, terms);
  const order = fullOrder(terms);
  const sets = Array.from({ length: 2 ** candidates.length }, (_, set) => candidates.filter((_candidate, index) => set & (1 << index)));
  const plans = sets.flatMap((set) => {
    const planned = set.map(({ id }) => id);
    const totals = set.map(shareOf).reduce(plus, noTotals);
    const { verdict, placements } = bruteForceVerdict(facts, credential, { ...situation, planned });
    if (verdict === 'INCOMPLETE') return [];
    const { faults } = checkPlan(facts, credential, { ...situation, planned }, terms, placements, totals);
    return faults.length === 0 ? [{ plan: planned.toSorted(), totals }] : [];
  });
  return plans.sort((a, b) => compareTotals(a.totals, b.totals, order) || (a.plan.join() < b.plan.join() ? -1 : 1))[0];
}

describe('the oracles', () => {
  it('find the same totals, and plans that the checker accepts', async () => {
    const answers = { plans: 0, none: 0 };
    for (const seed of seeds(1, 300)) {
      const instance = randomInstance(seed, { candidates: 4 + (seed % 7) });
      const found = bruteForcePlan(instance);
      expect({ seed, totals: await highsPlan(instance) }).toEqual({ seed, totals: found?.totals });
      if (found) expectSound(instance, found);
      answers[found ? 'plans' : 'none']++;
    }
    expect(answers.plans).toBeGreaterThan(150);
    expect(answers.none).toBeGreaterThan(45);
  });

  it('find the same totals with a third solver', () => {
    let compared = 0;
    for (const seed of seeds(1_000, 30)) {
      const instance = randomInstance(seed, { candidates: 4 + (seed % 3) });
      const totals = yalpsPlan(instance, 250);
      if (totals === 'TIMED_OUT') continue;
      expect({ seed, totals }).toEqual({ seed, totals: bruteForcePlan(instance)?.totals });
      compared++;
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('find what going through all sets finds, ids included', () => {
    for (const seed of seeds(2_000, 40)) {
      const instance = randomInstance(seed, { candidates: 5 });
      const found = bruteForcePlan(instance);
      expect({ seed, best: found && { plan: found.plan, totals: found.totals } }).toEqual({ seed, best: leastOfAllSets(instance) });
    }
  });

  it('give verdicts of what is held that the checker gives too', () => {
    for (const seed of seeds(3_000, 300)) {
      const { facts, credential, situation } = randomInstance(seed, { candidates: 6 });
      const planned = seed % 2 === 0 ? facts.microCredentials.map(({ id }) => id) : [];
      const { verdict, placements } = bruteForceVerdict(facts, credential, { ...situation, planned });
      const checked = checkAssignment(facts, credential, { ...situation, planned }, placements);
      expect({ seed, verdict: checked.verdict, faults: checked.faults }).toEqual({ seed, verdict, faults: [] });
    }
  });
});
