import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../checker/check-answer.ts';
import { PathwayEngine } from '../engine.ts';
import { bruteForcePlan, bruteForceVerdict, randomInstance } from '../testing/index.ts';

const unhurried = { nodes: 1_000_000, until: Infinity, now: () => 0 };

/** What is wrong with the engine's answers to one instance; nothing is right. */
function wrongWith(seed: number, candidates: number): string[] {
  const instance = randomInstance(seed, { candidates });
  const { facts, credential, situation, terms } = instance;
  const engine = new PathwayEngine(facts);
  const answer = engine.cheapest(credential, situation, terms, unhurried);
  const best = bruteForcePlan(instance);
  const wrong: string[] = [];
  if (engine.audit(credential, situation).verdict !== bruteForceVerdict(facts, credential, situation).verdict) wrong.push('verdict');
  if (answer.proof === 'UNKNOWN' || answer.proof === 'FEASIBLE') wrong.push(answer.proof);
  if (('plan' in answer ? answer.plan.join() : undefined) !== best?.plan.join()) wrong.push('plan');
  if ('plan' in answer) {
    const checked = checkPlan(facts, credential, { ...situation, planned: answer.plan }, terms, answer.assignment, answer.totals);
    if (checked.faults.length > 0 || checked.verdict !== answer.verdict) wrong.push('certificate');
  }
  return wrong;
}

describe('The engine against trying everything', () => {
  it.each([
    { instances: 400, candidates: 7 },
    { instances: 60, candidates: 10 },
  ])(
    '$instances random questions with $candidates that may be planned: the same verdict and the very same plan, and the checker agrees',
    ({ instances, candidates }) => {
      const seeds = Array.from({ length: instances }, (_, index) => candidates * 100_000 + index);
      expect(seeds.flatMap((seed) => wrongWith(seed, candidates).map((what) => ({ seed, what })))).toEqual([]);
    },
  );
});
