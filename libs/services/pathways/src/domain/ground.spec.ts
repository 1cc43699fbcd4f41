import { describe, expect, it } from '@jest/globals';
import { type Period, groundOf, overlap } from './ground.ts';

const terms = {
  sendingOrganization: 'ce-1',
  receivingOrganization: 'ce-2',
  from: [{ microCredential: 'ce-a' }, { microCredential: 'ce-b' }],
  grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
  conditions: [{ declares: 'ADMITTED', text: 'Admitted to the program.' }],
};

describe('The ground of an agreement', () => {
  it.each([
    ['the order of its items', { from: terms.from.toReversed() }],
    ['the grades it asks for', { from: [{ microCredential: 'ce-a', minGrade: 60 }, { microCredential: 'ce-b' }] }],
    ['the credits it gives', { grants: [{ course: 'STAT 200', subject: 'STAT', credits: 1.5 }] }],
    ['the words of its conditions', { conditions: [{ declares: 'ADMITTED', text: 'Is admitted.' }] }],
    ['the spelling of a course', { grants: [{ course: ' stat  200', subject: 'Statistics', credits: 3 }] }],
  ])('does not depend on %s', (_what, changes) => {
    expect(groundOf({ ...terms, ...changes })).toBe(groundOf(terms));
  });

  it.each([
    ['other items', { from: [{ microCredential: 'ce-a' }] }],
    ['another course', { grants: [{ course: 'STAT 201', subject: 'STAT', credits: 3 }] }],
    ['credit without a course', { grants: [{ subject: 'STAT 200', credits: 3 }] }],
    ['a requirement that is waived', { grants: [{ ...terms.grants[0]!, waives: 'statistics' }] }],
    ['everybody', { conditions: [] }],
    ['the way back', { sendingOrganization: 'ce-2', receivingOrganization: 'ce-1' }],
    ['another receiver', { receivingOrganization: 'ce-3' }],
  ])('is another for %s', (_what, changes) => {
    expect(groundOf({ ...terms, ...changes })).not.toBe(groundOf(terms));
  });

  it('tells levels of a subject apart', () => {
    const field = (level?: number) => groundOf({ ...terms, grants: [{ subject: 'STAT', level, credits: 3 }] });
    expect(new Set([field(100), field(200), field()]).size).toBe(3);
  });
});

const period = (startDate: string, endDate?: string): Period => ({ startDate, endDate });

describe('Two periods', () => {
  it.each([
    ['share the day on which one ends and the other begins', period('2026-01-01', '2026-06-30'), period('2026-06-30', '2026-12-31'), true],
    ['share nothing when one begins the day after', period('2026-01-01', '2026-06-30'), period('2026-07-01', '2026-12-31'), false],
    ['share days when neither ends', period('2026-01-01'), period('2030-01-01'), true],
    ['share nothing when one ends before the endless one begins', period('2026-01-01', '2026-06-30'), period('2026-07-01'), false],
    ['share days when one lies within the other', period('2026-01-01', '2026-12-31'), period('2026-05-01', '2026-06-01'), true],
  ])('%s', (_what, one, other, expected) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([expected, expected]);
  });
});
