import { describe, expect, it } from '@jest/globals';
import type { Facts, Proposal } from '../agreement.ts';
import { faultsOfProposal } from './faults.ts';

const [CREDIT, NON_CREDIT, OF_OTHERS] = ['ce-credit', 'ce-non-credit', 'ce-of-others'];

const facts: Facts = {
  institutions: new Map([
    ['BCIT', { ctid: 'ce-bcit', code: 'BCIT', status: 'ACTIVE' }],
    ['UBC', { ctid: 'ce-ubc', code: 'UBC', status: 'SUSPENDED' }],
    ['NEW', { ctid: 'ce-new', code: 'NEW', status: 'INVITED' }],
  ]),
  microCredentials: new Map([
    [CREDIT, { ctid: CREDIT, isNonCredit: false, offeredBy: ['ce-bcit'] }],
    [NON_CREDIT, { ctid: NON_CREDIT, isNonCredit: true, offeredBy: ['ce-ubc', 'ce-bcit'] }],
    [OF_OTHERS, { ctid: OF_OTHERS, isNonCredit: false, offeredBy: ['ce-ubc'] }],
  ]),
};

const proposal = (changes: Partial<Proposal> = {}): Proposal => ({
  sender: 'BCIT',
  receiver: 'UBC',
  kind: 'ASSIGNED',
  from: [{ microCredential: CREDIT }],
  grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
  startDate: '2026-01-01',
  priority: 0,
  requiresUnexpired: false,
  conditions: [],
  ...changes,
});
const unassigned = { kind: 'UNASSIGNED', grants: [{ subject: 'STAT', level: 100, credits: 3 }] } as const;

const found = (changes: Partial<Proposal>): string[] => faultsOfProposal(proposal(changes), facts).map(({ pointer, code }) => `${pointer} ${code}`);

const refused: [what: string, changes: Partial<Proposal>, faults: string[]][] = [
  ['an unknown sender', { sender: 'NOBODY' }, ['/sender INSTITUTION_NOT_FOUND']],
  ['a receiver that was only invited', { receiver: 'NEW' }, ['/receiver INSTITUTION_NOT_FOUND']],
  ['an institution with itself', { receiver: 'BCIT' }, ['/receiver SENDER_IS_RECEIVER']],
  ['an unknown micro-credential', { from: [{ microCredential: 'ce-unknown' }] }, ['/from/0/microCredential MICRO_CREDENTIAL_NOT_FOUND']],
  ['one that the sender does not offer', { from: [{ microCredential: OF_OTHERS }] }, ['/from/0/microCredential MICRO_CREDENTIAL_NOT_FOUND']],
  ['a non-credit one for a course', { from: [{ microCredential: NON_CREDIT }] }, ['/from/0/microCredential NONCREDIT_ASSIGNED']],
  [
    'a non-credit one in a cluster',
    { kind: 'CLUSTER', from: [{ microCredential: CREDIT }, { microCredential: NON_CREDIT }] },
    ['/from/1/microCredential NONCREDIT_ASSIGNED'],
  ],
  ['the same item twice', { from: [{ microCredential: CREDIT }, { microCredential: CREDIT, minGrade: 60 }] }, ['/from/1 DUPLICATE_ITEM']],
  ['a cluster of one', { kind: 'CLUSTER' }, ['/from CLUSTER_TOO_SMALL']],
  [
    'a cluster of one, named twice',
    { kind: 'CLUSTER', from: [{ microCredential: CREDIT }, { microCredential: CREDIT }] },
    ['/from/1 DUPLICATE_ITEM', '/from CLUSTER_TOO_SMALL'],
  ],
  ['assigned credit without a course', { grants: [{ subject: 'STAT', credits: 3 }] }, ['/grants/0 COURSE_REQUIRED']],
  ['unassigned credit with a course', { kind: 'UNASSIGNED' }, ['/grants/0/course COURSE_NOT_ALLOWED']],
  ['a stack of another institution', { kind: 'STACK' }, ['/sender STACK_OF_ANOTHER']],
  ['grades that no learner has', { from: [{ microCredential: CREDIT, minGrade: 80, maxGrade: 79.5 }] }, ['/from/0/maxGrade RANGE_REVERSED']],
  ['nothing granted', { grants: [] }, ['/grants GRANTS_REQUIRED']],
  ['something granted as no credit', { kind: 'NO_CREDIT' }, ['/grants GRANTS_NOT_ALLOWED']],
  ['no credits for a course', { grants: [{ course: 'STAT 200', subject: 'STAT', credits: 0 }] }, ['/grants/0/credits CREDITS_REQUIRED']],
  ['an exemption from nothing', { kind: 'EXEMPTION', grants: [{ subject: 'STAT', credits: 0 }] }, ['/grants/0 WAIVER_REQUIRED']],
  ['an exemption with credit', { kind: 'EXEMPTION', grants: [{ subject: 'STAT', credits: 3, waives: 'a' }] }, ['/grants/0/credits CREDIT_NOT_ALLOWED']],
  ['a pathway twice', { programScope: ['ce-p', 'ce-p'] }, ['/programScope/1 DUPLICATE_ITEM']],
  ['an end before the start', { endDate: '2025-12-31' }, ['/endDate END_NOT_AFTER_START']],
  ['an end on the day of the start', { endDate: '2026-01-01' }, ['/endDate END_NOT_AFTER_START']],
];

