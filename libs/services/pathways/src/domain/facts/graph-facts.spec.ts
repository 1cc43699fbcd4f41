import { describe, expect, it } from '@jest/globals';
import { agreementKinds, checkAgreement, dayOf } from '@mcr/pathway-engine';
import { aPublishedMicroCredential } from '@mcr/testing';
import { agreementFact, versionFact } from './graph-facts.ts';
import { microCredentialFact } from './micro-credential-fact.ts';
import { folded, wholeHundredths } from './public-units.ts';

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
    const from = [{ microCredential: 'ce-a', minGrade: 72.3 }];
    const terms = { kind: 'ASSIGNED' as const, from, startDate: '2026-01-01', endDate: '2026-12-31', priority: 0, requiresUnexpired: false, conditions: [] };
    const agreement = { ...terms, ctid: 'ce-1', sendingOrganization: 'ce-s', receivingOrganization: 'ce-r', recordedOn: '2026-01-01' };
    const fact = agreementFact({ ...agreement, grants: [{ course: ' stat  200', subject: 'stat', credits: 1.1 }] });
    expect(fact).toMatchObject({
      grants: [{ course: 'STAT 200', subject: 'STAT', credits: 110, written: { course: ' stat  200', subject: 'stat' } }],
      from: [{ minGrade: 7230 }],
      validUntil: dayOf('2027-01-01'),
    });
  });
});

describe('What the engine is told of an agreement of any kind', () => {
  const parties = { ctid: 'ce-1', sendingOrganization: 'ce-s', receivingOrganization: 'ce-r', recordedOn: '2026-01-01', startDate: '2026-01-01' };
  const plain = { ...parties, priority: 0, requiresUnexpired: false, conditions: [] };

  it('has everything on which it depends whether it counts', () => {
    const conditions = [{ declares: 'ADMITTED', text: 'Admitted to the program.' }];
    const asked = { priority: -2, maxAgeMonths: 60, requiresUnexpired: true, programScope: ['ce-p'], conditions, capBucket: 'b', exclusiveGroup: 'g' };
    const from = [{ microCredential: 'ce-a', minGrade: 60, maxGrade: 79.99 }];
    const grants = [{ subject: 'ling', areas: ['16'], credits: 0, waives: 'phonetics' }];
    expect(agreementFact({ ...plain, kind: 'EXEMPTION', from, grants, ...asked, evidenceUrl: 'https://www.example.org/1' })).toEqual({
      id: 'ce-1',
      kind: 'EXEMPTION',
      sender: 'ce-s',
      receiver: 'ce-r',
      from: [{ microCredential: 'ce-a', minGrade: 6000, maxGrade: 7999 }],
      grants: [{ subject: 'LING', areas: ['16'], credits: 0, waives: 'phonetics', written: { subject: 'ling' } }],
      validFrom: dayOf('2026-01-01'),
      validUntil: null,
      recordedOn: dayOf('2026-01-01'),
      ...asked,
    });
  });

  it.each(agreementKinds)('is without faults as %s', (kind) => {
    const waived = { subject: 'LING', credits: 0, waives: 'phonetics' };
    const course = { course: 'LING 311', subject: 'LING', credits: 3 };
    const grants: Record<string, { course?: string; subject: string; credits: number; waives?: string }[]> = {
      NO_CREDIT: [],
      INDIVIDUAL_ASSESSMENT: [],
      EXEMPTION: [waived],
      UNASSIGNED: [{ subject: 'LING', credits: 3 }],
      BLOCK: [course, waived],
    };
    const terms = { kind, from: [{ microCredential: 'ce-a' }, { microCredential: 'ce-b' }], grants: grants[kind] ?? [course] };
    expect(checkAgreement(agreementFact({ ...plain, ...terms, ...(kind === 'STACK' && { sendingOrganization: 'ce-r' }) }))).toEqual([]);
  });
});

describe('What the engine is told of a pathway', () => {
  it('caps credits in hundredths, and pieces in pieces', () => {
    const cap = (within: 'CREDITS' | 'COUNT') =>
      versionFact({
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

describe('What the engine is told of sharing', () => {
  it('is in hundredths of a credit, and of a percent', () => {
    const across = [{ credits: 4.5 }, { with: 'ce-2', percent: 33.33 }];
    const { sharing } = versionFact({
      ctid: 'ce-1',
      version: 1,
      name: { 'en-CA': 'A' },
      ownedBy: 'ce-i',
      kind: 'LADDER',
      destinationType: 'DIPLOMA',
      startDate: '2026-01-01',
      requirement: { node: 'COURSE', id: 'a', course: 'A 1' },
      limits: [],
      sharing: { maxUses: 1, across },
      status: 'PUBLISHED',
    });
    expect(sharing).toEqual({ maxUses: 1, across: [{ max: 450 }, { with: 'ce-2', share: 3333 }] });
  });
});

describe('Public units', () => {
  it('never make a grade better', () => {
    expect([69.999, 72.3, 100].map(wholeHundredths)).toEqual([6999, 7230, 10_000]);
  });

  it('know a course in any case and spacing', () => {
    expect(folded('  fren\t1xx ')).toBe('FREN 1XX');
  });
});
