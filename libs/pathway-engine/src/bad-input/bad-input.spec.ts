import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Facts } from '../facts/facts.ts';
import { checkPlan } from '../checker/check-answer.ts';
import { checkCredential } from '../facts-check/credential.ts';
import {
  all,
  any,
  assigned,
  bruteForcePlan,
  course,
  credential,
  credits,
  everyAnswer,
  facts,
  held,
  howMany,
  kOf,
  microCredential,
  randomInstance,
  situation,
} from '../testing/index.ts';

const unhurried = { nodes: 100_000, until: Infinity, now: () => 0 };

/** A clock that is over after so many looks: what a busy machine does, the same each time. */
function overAfter(looks: number) {
  let left = looks;
  return { nodes: 1_000_000, until: 0, now: () => ((left -= 1) < 0 ? 1 : 0) };
}

describe('A tree of ten thousand requirements, and ten thousand micro-credentials held', () => {
  const MANY = 9_900;
  const ids = Array.from({ length: MANY }, (_, index) => `m${index}`);
  const groups = Array.from({ length: 90 }, (_, group) =>
    kOf(`group ${group}`, 1, ...ids.flatMap((id, index) => (index % 90 === group ? [course(`course of ${id}`)] : []))),
  );
  const given = facts({
    microCredentials: ids.map((id, index) => microCredential({ id, cost: 1_000 + index })),
    agreements: ids.map((id) => assigned(`by ${id}`, id, `course of ${id}`, { grants: [{ course: `course of ${id}`, subject: 'DATA', credits: 300 }] })),
    credentials: [credential(all('root', ...groups, credits('electives', 3_000, { subjects: ['DATA'] })))],
  });
  const engine = new PathwayEngine(given);
  const everything = situation({ held: [...ids.map((id) => held(id)), ...ids.slice(0, 100).map((id) => held(id, { grade: 5_000 }))] });

  it('is no fault', () => {
    expect(checkCredential(given.credentials[0]!)).toEqual([]);
  });

  it('is audited', () => {
    expect(engine.audit('cert', everything)).toMatchObject({ verdict: 'COMPLETE', proven: true });
    expect(engine.audit('cert', situation())).toMatchObject({ verdict: 'INCOMPLETE', proven: true });
    expect(engine.countsFor(everything)[0]!.answers).toHaveLength(MANY);
  });

  it('has nothing to plan when all of it is held, and says what a plan costs at least when nothing is', () => {
    expect(engine.cheapest('cert', everything, {}, unhurried)).toMatchObject({ proof: 'OPTIMAL', plan: [] });
    const answer = engine.cheapest('cert', situation(), {}, overAfter(3));
    expect(['FEASIBLE', 'UNKNOWN']).toContain(answer.proof);
    expect('bound' in answer && answer.bound).toBeGreaterThan(0);
  });

  it('is given up in time by every question that takes long', () => {
    expect(engine.together(['cert'], situation(), {}, overAfter(0))).toMatchObject({ increments: [] });
    expect(engine.core(['cert'], situation(), { budgets: { COST: 0 } }, overAfter(0))).toEqual({ proof: 'UNKNOWN' });
    expect(engine.cheapestAmong(undefined, situation(), {}, overAfter(0))).toMatchObject({ proof: 'UNKNOWN', unsolved: ['cert'] });
    expect(engine.whyNot(situation({ held: [held('m0')] }), { credential: 'cert' }, { budget: overAfter(0) })).toHaveLength(1);
  });
});

describe('An answer under a budget that is too small', () => {
  it.each([
    { what: 'no work', budget: () => ({ ...unhurried, nodes: 0 }) },
    { what: 'one step', budget: () => ({ ...unhurried, nodes: 1 }) },
    { what: 'no time', budget: () => ({ ...unhurried, until: 0, now: () => 1 }) },
    { what: 'little time', budget: () => overAfter(4) },
    { what: 'an asker who has left', budget: () => ({ ...unhurried, cancelled: () => true }) },
  ])('of $what is never called the best one unless it is, and its bound holds', ({ budget }) => {
    for (let seed = 1; seed <= howMany(40); seed += 1) {
      const instance = randomInstance(seed, { candidates: 6 });
      const { facts: known, credential: id, situation: who, terms } = instance;
      const answer = new PathwayEngine(known).cheapest(id, who, terms, budget());
      const best = bruteForcePlan(instance);
      const first = terms.objectives?.[0] ?? 'COST';
      if (answer.proof === 'INFEASIBLE') expect({ seed, best }).toEqual({ seed, best: undefined });
      if (answer.proof === 'OPTIMAL') expect({ seed, plan: answer.plan }).toEqual({ seed, plan: best?.plan });
      if ('bound' in answer) expect(answer.bound).toBeLessThanOrEqual(best?.totals[first] ?? Infinity);
      if (!('plan' in answer)) continue;
      const { faults, verdict } = checkPlan(known, id, { ...who, planned: answer.plan }, terms, answer.assignment, answer.totals);
      expect({ seed, faults, verdict }).toEqual({ seed, faults: [], verdict: answer.verdict });
    }
  });
});

