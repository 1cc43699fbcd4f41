import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Agreement } from '../facts/agreement.ts';
import type { Completion } from '../facts/completion.ts';
import { agreement, assigned, facts, held, microCredential, situation, today } from '../testing/index.ts';
import type { AgreementAnswer } from './counts-for.ts';

const microCredentials = ['a', 'b', 'c'].map((id) => microCredential({ id }));

function answers(agreements: readonly Agreement[], completions: readonly Completion[], declares: readonly string[] = []): readonly AgreementAnswer[] {
  const found = new PathwayEngine(facts({ microCredentials, agreements })).countsFor(situation({ held: completions, declares }));
  return found.flatMap((one) => one.answers);
}

const told = (all: readonly AgreementAnswer[]) => all.map(({ agreement: { id }, outcome, reasons }) => [id, outcome, ...reasons.map(({ code }) => code)]);

describe('What is held counts for', () => {
  it('nothing where no agreement begins from it, or nothing is held', () => {
    expect(answers([assigned('1', 'a', 'X')], [held('b')])).toEqual([]);
    expect(answers([assigned('1', 'a', 'X')], [])).toEqual([]);
  });

  it('what agreements give, at each receiver, in the order of receivers', () => {
    const engine = new PathwayEngine(facts({ microCredentials, agreements: [assigned('1', 'a', 'X', { receiver: 'T' }), assigned('2', 'a', 'Y')] }));
    expect(engine.countsFor(situation({ held: [held('a')] })).map(({ receiver, answers: [only] }) => [receiver, only!.grants[0]!.course])).toEqual([
      ['R', 'Y'],
      ['T', 'X'],
    ]);
    expect(engine.countsFor(situation({ held: [held('a')] }), { receiver: 'T' })).toHaveLength(1);
  });

  it.each<[string, Partial<Agreement>, Partial<Completion>, string]>([
    ['it was completed before the first day', { validFrom: today - 10 }, { completedOn: today - 11 }, 'NOT_YET_EFFECTIVE'],
    ['it was completed after the last day', { validUntil: today - 10 }, { completedOn: today - 10 }, 'COMPLETED_OUTSIDE_WINDOW'],
    ['the grade is too low', { from: [{ microCredential: 'a', minGrade: 7000 }] }, { grade: 6999 }, 'GRADE_BELOW_MIN'],
    ['there is no grade', { from: [{ microCredential: 'a', minGrade: 7000 }] }, {}, 'GRADE_BELOW_MIN'],
    ['the grade is too high', { from: [{ microCredential: 'a', maxGrade: 7000 }] }, { grade: 7001 }, 'GRADE_ABOVE_MAX'],
    ['it is too old', { maxAgeMonths: 6 }, {}, 'STALE_DATED'],
    ['it has expired', { requiresUnexpired: true }, { expiresOn: today }, 'CREDENTIAL_EXPIRED'],
    ['something is missing', { from: [{ microCredential: 'a' }, { microCredential: 'b' }] }, {}, 'CLUSTER_INCOMPLETE'],
    ['a condition is not declared', { conditions: [{ declares: 'admitted', text: 'Admitted.' }] }, {}, 'CONDITION_UNMET'],
    ['it is for other programs', { programScope: ['other'] }, {}, 'PROGRAM_SCOPE'],
    ['it says so', { kind: 'NO_CREDIT', grants: [] }, {}, 'AGREEMENT_NO_CREDIT'],
  ])('nothing when %s, with the reason', (_when, terms, completion, code) => {
    expect(told(answers([assigned('1', 'a', 'X', terms)], [held('a', completion)]))).toEqual([['1', 'DOES_NOT_COUNT', code]]);
  });

  it('what somebody at the receiver has to look at, unless it could not count anyway', () => {
    const ask = agreement({ id: '1', kind: 'INDIVIDUAL_ASSESSMENT', from: [{ microCredential: 'a', minGrade: 7000 }] });
    expect(told(answers([ask], [held('a', { grade: 8000 })]))).toEqual([['1', 'ASK', 'INDIVIDUAL_ASSESSMENT']]);
    expect(told(answers([ask], [held('a', { grade: 5000 })]))).toEqual([['1', 'DOES_NOT_COUNT', 'INDIVIDUAL_ASSESSMENT', 'GRADE_BELOW_MIN']]);
  });

  it('one agreement for the same learning, and names the other ones with the key that decided', () => {
    const both = agreement({ id: '9', kind: 'CLUSTER', from: [{ microCredential: 'a' }, { microCredential: 'b' }], grants: [{ course: 'Z', credits: 300 }] });
    const all = answers([assigned('1', 'a', 'X'), both], [held('a'), held('b')]);
    expect(told(all)).toEqual([
      ['9', 'COUNTS'],
      ['1', 'DOES_NOT_COUNT', 'LOST_CONFLICT_TO'],
    ]);
    expect(all[1]!.reasons).toEqual([{ code: 'LOST_CONFLICT_TO', agreement: '9', key: 'MORE_ITEMS' }]);
  });

  it('nothing of what was revoked, suspended, or lies ahead', () => {
    const completions = [held('a', { status: 'REVOKED' }), held('a', { status: 'SUSPENDED' }), held('a', { completedOn: today + 1 })];
    expect(answers([assigned('1', 'a', 'X')], completions)).toEqual([]);
  });
});
