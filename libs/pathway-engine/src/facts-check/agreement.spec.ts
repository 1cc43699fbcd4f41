import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import { Graph } from '../graph/graph.ts';
import { agreement, all, assigned, course, credential, facts, microCredential } from '../testing/index.ts';
import { checkAgreement, checkAgreementAgainst } from './agreement.ts';
import type { FactFault } from './fault.ts';

const grants = [{ course: 'X', credits: 300 }];
const of = (some: Partial<Agreement>): Agreement => assigned('1', 'a', 'X', some);
const two = [{ microCredential: 'a' }, { microCredential: 'b' }];
const told = (faults: readonly FactFault[]) => faults.map(({ code, pointer }) => `${code} ${pointer}`);

describe('An agreement by itself', () => {
  it.each<[string, Partial<Agreement>]>([
    ['ASSIGNED', { from: [{ microCredential: 'a', minGrade: 5000, maxGrade: 5000 }], maxAgeMonths: 24, programScope: ['cert'], priority: -1 }],
    ['CLUSTER', { from: two }],
    ['CONDITIONAL', { conditions: [{ declares: 'admitted', text: 'Admitted.' }] }],
    ['STACK', { sender: 'R' }],
    ['BLOCK', { grants: [{ credits: 600, waives: 'x' }] }],
    ['PLAR', { grants: [{ subject: 'ART', credits: 300 }], capBucket: 'PLAR' }],
    ['EXEMPTION', { grants: [{ credits: 0, waives: 'x' }] }],
    ['UNASSIGNED', { grants: [{ subject: 'ART', level: 100, credits: 300 }] }],
    ['NO_CREDIT', { grants: [] }],
    ['INDIVIDUAL_ASSESSMENT', { grants: [] }],
  ])('of the kind %s may be published', (kind, some) => {
    expect(checkAgreement(of({ kind: kind as Agreement['kind'], ...some }))).toEqual([]);
  });

  it.each<[string, Partial<Agreement>, string]>([
    ['a term of no day', { validFrom: 10, validUntil: 10 }, 'EMPTY_TERM /validUntil'],
    ['a term that ends before it begins', { validFrom: 10, validUntil: 9 }, 'EMPTY_TERM /validUntil'],
    ['grades in the wrong order', { from: [{ microCredential: 'a', minGrade: 8000, maxGrade: 7000 }] }, 'RANGE_REVERSED /from/0/maxGrade'],
    ['a grade above all', { from: [{ microCredential: 'a', minGrade: 10_001 }] }, 'TOO_BIG /from/0/minGrade'],
    ['nothing to begin from', { from: [] }, 'TOO_SMALL /from'],
    ['the same thing twice', { from: [...two, { microCredential: 'a' }] }, 'DUPLICATE /from/2'],
    ['credit for nothing', { kind: 'NO_CREDIT', grants }, 'GRANTS_NOT_ALLOWED /grants'],
    ['no credit', { grants: [] }, 'GRANTS_REQUIRED /grants'],
    ['less than no credit', { grants: [{ course: 'X', credits: -1 }] }, 'TOO_SMALL /grants/0/credits'],
    ['half a hundredth of a credit', { grants: [{ course: 'X', credits: 0.5 }] }, 'NOT_AN_INTEGER /grants/0/credits'],
    ['no course where one must be named', { grants: [{ subject: 'ART', credits: 300 }] }, 'COURSE_REQUIRED /grants/0'],
    ['a course where none may be named', { kind: 'UNASSIGNED' }, 'COURSE_NOT_ALLOWED /grants/0/course'],
    ['an exemption with credit', { kind: 'EXEMPTION', grants: [{ credits: 1, waives: 'x' }] }, 'CREDIT_NOT_ALLOWED /grants/0/credits'],
    ['an exemption from nothing', { kind: 'EXEMPTION', grants: [{ credits: 0 }] }, 'WAIVER_REQUIRED /grants/0'],
    ['a cluster of one', { kind: 'CLUSTER' }, 'CLUSTER_TOO_SMALL /from'],
    ['one party', { sender: 'R' }, 'SELF_AGREEMENT /receiver'],
    ['a stack of what others teach', { kind: 'STACK' }, 'STACK_OF_ANOTHER /sender'],
    ['a kind that there is not', { kind: 'GIFT' as never }, 'INVALID_VALUE /kind'],
    ['a scope of no program', { programScope: [] }, 'TOO_SMALL /programScope'],
    ['an empty name', { capBucket: ' ' }, 'TOO_SMALL /capBucket'],
  ])('is refused with %s', (_with, some, fault) => {
    expect(told(checkAgreement(of(some)))).toEqual([fault]);
  });

  it('is refused with everything that is wrong with it at once, and a word on each', () => {
    const wrong = of({ kind: 'CLUSTER', sender: 'R', grants: [{ credits: NaN }], validFrom: 5, validUntil: 4 });
    const faults = checkAgreement(wrong);
    expect(told(faults).sort()).toEqual([
      'CLUSTER_TOO_SMALL /from',
      'COURSE_REQUIRED /grants/0',
      'EMPTY_TERM /validUntil',
      'NOT_AN_INTEGER /grants/0/credits',
      'SELF_AGREEMENT /receiver',
    ]);
    for (const { message, hint } of faults) expect([message, hint].join(' ').length).toBeGreaterThan(20);
  });
});