describe('A proposed agreement', () => {
  it('has no faults when it is complete', () => {
    expect(found({})).toEqual([]);
    expect(found({ endDate: '2026-01-02' })).toEqual([]);
    expect(found({ sender: 'UBC', receiver: 'BCIT', from: [{ microCredential: OF_OTHERS }] })).toEqual([]);
  });

  const withoutCredit = ['/from/0/microCredential NONCREDIT_ASSIGNED'];
  const waived = [{ subject: 'STAT', credits: 0, waives: 'statistics' }];
  it.each<[what: string, changes: Partial<Proposal>, faults: string[]]>([
    ['unassigned credit', unassigned, []],
    ['an exemption', { kind: 'EXEMPTION', grants: waived }, []],
    ['an assessment', { kind: 'INDIVIDUAL_ASSESSMENT', grants: [] }, []],
    ['a block with evidence', { kind: 'BLOCK', evidenceUrl: 'https://www.example.org/1' }, []],
    ['a block without evidence', { kind: 'BLOCK' }, withoutCredit],
    ['assessed prior learning', { kind: 'PLAR' }, withoutCredit],
    ['a course on a condition', { kind: 'CONDITIONAL' }, withoutCredit],
    ['no credit, which needs no agreement', { kind: 'NO_CREDIT', grants: [] }, withoutCredit],
  ])('for a non-credit micro-credential may or may not be of %s', (_what, changes, faults) => {
    expect(found({ ...changes, from: [{ microCredential: NON_CREDIT }] })).toEqual(faults);
  });

  it('may be of an institution with itself where it is a stack', () => {
    expect(found({ kind: 'STACK', receiver: 'BCIT' })).toEqual([]);
  });

  it('is told of grades in percent', () => {
    const [fault] = faultsOfProposal(proposal({ from: [{ microCredential: CREDIT, minGrade: 80, maxGrade: 79.5 }] }), facts);
    expect(JSON.stringify(fault)).not.toMatch(/8000|7950/);
  });

  it.each(refused)('is refused for %s', (_what, changes, faults) => {
    expect(found(changes)).toEqual(faults);
  });

  it('is told all its faults at once', () => {
    const everything = { sender: 'NOBODY', receiver: 'NOBODY', kind: 'CLUSTER', grants: [{ subject: 'STAT', credits: 3 }], endDate: '2020-01-01' } as const;
    expect(found(everything)).toEqual([
      '/sender INSTITUTION_NOT_FOUND',
      '/receiver INSTITUTION_NOT_FOUND',
      '/receiver SENDER_IS_RECEIVER',
      '/grants/0 COURSE_REQUIRED',
      '/from CLUSTER_TOO_SMALL',
      '/endDate END_NOT_AFTER_START',
    ]);
  });
});
