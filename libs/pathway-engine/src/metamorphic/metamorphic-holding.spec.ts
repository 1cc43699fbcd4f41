import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../checker/check-answer.ts';
import { PathwayEngine } from '../engine.ts';
import { compareTotals } from '../plan/objectives.ts';
import { agreement, assigned, course, credential, facts, held, howMany, microCredential, situation } from '../testing/index.ts';
import type { Instance } from '../testing/index.ts';
import { best, earned, hasNode, ofInstances, withAgreements, withFacts, withSituation, withoutGrades } from './instances.ts';

const isByTerm = (instance: Instance): boolean => hasNode(instance, (one) => one.node === 'DISTINCT' && one.by === 'TERM');
const unitOf = (instance: Instance): ((id: string) => number) => {
  const { graph } = new PathwayEngine(instance.facts);
  return (id) => graph.unit(id);
};

describe('One more micro-credential that is held', () => {
  it('never makes the best plan worse, unless an agreement that it completes goes before one that the plan used', () => {
    let lost = 0;
    ofInstances(60, (instance, chance) => {
      const { facts: known, credential: id, situation: who, terms } = instance;
      const before = best(instance);
      const unit = unitOf(instance);
      const there = new Set([...who.held.map((one) => unit(one.microCredential)), ...(before?.plan ?? []).map(unit)]);
      const fresh = known.microCredentials.filter((one) => !there.has(unit(one.id)));
      if (!before || fresh.length === 0) return;
      const more = [...who.held, held(chance.pick(fresh).id, { completedOn: who.asOf, grade: 9_000 })];
      const after = best(withSituation(instance, { held: more }));
      if (after && compareTotals(after.totals, before.totals, terms.objectives) <= 0) return;
      lost += 1;
      const checked = checkPlan(known, id, { ...who, held: more, planned: before.plan }, terms, before.assignment, before.totals);
      expect(checked.faults.map(({ code }) => code)).toContain('DOES_NOT_WIN');
      expect([...new Set(checked.faults.map(({ code }) => code))]).toEqual(['DOES_NOT_WIN']);
    });
    expect(lost).toBeLessThan(howMany(20));
  });

  it('takes nothing away that counted, unless something that counts now goes before it', () => {
    ofInstances(60, ({ facts: known, situation: who }, chance) => {
      const engine = new PathwayEngine(known);
      const counted = (held: typeof who.held) =>
        new Map(engine.countsFor({ ...who, held }).flatMap(({ answers }) => answers.map((answer) => [answer.agreement.id, answer])));
      const more = [...who.held, held(chance.pick(known.microCredentials).id, { completedOn: who.asOf })];
      const [before, after] = [counted(who.held), counted(more)];
      for (const [id, answer] of before) {
        const now = after.get(id)!;
        if (answer.outcome !== 'COUNTS' || now.outcome === 'COUNTS') continue;
        expect(now.reasons.map(({ code }) => code)).toEqual(['LOST_CONFLICT_TO']);
        const [reason] = now.reasons;
        const winner = reason?.code === 'LOST_CONFLICT_TO' ? reason.agreement : '';
        expect(before.get(winner)?.outcome).not.toBe('COUNTS');
      }
    });
  });

  it('may take away by a BLOCK over the same learning: the exception, as it is', () => {
    const block = agreement({
      id: 'block',
      kind: 'BLOCK',
      from: [{ microCredential: 'a' }, { microCredential: 'b' }],
      grants: [{ subject: 'DATA', credits: 600 }],
    });
    const known = facts({
      microCredentials: ['a', 'b', 'c'].map((id) => microCredential({ id })),
      agreements: [assigned('single', 'a', 'X'), assigned('other', 'c', 'X'), block],
      credentials: [credential(course('X'))],
    });
    const asked = { facts: known, credential: 'cert', situation: situation({ held: [held('a')] }), terms: {} };
    expect(best(asked)?.plan).toEqual([]);
    expect(best(withSituation(asked, { held: [held('a'), held('b')] }))?.plan).toEqual(['c']);
  });
});

