import { describe, expect, it } from '@jest/globals';
import { MicroCredentialDraft } from '@mcr/contracts';
import { english } from '@mcr/event-kit';
import { bcMcf2021 } from './bc-mcf-2021.ts';
import { competencies } from './competencies.ts';
import { duration } from './duration.ts';
import { blockingFaults, evaluate } from './rule-set.ts';
import { good, many } from '../../testing/definitions.ts';

describe('the rule set', () => {
  it('says of every rule whether it is met, in one order', () => {
    const results = evaluate(bcMcf2021, good);
    expect(results.map(({ ruleId, ruleSet, severity, passed }) => `${ruleSet} ${ruleId} ${severity} ${passed}`)).toEqual(
      ['D1', 'C1', 'A1', 'A2', 'K1', 'K2'].map((ruleId) => `bc-mcf-2021 ${ruleId} ERROR true`),
    );
    for (const { message, hint, pointer } of results) {
      expect(message).toMatch(/^(It|Every) .*\.$/s);
      expect(hint).toMatch(/\.$/);
      expect(pointer).toMatch(/^\//);
    }
  });

  it('finds every fault of an empty definition at once', () => {
    const empty = MicroCredentialDraft.parse({ name: english('Empty'), description: english('Nothing yet.'), dateEffective: '2026-01-01' });
    const evaluations = evaluate(bcMcf2021, empty);
    expect(evaluations.filter(({ passed }) => !passed).map(({ ruleId }) => ruleId)).toEqual(['D1', 'C1', 'A1', 'K1']);
    expect(blockingFaults(evaluations)).toEqual(
      evaluations.filter(({ passed }) => !passed).map(({ ruleId, pointer, message, hint }) => ({ ruleId, pointer, message, hint, code: 'RULE_NOT_MET' })),
    );
  });

  it('counts further breaches of a rule in its result, and lists them as faults', () => {
    const [d1] = evaluate(bcMcf2021, { ...good, totalHours: 300, exactDuration: 'PT400H' });
    expect(d1!.message).toContain('And 1 more');
    expect(d1!.faults).toHaveLength(2);
  });

  it('keeps its numbers as data: another edition has others', () => {
    const stricter = { id: 'bc-mcf-test', rules: [{ ...bcMcf2021.rules[0]!, severity: 'WARNING' as const, check: duration({ lessThanHours: 30 }) }] };
    const [result] = evaluate(stricter, { ...good, totalHours: 40 });
    expect(result).toMatchObject({ ruleId: 'D1', ruleSet: 'bc-mcf-test', severity: 'WARNING', passed: false });
    expect(blockingFaults([result!])).toEqual([]);
    expect(competencies({ count: { min: 2, max: 3 }, characters: { min: 1, max: 10_000 } })({ ...good, competencies: many(1) })).toHaveLength(1);
  });

  it('says the same of the same definition, and changes nothing in it', () => {
    const before = structuredClone(good);
    expect(evaluate(bcMcf2021, good)).toEqual(evaluate(bcMcf2021, structuredClone(good)));
    expect(good).toEqual(before);
  });
});