describe('An agreement beside the facts', () => {
  const known = facts({
    microCredentials: [
      ...['a', 'b'].map((id) => microCredential({ id })),
      ...['c', 'd'].map((id) => microCredential({ id, sameAs: 'twins' })),
      microCredential({ id: 'free', credits: 0 }),
    ],
    agreements: [assigned('there', 'c', 'X', { validFrom: 100, validUntil: 200 })],
    credentials: [credential(all('root', course('X')))],
  });
  const beside = (some: Partial<Agreement>) => told(checkAgreementAgainst(Graph.of(known), of(some)));

  it('may be published when everything that it names is there', () => {
    expect(beside({ from: two, programScope: ['cert'], grants: [{ credits: 0, waives: 'X' }] })).toEqual([]);
  });

  it.each<[string, Partial<Agreement>, string]>([
    ['a micro-credential that is not there', { from: [{ microCredential: 'z' }] }, 'UNKNOWN_MICRO_CREDENTIAL /from/0/microCredential'],
    ['a requirement that nothing has', { grants: [{ credits: 0, waives: 'z' }] }, 'UNKNOWN_REQUIREMENT /grants/0/waives'],
    ['a requirement of another institution', { receiver: 'T', grants: [{ credits: 0, waives: 'X' }] }, 'UNKNOWN_REQUIREMENT /grants/0/waives'],
    ['a program that is not there', { programScope: ['cert', 'z'] }, 'UNKNOWN_CREDENTIAL /programScope/1'],
    ['a program of another institution', { receiver: 'T', programScope: ['cert'] }, 'UNKNOWN_CREDENTIAL /programScope/0'],
    ['twins', { from: [...two, { microCredential: 'c' }, { microCredential: 'd' }] }, 'DUPLICATE /from/3'],
    ['courses for what carries no credit', { from: [{ microCredential: 'free' }] }, 'NONCREDIT_ASSIGNED /from/0/microCredential'],
    ['a promise that is made already, of a twin', { from: [{ microCredential: 'd' }], validFrom: 199 }, 'OVERLAP /validFrom'],
  ])('is refused with %s', (_with, some, fault) => {
    expect(beside(some)).toEqual([fault]);
  });

  it('is refused as a cluster of one with its twin', () => {
    expect(beside({ kind: 'CLUSTER', from: [{ microCredential: 'c' }, { microCredential: 'd' }] })).toContain('CLUSTER_TOO_SMALL /from');
  });

  it('may repeat a promise from the day on which that ends, for other grants, from another sender, or as its next version', () => {
    const from = [{ microCredential: 'c' }];
    const others: Partial<Agreement>[] = [
      { validFrom: 200 },
      { validUntil: 100 },
      { grants: [{ course: 'Y', credits: 300 }] },
      { sender: 'T' },
      { id: 'there' },
    ];
    for (const other of others) expect(beside({ from, ...other })).toEqual([]);
  });

  it('may grant a subject for what carries no credit', () => {
    const some = agreement({ id: '1', kind: 'UNASSIGNED', from: [{ microCredential: 'free' }], grants: [{ subject: 'ART', credits: 100 }] });
    expect(checkAgreementAgainst(Graph.of(known), some)).toEqual([]);
  });
});
