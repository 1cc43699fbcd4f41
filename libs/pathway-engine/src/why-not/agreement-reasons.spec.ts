import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import { agreement, assigned, held, today } from '../testing/index.ts';
import { outcomeOf } from '../testing/why-not-setting.ts';
import type { WhyNotCase } from '../testing/why-not-setting.ts';

const one = (some: Partial<Agreement> = {}, id = '1') => assigned(id, 'a', 'X', some);
const both = (id: string, some: Partial<Agreement> = {}) =>
  agreement({ id, kind: 'CLUSTER', from: [{ microCredential: 'a' }, { microCredential: 'b' }], grants: [{ course: 'X', credits: 300 }], ...some });

const cases: readonly WhyNotCase[] = [
  { code: 'NO_AGREEMENT', when: 'nobody has agreed on it', says: { receiver: 'R' }, fixes: [{ fix: 'AGREEMENT' }] },
  {
    code: 'AGREEMENT_NO_CREDIT',
    when: 'an agreement says that it gives nothing',
    agreements: [one({ kind: 'NO_CREDIT', grants: [] })],
    fixes: [{ fix: 'AMEND' }],
  },
  {
    code: 'AGREEMENT_NO_CREDIT',
    when: 'an agreement says that it gives nothing for what carries no credit',
    micros: [{ id: 'a', credits: 0 }],
    agreements: [one({ kind: 'NO_CREDIT', grants: [] })],
    fixes: [{ fix: 'AMEND', to: { kind: 'UNASSIGNED', grants: [{ credits: 300 }] } }],
  },
  {
    code: 'NON_CREDIT',
    when: 'nobody has agreed on what carries no credit',
    micros: [{ id: 'a', credits: 0 }],
    says: { microCredential: 'a' },
    fixes: [{ fix: 'AGREEMENT', agreement: { kind: 'UNASSIGNED', grants: [{ credits: 300 }] } }],
  },
  {
    code: 'NOT_YET_EFFECTIVE',
    when: 'it was completed before the agreement, which is in force',
    agreements: [one({ validFrom: today - 9 })],
    says: { from: today - 9 },
    fixes: [{ fix: 'COMPLETE', completedOn: today }],
  },
  {
    code: 'EXPIRED_AGREEMENT',
    when: 'what is missing cannot be completed in time any more',
    agreements: [both('1', { validUntil: today })],
    says: { until: today },
    fixes: [
      { fix: 'HOLD', microCredentials: ['b'] },
      { fix: 'AMEND', to: { validFrom: 0, validUntil: null } },
    ],
  },
  {
    code: 'COMPLETED_OUTSIDE_WINDOW',
    when: 'it was completed after the last day',
    agreements: [one({ validUntil: today - 500 })],
    says: { until: today - 500 },
    fixes: [{ fix: 'AMEND', to: { validFrom: 0, validUntil: null } }],
  },
  {
    code: 'GRADE_BELOW_MIN',
    when: 'the grade is too low',
    agreements: [one({ from: [{ microCredential: 'a', minGrade: 7000 }] })],
    held: [held('a', { grade: 6999 })],
    says: { have: 6999, need: 7000 },
    fixes: [{ fix: 'GRADE', atLeast: 7000 }],
  },
  {
    code: 'GRADE_ABOVE_MAX',
    when: 'the grade is too high for the lesser course',
    agreements: [one({ from: [{ microCredential: 'a', maxGrade: 7000 }] })],
    held: [held('a', { grade: 7001 })],
    says: { have: 7001, most: 7000 },
    fixes: [{ fix: 'GRADE', atMost: 7000 }],
  },
  { code: 'STALE_DATED', when: 'it is too old', agreements: [one({ maxAgeMonths: 6 })], says: { months: 6 }, fixes: [{ fix: 'COMPLETE' }] },
  {
    code: 'CREDENTIAL_EXPIRED',
    when: 'it has expired and must not',
    agreements: [one({ requiresUnexpired: true })],
    held: [held('a', { expiresOn: today })],
    says: { on: today },
    fixes: [{ fix: 'COMPLETE' }],
  },
  { code: 'REVOKED', when: 'it was revoked', agreements: [one()], held: [held('a', { status: 'REVOKED' })], fixes: [{ fix: 'COMPLETE' }] },
  { code: 'SUSPENDED', when: 'it is suspended', agreements: [one()], held: [held('a', { status: 'SUSPENDED' })], fixes: [{ fix: 'REINSTATE' }] },
  { code: 'CLUSTER_INCOMPLETE', when: 'another is needed beside it', agreements: [both('1')], says: { missing: ['b'] }, fixes: [{ fix: 'HOLD' }] },
  {
    code: 'CONDITION_UNMET',
    when: 'something is not declared',
    agreements: [one({ conditions: [{ declares: 'admitted', text: 'Admitted.' }] })],
    says: { condition: { declares: 'admitted', text: 'Admitted.' } },
    fixes: [{ fix: 'DECLARE', declares: 'admitted' }],
  },
  {
    code: 'INDIVIDUAL_ASSESSMENT',
    when: 'somebody has to look at it',
    agreements: [one({ kind: 'INDIVIDUAL_ASSESSMENT', grants: [] })],
    fixes: [{ fix: 'ASK', agreement: '1' }],
  },
  {
    code: 'SUPERSEDED_BY',
    when: 'a later agreement takes what it needs beside it',
    agreements: [both('1'), agreement({ ...both('2'), from: [{ microCredential: 'b' }, { microCredential: 'c' }], recordedOn: 9 })],
    held: ['a', 'b', 'c'].map((id) => held(id)),
    says: { agreement: '2' },
    fixes: [{ fix: 'AMEND', to: { priority: 1 } }],
  },
  {
    code: 'LOST_CONFLICT_TO',
    when: 'an agreement of higher priority takes what it needs beside it',
    agreements: [both('1'), assigned('2', 'b', 'Y', { priority: 5 })],
    held: [held('a'), held('b')],
    says: { agreement: '2', key: 'PRIORITY' },
    fixes: [{ fix: 'AMEND', to: { priority: 6 } }],
  },
];

describe('A receiver does not recognise what is held', () => {
  it.each(cases)('when $when: $code', (each) => {
    const { reason, fixes, recognised } = outcomeOf(each);
    expect(reason).toMatchObject(each.says ?? {});
    expect(fixes).toMatchObject(each.fixes);
    expect(recognised).toEqual([...fixes.map(() => false), true]);
  });
});
