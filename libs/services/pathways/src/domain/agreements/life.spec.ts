import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import { type Agreement, type Signature, decline, listSigned, nextByDay, propose, requireVersion, sign, startEvaluation, statusOn, terminate } from './life.ts';
import { snapshotOf } from './snapshot.ts';

const signature = (by: string, on = '2026-03-01'): Signature => ({ by, on, through: 'INSTITUTION' });
const terms = {
  ctid: 'ce-1',
  sendingOrganization: 'ce-s',
  receivingOrganization: 'ce-r',
  kind: 'ASSIGNED' as const,
  from: [{ microCredential: 'ce-a' }],
  grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }],
  startDate: '2026-05-01',
  endDate: '2026-12-31',
  priority: 0,
  requiresUnexpired: false,
  conditions: [],
};
const end = { endDate: '2026-08-31', reason: 'No such course any more.', today: '2026-06-01' };

const proposed = propose(terms, signature('ana'));
const evaluated = startEvaluation(proposed);
const agreed = sign(evaluated, signature('ben', '2026-04-01'));
const active = nextByDay(agreed, '2026-05-01')!;
const ended = nextByDay(active, '2027-01-01')!;
const states: Record<Agreement['status'], Agreement> = {
  PROPOSED: proposed,
  UNDER_EVALUATION: evaluated,
  DECLINED: decline(evaluated, 'Not now.'),
  AGREED: agreed,
  ACTIVE: active,
  ENDED: ended,
  TERMINATED: terminate(active, end),
};

const steps: Record<string, { step: (agreement: Agreement) => Agreement; from: Agreement['status'][] }> = {
  evaluate: { step: startEvaluation, from: ['PROPOSED'] },
  decline: { step: (agreement) => decline(agreement, 'Not now.'), from: ['UNDER_EVALUATION'] },
  sign: { step: (agreement) => sign(agreement, signature('ben')), from: ['UNDER_EVALUATION'] },
  terminate: { step: (agreement) => terminate(agreement, end), from: ['AGREED', 'ACTIVE'] },
};
const everyStep = Object.entries(steps).flatMap(([name, { step, from }]) =>
  Object.values(states).map((agreement) => ({ name, status: agreement.status, agreement, step, isAllowed: from.includes(agreement.status) })),
);

describe('The life of an agreement', () => {
  it('counts its versions from the proposal on', () => {
    expect(Object.values(states).map(({ status, version }) => [status, version])).toEqual([
      ['PROPOSED', 1],
      ['UNDER_EVALUATION', 2],
      ['DECLINED', 3],
      ['AGREED', 3],
      ['ACTIVE', 4],
      ['ENDED', 5],
      ['TERMINATED', 5],
    ]);
  });

  // An ended one is tried on a day on which its days say that it is over.
  it.each(everyStep.filter(({ status }) => status !== 'ENDED'))('allows to $name from $status: $isAllowed', ({ agreement, step, isAllowed }) => {
    if (isAllowed) expect(step(agreement)).toMatchObject({ ctid: 'ce-1', version: agreement.version + 1 });
    else expect(() => step(agreement)).toThrow(expect.objectContaining({ code: 'ILLEGAL_STATE' }));
  });

  it('lets nobody sign for both', () => {
    expect(() => sign(evaluated, signature('ana'))).toThrow(expect.objectContaining({ code: 'SAME_SIGNER' }));
  });

  it('goes by its days, the last one included, whether or not anybody said it', () => {
    for (const agreement of [agreed, active, ended]) {
      expect(['2026-04-30', '2026-05-01', '2026-12-31', '2027-01-01'].map((day) => statusOn(agreement, day))).toEqual(['AGREED', 'ACTIVE', 'ACTIVE', 'ENDED']);
    }
    expect(statusOn({ ...agreed, endDate: undefined }, '2099-01-01')).toBe('ACTIVE');
    for (const status of ['PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'TERMINATED'] as const) expect(statusOn(states[status], '2027-01-01')).toBe(status);
  });

  it('has one next step a day, and none after the last', () => {
    expect(nextByDay(agreed, '2026-04-30')).toBeUndefined();
    expect(nextByDay(agreed, '2027-01-01')).toMatchObject({ status: 'ACTIVE' });
    expect(nextByDay(active, '2026-12-31')).toBeUndefined();
    for (const state of ['PROPOSED', 'UNDER_EVALUATION', 'DECLINED', 'ENDED', 'TERMINATED'] as const)
      expect(nextByDay(states[state], '2099-01-01')).toBeUndefined();
  });

  it('begins at once where what was signed elsewhere has begun', () => {
    expect(listSigned(terms, signature('registrar', '2026-05-01'))).toMatchObject({ status: 'ACTIVE', version: 1, recordedOn: '2026-05-01' });
    expect(listSigned(terms, signature('registrar', '2026-04-30'))).toMatchObject({ status: 'AGREED' });
  });

  it('is decided on the version that was read', () => {
    expect(requireVersion(agreed, 3)).toBeUndefined();
    expect(requireVersion(agreed, undefined)).toBeUndefined();
    expect(() => requireVersion(agreed, 2)).toThrow(expect.objectContaining({ code: 'VERSION_CONFLICT' }));
  });
});

describe('A termination', () => {
  const refusal = (changes: Partial<typeof end>, agreement: Agreement = active): string[] => {
    try {
      return [terminate(agreement, { ...end, ...changes }).status];
    } catch (error) {
      return (error as Refusal).faults.map(({ pointer, code }) => `${pointer} ${code}`);
    }
  };

  it('is for today at the earliest, and before the end that was agreed', () => {
    expect(refusal({ endDate: '2026-06-01' })).toEqual(['TERMINATED']);
    expect(refusal({ endDate: '2026-05-31' })).toEqual(['/endDate END_IN_THE_PAST']);
    expect(refusal({ endDate: '2026-12-30' })).toEqual(['TERMINATED']);
    expect(refusal({ endDate: '2026-12-31' })).toEqual(['/endDate END_NOT_EARLIER']);
    expect(refusal({ endDate: '2099-01-01' }, { ...active, endDate: undefined })).toEqual(['TERMINATED']);
  });

  it('keeps the first day, and may come before it', () => {
    expect(terminate(agreed, { ...end, endDate: '2026-04-15', today: '2026-04-10' })).toMatchObject({ startDate: '2026-05-01', endDate: '2026-04-15' });
  });

  it('comes too late for what is over', () => {
    expect(() => terminate(active, { ...end, endDate: '2027-01-02', today: '2027-01-01' })).toThrow(expect.objectContaining({ code: 'ILLEGAL_STATE' }));
  });
});

describe('What the public is told', () => {
  it('is who signed on which day, and no person', () => {
    expect(snapshotOf(proposed).signatures).toEqual([{ organization: 'ce-s', signedOn: '2026-03-01', through: 'INSTITUTION' }]);
    expect(snapshotOf(agreed).signatures).toEqual([
      { organization: 'ce-s', signedOn: '2026-03-01', through: 'INSTITUTION' },
      { organization: 'ce-r', signedOn: '2026-04-01', through: 'INSTITUTION' },
    ]);
    for (const agreement of Object.values(states)) {
      expect(snapshotOf(agreement)).toMatchObject({ ...terms, ...(agreement.status === 'TERMINATED' && { endDate: end.endDate }), status: agreement.status });
      expect(JSON.stringify(snapshotOf(agreement))).not.toMatch(/ana|ben/);
    }
    expect(snapshotOf(states.DECLINED)).toMatchObject({ reason: 'Not now.' });
  });
});
