import { describe, expect, it } from '@jest/globals';
import { dayOf } from '@mcr/pathway-engine';
import { aPublishedMicroCredential } from '@mcr/testing';
import { agreementFact, pathwayFact } from './graph-facts.ts';
import { microCredentialFact } from './micro-credential-fact.ts';
import { folded, gradeInHundredths } from './public-units.ts';

describe('What the engine is told of a micro-credential', () => {
  const told = (changes: Parameters<typeof aPublishedMicroCredential>[0]) => microCredentialFact(aPublishedMicroCredential(changes));

  it('is in minutes, cents and hundredths of a credit', () => {
    const estimatedCost = [0.1, 0.2].map((price) => ({ price, currency: 'CAD' as const }));
    expect(told({ totalHours: 37.25, estimatedCost, creditValue: { value: 1.25, creditUnitType: 'SemesterHours' } })).toMatchObject({
      minutes: 2235,
      cost: 30,
      credits: 125,
      terms: 1,
    });
  });

  it('counts three quarter hours as two credits, and a non-credit one as none', () => {
    expect(told({ creditValue: { value: 3, creditUnitType: 'QuarterHours' } }).credits).toBe(200);
    expect(told({ isNonCredit: true }).credits).toBe(0);
  });

  it.each([
    ['DVE 100', 'DVE', 100],
    ['comp-2511', 'COMP', 200],
    ['BUSN 345L', 'BUSN', 300],
    ['Level 2', undefined, undefined],
    [undefined, undefined, undefined],
  ])('has subject and level from its coded notation %s', (codedNotation, subject, level) => {
    const fact = told({ codedNotation });
    expect([fact.subject, fact.level]).toEqual([subject, level]);
  });

  it('has the level of its credit where no notation says one', () => {
    expect(told({ creditValue: { value: 3, creditUnitType: 'SemesterHours', creditLevelType: 'UpperDivision' } }).level).toBe(300);
  });

  it('can be begun up to and including its last day', () => {
    expect(told({ dateEffective: '2026-01-01', expirationDate: '2026-12-31' })).toMatchObject({
      offeredFrom: dayOf('2026-01-01'),
      offeredUntil: dayOf('2027-01-01'),
    });
  });
});

describe('What the engine is told of an agreement', () => {
  it('names courses the same however they are written, and ends after its last day', () => {
    const terms = { kind: 'ASSIGNED' as const, from: [{ microCredential: 'ce-a', minGrade: 72.3 }], startDate: '2026-01-01', endDate: '2026-12-31' };
    const agreement = { ...terms, ctid: 'ce-1', sendingOrganization: 'ce-s', receivingOrganization: 'ce-r', recordedOn: '2026-01-01' };
    const fact = agreementFact({ ...agreement, grants: [{ course: ' stat  200', subject: 'stat', credits: 1.1 }] });
    expect(fact).toMatchObject({
      grants: [{ course: 'STAT 200', subject: 'STAT', credits: 110 }],
      from: [{ minGrade: 7230 }],
      validUntil: dayOf('2027-01-01'),
    });
  });
});

describe('What the engine is told of a pathway', () => {
  it('caps credits in hundredths, and pieces in pieces', () => {
    const cap = (within: 'CREDITS' | 'COUNT') =>
      pathwayFact({
        ctid: 'ce-1',
        version: 1,
        name: { 'en-CA': 'A' },
        ownedBy: 'ce-i',
        kind: 'LADDER',
        destinationType: 'DIPLOMA',
        startDate: '2026-01-01',
        requirement: { node: 'AT_MOST', id: 'cap', max: 2, from: { subjects: ['stat'] }, within: { node: within, id: 'in', min: 3, from: {} } },
        limits: [],
        status: 'PUBLISHED',
      }).requirement;
    expect(cap('CREDITS')).toMatchObject({ max: 200, of: { subjects: ['STAT'] }, within: { min: 300 } });
    expect(cap('COUNT')).toMatchObject({ max: 2, within: { min: 3 } });
  });
});

describe('Public units', () => {
  it('never make a grade better', () => {
    expect([69.999, 72.3, 100].map(gradeInHundredths)).toEqual([6999, 7230, 10_000]);
  });

  it('know a course in any case and spacing', () => {
    expect(folded('  fren\t1xx ')).toBe('FREN 1XX');
  });
});
