import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import { objectives } from '../facts/question.ts';
import type { Objective, Totals } from '../facts/question.ts';
import {
  agreement,
  alikeCertificates,
  alikeInstance,
  all,
  bruteForcePlan,
  bruteForceVerdict,
  course,
  credential,
  facts,
  microCredential,
  situation,
} from '../testing/index.ts';
import type { Instance } from '../testing/index.ts';
import { compareTotals, totalsOf } from './objectives.ts';

const unhurried = { nodes: 1_000_000, until: Infinity, now: () => 0 };
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

interface Way {
  readonly plan: readonly string[];
  readonly totals: Totals;
}

/** Every set of what may be planned that is a plan, the best first. */
function everyPlan({ facts, credential, situation, terms }: Instance): Way[] {
  const open = facts.microCredentials.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const heldUnit = (id: string): boolean => situation.held.some(({ microCredential }) => microCredential === id);
  const ways = seeds(0, 2 ** open.length).flatMap((set): Way[] => {
    const taken = open.filter((_, index) => set & (1 << index));
    const [plan, totals] = [taken.map(({ id }) => id), totalsOf(taken)];
    const ready = taken.every(({ prerequisites = [] }) => prerequisites.every((group) => group.some((id) => plan.includes(id) || heldUnit(id))));
    const within = objectives.every((objective) => totals[objective] <= (terms.budgets?.[objective] ?? Infinity));
    return ready && within && bruteForceVerdict(facts, credential, { ...situation, planned: plan }).verdict !== 'INCOMPLETE' ? [{ plan, totals }] : [];
  });
  return ways.sort((a, b) => compareTotals(a.totals, b.totals, terms.objectives) || (a.plan.join() < b.plan.join() ? -1 : 1));
}

describe('The best plan for any of several credentials', () => {
  it('is the best of the plans for each, and says for which', () => {
    let found = 0;
    for (const seed of seeds(0, 60)) {
      const { facts, situation, terms } = alikeCertificates(seed, { candidates: 6, certificates: 4 });
      const each = facts.credentials.flatMap(({ id }) => {
        const best = bruteForcePlan({ facts, credential: id, situation, terms });
        return best ? [{ id, best }] : [];
      });
      const [best] = each.sort((a, b) => compareTotals(a.best.totals, b.best.totals, terms.objectives) || (a.id < b.id ? -1 : 1));
      const answer = new PathwayEngine(facts).cheapestAmong(undefined, situation, terms, unhurried);
      const chosen = 'planned' in answer ? { credential: answer.credential, plan: answer.planned.plan } : undefined;
      expect({ seed, proof: answer.proof, chosen }).toEqual({
        seed,
        proof: best ? 'OPTIMAL' : 'INFEASIBLE',
        chosen: best && { credential: best.id, plan: best.best.plan },
      });
      if (best) found += 1;
    }
    expect(found).toBeGreaterThan(30);
  });

  it('says what is still open when the time is over at once', () => {
    const { facts, situation } = alikeCertificates(3, { candidates: 6, certificates: 4 });
    const answer = new PathwayEngine(facts).cheapestAmong(undefined, situation, {}, { nodes: 10, until: 0, now: () => 1 });
    expect(answer).toMatchObject({ proof: 'UNKNOWN' });
    expect('unsolved' in answer && answer.unsolved.length).toBeGreaterThan(0);
  });
});

describe('Credentials within reach', () => {
  it('are those too whose best plan takes all of a budget, however that is divided among courses', () => {
    for (const number of [3, 6, 7, 9, 11])
      for (const cost of [1_500, 7_000, 12_500, 14_000, 22_000]) {
        const courses = seeds(1, number).map((one) => `X ${one}`);
        const one = agreement({ id: '1', from: [{ microCredential: 'a' }], grants: courses.map((each) => ({ course: each, credits: 300 })) });
        const certificate = credential(all('root', ...courses.map((each) => course(each))));
        const engine = new PathwayEngine(facts({ microCredentials: [microCredential({ id: 'a', cost })], agreements: [one], credentials: [certificate] }));
        const within = (budget: number) => engine.inReach(undefined, situation({ held: [] }), { budgets: { COST: budget } }, unhurried).length;
        expect({ number, cost, within: [within(cost), within(cost - 1)] }).toEqual({ number, cost, within: [1, 0] });
      }
  });

  it('are those whose best plan keeps the budgets, the best first', () => {
    for (const seed of seeds(100, 40)) {
      const { facts, situation } = alikeCertificates(seed, { candidates: 6, certificates: 4 });
      const terms = { budgets: { COST: 40_000 } };
      const expected = facts.credentials
        .flatMap(({ id }) => {
          const best = bruteForcePlan({ facts, credential: id, situation, terms });
          return best ? [{ id, totals: best.totals }] : [];
        })
        .sort((a, b) => compareTotals(a.totals, b.totals, []) || (a.id < b.id ? -1 : 1));
      const answer = new PathwayEngine(facts).inReach(undefined, situation, terms, unhurried);
      expect({ seed, ids: answer.map(({ credential }) => credential) }).toEqual({ seed, ids: expected.map(({ id }) => id) });
    }
  });
});

describe('The next plans', () => {
  it('are the best that do not hold all of one before', () => {
    for (const seed of seeds(200, 40)) {
      const instance = alikeInstance(seed, { candidates: 5 });
      const expected: Way[] = [];
      for (const way of everyPlan(instance))
        if (expected.length < 4 && !expected.some(({ plan }) => plan.every((id) => way.plan.includes(id)))) expected.push(way);
      const { facts, credential, situation, terms } = instance;
      const { plans, complete } = new PathwayEngine(facts).alternatives(credential, situation, terms, 3, unhurried);
      expect({ seed, complete, plans: plans.map(({ plan }) => plan) }).toEqual({ seed, complete: true, plans: expected.slice(1).map(({ plan }) => plan) });
    }
  });
});

describe('Trade-offs', () => {
  it.each<{ over: Objective[] }>([{ over: ['COST', 'HOURS'] }, { over: ['HOURS', 'COUNT'] }, { over: ['COST', 'HOURS', 'COUNT'] }])(
    'between $over are all that no other plan is better than',
    ({ over }) => {
      for (const seed of seeds(300, 25)) {
        const instance = alikeInstance(seed, { candidates: 5 });
        const ways = everyPlan(instance).map(({ totals }) => over.map((objective) => totals[objective]));
        const best = ways.filter(
          (way) => !ways.some((other) => other.every((value, index) => value <= way[index]!) && other.some((value, index) => value < way[index]!)),
        );
        const expected = [...new Set(best.map((way) => way.join()))].sort();
        const { facts, credential, situation, terms } = instance;
        const { plans, complete } = new PathwayEngine(facts).tradeOffs(credential, situation, over, terms, unhurried);
        const found = plans.map(({ totals }) => over.map((objective) => totals[objective]).join()).sort();
        expect({ seed, complete, found }).toEqual({ seed, complete: true, found: expected });
      }
    },
  );

  it('are refused between one objective, or four', () => {
    const { facts, credential, situation } = alikeInstance(1, { candidates: 4 });
    const engine = new PathwayEngine(facts);
    for (const over of [['COST'], objectives, ['COST', 'COST']] as Objective[][])
      expect(() => engine.tradeOffs(credential, situation, over, {}, unhurried)).toThrow(RangeError);
  });
});
