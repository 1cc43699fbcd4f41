import { describe, expect, it } from '@jest/globals';
import { type Facts, type Proposal, faultsOfProposal } from './agreement.ts';

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
  ['the same item twice', { from: [{ microCredential: CREDIT }, { microCredential: CREDIT, minGrade: 60 }] }, ['/from/1/microCredential DUPLICATE_ITEM']],
  ['a cluster of one', { kind: 'CLUSTER' }, ['/from CLUSTER_TOO_SMALL']],
  [
    'a cluster of one, named twice',
    { kind: 'CLUSTER', from: [{ microCredential: CREDIT }, { microCredential: CREDIT }] },
    ['/from CLUSTER_TOO_SMALL', '/from/1/microCredential DUPLICATE_ITEM'],
  ],
  ['assigned credit without a course', { grants: [{ subject: 'STAT', credits: 3 }] }, ['/grants/0/course COURSE_REQUIRED']],
  ['unassigned credit with a course', { kind: 'UNASSIGNED' }, ['/grants/0/course COURSE_NOT_ALLOWED']],
  ['an end before the start', { endDate: '2025-12-31' }, ['/endDate END_NOT_AFTER_START']],
  ['an end on the day of the start', { endDate: '2026-01-01' }, ['/endDate END_NOT_AFTER_START']],
];

describe('A proposed agreement', () => {
  it('has no faults when it is complete', () => {
    expect(found({})).toEqual([]);
    expect(found({ endDate: '2026-01-02' })).toEqual([]);
    expect(found({ sender: 'UBC', receiver: 'BCIT', from: [{ microCredential: OF_OTHERS }] })).toEqual([]);
  });

  it('may give unassigned credit for a non-credit micro-credential', () => {
    expect(found({ ...unassigned, from: [{ microCredential: NON_CREDIT }] })).toEqual([]);
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
      '/from CLUSTER_TOO_SMALL',
      '/endDate END_NOT_AFTER_START',
      '/grants/0/course COURSE_REQUIRED',
    ]);
  });
});
