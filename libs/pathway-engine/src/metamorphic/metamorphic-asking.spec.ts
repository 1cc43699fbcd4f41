import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Requirement } from '../facts/requirement.ts';
import { checkTogether } from '../checker/check-answer.ts';
import { compareTotals, fullOrder } from '../plan/objectives.ts';
import { alikeCertificates, agreement, assigned, course, credential, facts, microCredential, situation } from '../testing/index.ts';
import type { Instance } from '../testing/index.ts';
import { best, ofInstances, unhurried, withCredential, withFacts } from './instances.ts';
import { copied, plain, relaxed } from './relaxations.ts';

describe('Asking for less', () => {
  it('never makes the best plan worse', () => {
    ofInstances(60, (instance, chance) => {
      const [before, after] = [best(instance), best(relaxed(instance, chance))];
      if (before) expect(after && compareTotals(after.totals, before.totals, instance.terms.objectives)).toBeLessThanOrEqual(0);
    });
  });
});

describe('Asking for the same twice', () => {
  it('as a choice changes nothing', () => {
    ofInstances(40, (whole) => {
      const instance = plain(whole);
      const twice = (requirement: Requirement): Requirement => ({ node: 'ANY', id: 'either', of: [requirement, copied(requirement)] });
      const again = withCredential(instance, (one) => ({ ...one, requirement: twice(one.requirement) }));
      expect(best(again)?.plan).toEqual(best(instance)?.plan);
    });
  });

  it('changes nothing where a piece of credit may be used as often as one likes', () => {
    ofInstances(40, (whole) => {
      const instance = plain(whole, 1_000);
      const twice = (requirement: Requirement): Requirement => ({ node: 'ALL', id: 'both', of: [requirement, copied(requirement)] });
      const again = withCredential(instance, (one) => ({ ...one, requirement: twice(one.requirement) }));
      expect(best(again)?.plan).toEqual(best(instance)?.plan);
    });
  });
});

describe('Costs in another measure', () => {
  it('leave the same plan the best, for as many times the cost', () => {
    ofInstances(40, (instance, chance) => {
      const times = chance.pick([2, 7, 100]);
      const { COST, ...budgets } = instance.terms.budgets ?? {};
      const dearer = withFacts(
        { ...instance, terms: { ...instance.terms, budgets: { ...budgets, ...(COST !== undefined && { COST: COST * times }) } } },
        { microCredentials: instance.facts.microCredentials.map((one) => ({ ...one, cost: one.cost * times })) },
      );
      const [before, after] = [best(instance), best(dearer)];
      expect(after?.plan).toEqual(before?.plan);
      expect(after?.totals.COST).toBe(before && before.totals.COST * times);
    });
  });
});

describe('Two credentials', () => {
  /** The best plans for each and for both; undefined when one alone has none. */
  const plansFor = ({ facts: known, situation: who, terms }: Instance, ids: readonly [string, string]) => {
    const { budgets: _budgets, ...free } = terms;
    const [one, other] = ids.map((credential) => best({ facts: known, credential, situation: who, terms: free }));
    if (!one || !other) return undefined;
    return { one, other, free, both: new PathwayEngine(known).together(ids, who, free, unhurried) };
  };

  it('together cost at least as much as either, and no more than one after the other, unless the plans disturb each other', () => {
    let compared = 0;
    ofInstances(30, (_, chance) => {
      const instance = alikeCertificates(chance.between(0, 1_000_000), { candidates: 5, certificates: 2 });
      const found = plansFor(instance, ['cert-1', 'cert-2']);
      if (!found) return;
      compared += 1;
      const { one, other, free, both } = found;
      const [first] = fullOrder(free.objectives);
      const most = one.totals[first!] + other.totals[first!];
      if ('plan' in both) expect(both.totals[first!]).toBeGreaterThanOrEqual(Math.max(one.totals[first!], other.totals[first!]));
      if ('plan' in both && both.totals[first!] <= most) return;
      const claims = [one, other].map(({ assignment }, index) => ({ credential: `cert-${index + 1}`, assignment }));
      const planned = [...new Set([...one.plan, ...other.plan])];
      const { credentials } = checkTogether(instance.facts, claims, { ...instance.situation, planned }, free, one.totals);
      const codes = Object.values(credentials).flatMap(({ faults }) => faults.map(({ code }) => code));
      expect(codes).toContain('DOES_NOT_WIN');
    });
    expect(compared).toBeGreaterThan(3);
  });

  it('may cost more than one after the other, where what one plans goes before what the other counts: the exception, as it is', () => {
    // Beside b, a counts in a cluster, and not for X any more: X then takes the dear one.
    const cluster = agreement({
      id: 'cluster',
      kind: 'CLUSTER',
      from: ['a', 'b'].map((id) => ({ microCredential: id })),
      grants: [{ course: 'W', credits: 300 }],
    });
    const known = facts({
      microCredentials: [microCredential({ id: 'a' }), microCredential({ id: 'b' }), microCredential({ id: 'dear', cost: 90_000 })],
      agreements: [assigned('1', 'a', 'X'), assigned('2', 'dear', 'X'), assigned('3', 'b', 'Y', { receiver: 'T' }), cluster],
      credentials: [credential(course('X'), { id: 'one' }), credential(course('Y'), { id: 'other', institution: 'T' })],
    });
    const found = plansFor({ facts: known, credential: 'one', situation: situation(), terms: {} }, ['one', 'other']);
    expect(found).toMatchObject({
      one: { totals: { COST: 10_000 } },
      other: { totals: { COST: 10_000 } },
      both: { proof: 'OPTIMAL', totals: { COST: 100_000 } },
    });
  });
});