describe('A plan that was carried out', () => {
  it('leaves nothing to plan: the audit is not INCOMPLETE, and the rest costs nothing', () => {
    ofInstances(40, (whole) => {
      const instance = withoutGrades(whole);
      const plan = best(instance);
      const { situation: who, terms } = instance;
      const unit = unitOf(instance);
      // What is held twice is the better of the two, which may be of another term than the one that counted.
      if (!plan || (isByTerm(instance) && plan.plan.some((id) => who.held.some((one) => unit(one.microCredential) === unit(id))))) return;
      const done = withSituation(instance, { held: [...who.held, ...earned(plan.plan, who.asOf)] });
      expect(new PathwayEngine(done.facts).audit(done.credential, done.situation).verdict).not.toBe('INCOMPLETE');
      const { forced: _forced, ...free } = terms;
      expect(best({ ...done, terms: free })).toMatchObject({ plan: [], totals: { COST: 0, HOURS: 0, COUNT: 0, TERMS: 0 } });
    });
  });

  it('in part, prerequisites first, leaves what is left of it, for what is left of its totals', () => {
    ofInstances(40, (whole, chance) => {
      const instance = withoutGrades(whole);
      // Terms of what is planned are not known; once it is earned they are, and count.
      if (isByTerm(instance)) return;
      const { budgets: _budgets, forced: _forced, ...terms } = instance.terms;
      const plan = best({ ...instance, terms });
      if (!plan || plan.plan.length === 0) return;
      const { facts: known, situation: who } = instance;
      const unit = unitOf(instance);
      const usable = who.held.filter(({ status = 'ACTIVE', completedOn }) => status === 'ACTIVE' && completedOn <= who.asOf);
      const there = new Set(usable.map((one) => unit(one.microCredential)));
      const first: string[] = [];
      for (let left = chance.between(1, plan.plan.length); left > 0; left -= 1) {
        const ready = plan.plan.find((id) => {
          const groups = known.microCredentials.find((one) => one.id === id)!.prerequisites ?? [];
          return !first.includes(id) && groups.every((group) => group.some((one) => there.has(unit(one))));
        });
        if (ready === undefined) break;
        first.push(ready);
        there.add(unit(ready));
      }
      const rest = best({ ...withSituation(instance, { held: [...who.held, ...earned(first, who.asOf)] }), terms });
      const spent = known.microCredentials.filter(({ id }) => first.includes(id));
      const cost = spent.reduce((sum, one) => sum + one.cost, 0);
      expect(rest?.plan).toEqual(plan.plan.filter((id) => !first.includes(id)));
      expect(rest?.totals.COST).toBe(plan.totals.COST - cost);
    });
  });
});

describe('What is held', () => {
  it('is worth as much as its twin', () => {
    ofInstances(40, (instance, chance) => {
      const { facts: known, situation: who } = instance;
      if (who.held.length === 0) return;
      const { microCredential: id } = chance.pick(who.held);
      const one = known.microCredentials.find((each) => each.id === id)!;
      const sameAs = one.sameAs ?? 'twins now';
      // The twin may not be planned, so that both questions leave the same choice.
      const twin = { ...one, id: `${id}-twin`, sameAs, offeredFrom: 0, offeredUntil: 1 };
      const both = withFacts(instance, { microCredentials: [...known.microCredentials.map((each) => (each.id === id ? { ...each, sameAs } : each)), twin] });
      const swapped = who.held.map((each) => (each.microCredential === id ? { ...each, microCredential: twin.id } : each));
      expect(best(withSituation(both, { held: swapped }))?.totals).toEqual(best(both)?.totals);
    });
  });

  it('and has expired counts as absent by itself, and by agreements that ask for what has not', () => {
    ofInstances(40, (whole) => {
      const strict = withAgreements(whole, (one) => [{ ...one, requiresUnexpired: true }]);
      // Once earned, it stays a prerequisite.
      const instance = withFacts(strict, { microCredentials: strict.facts.microCredentials.map((one) => ({ ...one, prerequisites: [] })) });
      const { situation: who } = instance;
      const expired = who.held.map((one, index) => (index % 2 === 0 ? { ...one, expiresOn: who.asOf } : one));
      const absent = who.held.filter((_, index) => index % 2 !== 0);
      const [gone, none] = [best(withSituation(instance, { held: expired })), best(withSituation(instance, { held: absent }))];
      expect(gone?.plan).toEqual(none?.plan);
      expect(gone?.assignment).toEqual(none?.assignment);
    });
  });

  it('and has expired counts as before for agreements that do not ask: it was earned', () => {
    ofInstances(40, (whole) => {
      const lenient = withAgreements(whole, (one) => [{ ...one, requiresUnexpired: false }]);
      const { facts: known, situation: who } = lenient;
      const counting = (held: typeof who.held) =>
        new PathwayEngine(known)
          .countsFor({ ...who, held })
          .flatMap(({ answers }) => answers.flatMap(({ outcome, agreement: { id } }) => (outcome === 'COUNTS' ? [id] : [])));
      expect(counting(who.held.map((one) => ({ ...one, expiresOn: who.asOf })))).toEqual(counting(who.held.map(({ expiresOn: _on, ...one }) => one)));
    });
  });
});