describe('Terms that contradict each other', () => {
  const known = facts({
    microCredentials: ['a', 'b'].map((id) => microCredential({ id })),
    agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'X')],
    credentials: [credential(course('X'))],
  });
  const ask = (terms: Parameters<PathwayEngine['cheapest']>[2]) => new PathwayEngine(known).cheapest('cert', situation(), terms, unhurried).proof;

  it('have no plan, and are proven to have none', () => {
    expect(ask({ forced: ['a'], forbidden: ['a'] })).toBe('INFEASIBLE');
    expect(ask({ forced: ['a'], issuers: ['T'] })).toBe('INFEASIBLE');
    expect(ask({ forced: ['a'], budgets: { COST: 9_999 } })).toBe('INFEASIBLE');
    expect(ask({ forced: ['a', 'b'], budgets: { COUNT: 1 } })).toBe('INFEASIBLE');
    expect(ask({ forced: ['unknown'] })).toBe('INFEASIBLE');
    expect(ask({ budgets: { COST: 0, HOURS: 0, COUNT: 0, TERMS: 0 } })).toBe('INFEASIBLE');
    expect(ask({ issuers: [] })).toBe('INFEASIBLE');
  });
});

describe('Facts that nobody checked', () => {
  /** Every question of them is answered: nothing is thrown, and nothing goes on for ever. */
  const answers = (known: Facts, who = situation({ held: [held('a'), held('unknown')] })) => everyAnswer(new PathwayEngine(known), 'cert', who, {}, unhurried);
  const [a, b] = [microCredential({ id: 'a' }), microCredential({ id: 'b' })];

  it.each<[string, Facts, 'COMPLETE' | 'INCOMPLETE']>([
    [
      'that name what is not there',
      facts({ agreements: [assigned('1', 'z', 'X')], credentials: [credential(course('X'))], microCredentials: [a] }),
      'INCOMPLETE',
    ],
    ['that ask for more children than there are', facts({ microCredentials: [a], credentials: [credential(kOf('root', 3, course('X')))] }), 'INCOMPLETE'],
    ['that ask for one of nothing', facts({ microCredentials: [a], credentials: [credential(any('root'))] }), 'INCOMPLETE'],
    ['that ask for nothing', facts({ microCredentials: [a], credentials: [credential(all('root'))] }), 'COMPLETE'],
    [
      'in which an institution agrees with itself',
      facts({ microCredentials: [a], agreements: [assigned('1', 'a', 'X', { sender: 'R' })], credentials: [credential(course('X'))] }),
      'COMPLETE',
    ],
    [
      'whose agreement ends before it begins',
      facts({ microCredentials: [a], agreements: [assigned('1', 'a', 'X', { validFrom: 9, validUntil: 3 })], credentials: [credential(course('X'))] }),
      'INCOMPLETE',
    ],
    [
      'that promise the same twice',
      facts({ microCredentials: [a], agreements: [assigned('1', 'a', 'X'), assigned('2', 'a', 'X')], credentials: [credential(course('X'))] }),
      'COMPLETE',
    ],
    [
      'in which each of two asks for the other before',
      facts({
        microCredentials: [
          { ...a, prerequisites: [['b']] },
          { ...b, prerequisites: [['a']] },
        ],
        agreements: [assigned('1', 'b', 'X')],
        credentials: [credential(course('X'))],
      }),
      'INCOMPLETE',
    ],
    [
      'with less than no credit',
      facts({
        microCredentials: [{ ...a, credits: -300 }],
        agreements: [assigned('1', 'a', 'X', { grants: [{ subject: 'ART', credits: -300 }] })],
        credentials: [credential(credits('art', 300))],
      }),
      'INCOMPLETE',
    ],
    [
      'with fractions of credit',
      facts({
        microCredentials: [a],
        agreements: [assigned('1', 'a', 'X', { grants: [{ subject: 'ART', credits: 0.5 }] })],
        credentials: [credential(credits('art', 1))],
      }),
      'INCOMPLETE',
    ],
  ])('%s are answered all the same', (_what, known, verdict) => {
    expect(answers(known)).toMatchObject({ audit: { verdict } });
  });

  it('in which each of two asks for the other before, are planned together', () => {
    const known = facts({
      microCredentials: [
        { ...a, prerequisites: [['b']] },
        { ...b, prerequisites: [['a']] },
      ],
      agreements: [assigned('1', 'b', 'X')],
      credentials: [credential(course('X'))],
    });
    expect(new PathwayEngine(known).cheapest('cert', situation(), {}, unhurried)).toMatchObject({ proof: 'OPTIMAL', plan: ['a', 'b'] });
  });
});
