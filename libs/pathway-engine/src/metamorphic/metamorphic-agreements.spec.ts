import { describe, expect, it } from '@jest/globals';
import { checkPlan } from '../checker/check-answer.ts';
import { PathwayEngine } from '../engine.ts';
import { compareTotals } from '../plan/objectives.ts';
import { agreement, assigned, course, credential, facts, held, microCredential, situation } from '../testing/index.ts';
import { best, ofInstances, withAgreements } from './instances.ts';

describe('One agreement less', () => {
  it('never makes the best plan better, unless it went before one that the better plan uses', () => {
    ofInstances(60, (instance, chance) => {
      const { facts: known, credential: id, situation: who, terms } = instance;
      if (known.agreements.length === 0) return;
      const gone = chance.pick(known.agreements);
      const [before, after] = [best(instance), best(withAgreements(instance, (one) => (one === gone ? [] : [one])))];
      if (!after || (before && compareTotals(after.totals, before.totals, terms.objectives) >= 0)) return;
      const { faults } = checkPlan(known, id, { ...who, planned: after.plan }, terms, after.assignment, after.totals);
      expect([...new Set(faults.map(({ code }) => code))]).toEqual(['DOES_NOT_WIN']);
    });
  });

  it('lets nothing more count, unless that lost to it, or to what wins only because of it', () => {
    ofInstances(60, ({ facts: known, situation: who }, chance) => {
      if (known.agreements.length === 0) return;
      const gone = chance.pick(known.agreements);
      const answers = (agreements: typeof known.agreements) =>
        new Map(new PathwayEngine({ ...known, agreements }).countsFor(who).flatMap((one) => one.answers.map((answer) => [answer.agreement.id, answer])));
      const [before, after] = [answers(known.agreements), answers(known.agreements.filter((one) => one !== gone))];
      for (const [id, { outcome }] of after) {
        const was = before.get(id)!;
        if (outcome === 'COUNTS' && was.outcome !== 'COUNTS') expect(was.reasons.map(({ code }) => code)).toEqual(['LOST_CONFLICT_TO']);
        // What did not win before changed nothing by being there.
        if (before.get(gone.id)?.outcome !== 'COUNTS' && gone.kind !== 'NO_CREDIT') expect(outcome).toBe(was.outcome);
      }
    });
  });

  it('makes it better where it gave no credit and went first: the exception, as it is', () => {
    const none = agreement({ id: 'none', kind: 'NO_CREDIT', from: [{ microCredential: 'a' }], priority: 1 });
    const known = facts({ microCredentials: [microCredential({ id: 'a' })], agreements: [assigned('1', 'a', 'X')], credentials: [credential(course('X'))] });
    const asked = { facts: known, credential: 'cert', situation: situation({ held: [held('a')] }), terms: {} };
    expect(best({ ...asked, facts: { ...known, agreements: [...known.agreements, none] } })).toBeUndefined();
    expect(best(asked)?.plan).toEqual([]);
  });
});
