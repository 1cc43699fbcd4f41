import { describe, expect, it } from '@jest/globals';
import { checkTogether } from '../../checker/check-answer.ts';
import { PathwayEngine } from '../../engine.ts';
import { objectives } from '../../facts/question.ts';
import { alikeSeveral, bruteForceTogether, howMany, randomSeveral } from '../../testing/index.ts';
import type { InstanceOfSeveral } from '../../testing/index.ts';

const unhurried = { nodes: 1_000_000, until: Infinity, now: () => 0 };
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** What is wrong with the engine's answer to one question; nothing is right. */
function wrongWith(instance: InstanceOfSeveral): string[] {
  const { facts, credentials, situation, terms } = instance;
  const answer = new PathwayEngine(facts).together(credentials, situation, terms, unhurried);
  const best = bruteForceTogether(instance);
  const wrong: string[] = [];
  if (answer.proof !== (best ? 'OPTIMAL' : 'INFEASIBLE')) wrong.push(answer.proof);
  if (('plan' in answer ? answer.plan.join() : undefined) !== best?.plan.join()) wrong.push('plan');
  if (!('plan' in answer) || !best) return wrong;
  const { faults, verdict } = checkTogether(facts, answer.credentials, { ...situation, planned: answer.plan }, terms, answer.totals);
  if (faults.length > 0 || verdict !== answer.verdict || verdict !== best.verdict) wrong.push('certificate');
  for (const { credential, more, proven } of answer.increments) {
    const others = bruteForceTogether({ ...instance, credentials: credentials.filter((id) => id !== credential) })!;
    if (!proven || objectives.some((each) => more?.[each] !== best.totals[each] - others.totals[each])) wrong.push(`increment of ${credential}`);
  }
  return wrong;
}

describe('One plan for several credentials, against trying everything', () => {
  it.each([
    {
      what: 'two certificates of much the same',
      from: 1_000,
      count: howMany(12),
      make: (seed: number) => alikeSeveral(seed, { candidates: 6, certificates: 2 }),
    },
    { what: 'three of much the same', from: 2_000, count: howMany(4), make: (seed: number) => alikeSeveral(seed, { candidates: 5, certificates: 3 }) },
    { what: 'two of everything that there can be', from: 3_000, count: howMany(12), make: (seed: number) => randomSeveral(seed, { candidates: 5 }) },
  ])('$what: the same plan, what each adds to it, and the checker agrees', ({ from, count, make }) => {
    expect(seeds(from, count).flatMap((seed) => wrongWith(make(seed)).map((what) => ({ seed, what })))).toEqual([]);
  });
});
