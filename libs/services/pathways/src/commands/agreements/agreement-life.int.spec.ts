import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DeclineAgreement, EvaluateAgreement, ProposeAgreement, PublishAgreement, Recognitions, SignAgreement, TerminateAgreement } from '@mcr/contracts';
import { type CallerInput, Refusal, newCtid } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { type TestRegistry, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import { pathways } from '../../pathways.service.ts';
import { AgreementSweep } from '../../sweep/agreement-sweep.ts';
import { logInstitution, logMicroCredential, otherServices } from '../../testing/other-services.ts';

type Agreement = CallerInput<typeof ProposeAgreement>;

const clock = { day: '2026-06-01', now: () => new Date(`${clock.day}T20:00:00Z`) };
const institutions = ['BCIT', 'UBC', 'CNC'].map((code) => anInstitutionSnapshot({ code }));
const suspended = anInstitutionSnapshot({ code: 'LATE', status: 'SUSPENDED' });
const [bcit, ubc] = institutions as [typeof suspended, typeof suspended];
let registry: TestRegistry;
let item: string;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways], { clock });
  for (const institution of [...institutions, suspended]) await logInstitution(registry, institution);
});
afterAll(() => registry.close());
beforeEach(async () => {
  clock.day = '2026-06-01';
  const microCredential = aPublishedMicroCredential({ ownedBy: bcit.ctid });
  await logMicroCredential(registry, microCredential);
  item = microCredential.ctid;
});

const staff = (code: string): Principal => principals.institution(code);
const proposal = (changes: Partial<Agreement> = {}): Agreement =>
  anAgreement({ from: [{ microCredential: item }], startDate: '2026-07-01', endDate: '2026-12-31', ...changes });
const propose = (changes: Partial<Agreement> = {}, as = staff('BCIT')) => registry.call(ProposeAgreement, proposal(changes), as);
const evaluate = (ctid: string, by = 'UBC', as = staff(by)) => registry.call(EvaluateAgreement, { institution: by, ctid }, as);
const sign = (ctid: string, by = 'UBC', as = staff(by), expectedVersion?: number) =>
  registry.call(SignAgreement, { institution: by, ctid, expectedVersion }, as);
const decline = (ctid: string, by = 'UBC') => registry.call(DeclineAgreement, { institution: by, ctid, reason: 'The course has changed.' }, staff(by));
const terminate = (ctid: string, endDate: string, institution?: string, as = institution === undefined ? principals.registrar : staff(institution)) =>
  registry.call(TerminateAgreement, { institution, ctid, endDate, reason: 'The course is given no more.' }, as);
async function agreed(changes: Partial<Agreement> = {}): Promise<string> {
  const { ctid } = await propose(changes);
  await evaluate(ctid);
  await sign(ctid);
  return ctid;
}
const code = async (outcome: Promise<unknown>): Promise<string> => {
  const error: unknown = await outcome.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refusal)) throw new Error('It was not refused.', { cause: error });
  return [error.code, ...error.faults.map((fault) => `${fault.pointer} ${fault.code}`)].join(' ');
};
interface Logged {
  type: string;
  aggregateversion: number;
  data: { status: string };
}
const logged = async (ctid: string): Promise<Logged[]> =>
  (await registry.database('pathways').query<{ event: string }>('select event from event_log where key = $1 order by pos', [ctid])).map(
    ({ event }) => JSON.parse(event) as Logged,
  );
const said = async (ctid: string) => (await logged(ctid)).map(({ type, aggregateversion }) => `${aggregateversion} ${type.split('.')[4]}`);
const counting = async (completedOn: string) =>
  (await registry.call(Recognitions, { held: [{ microCredential: item, completedOn }] }, principals.advisor)).recognitions.map(({ status }) => status);
const sweep = () => registry.get<AgreementSweep>(AgreementSweep).sweep();

describe('An agreement between two institutions', () => {
  it('is proposed, evaluated and signed, and counts from then on, with every state in an event', async () => {
    const terms = { minGrade: 60, maxGrade: 89.5 };
    const proposed = await propose({ from: [{ microCredential: item, ...terms }], evidenceUrl: 'https://www.example.org/17', priority: 4 });
    const { ctid } = proposed;
    expect(proposed).toMatchObject({ version: 1, status: 'PROPOSED', notices: [] });
    expect(await evaluate(ctid)).toMatchObject({ version: 2, status: 'UNDER_EVALUATION' });
    expect(await counting('2026-08-01')).toEqual(['INDIVIDUAL_ASSESSMENT']);
    clock.day = '2026-06-15';
    expect(await sign(ctid)).toEqual({ ctid, version: 3, kind: 'ASSIGNED', startDate: '2026-07-01', endDate: '2026-12-31', status: 'AGREED', notices: [] });
    expect(await said(ctid)).toEqual(['1 proposed', '2 evaluationStarted', '3 agreed']);
    expect((await logged(ctid)).at(-1)!.data).toMatchObject({
      sendingOrganization: bcit.ctid,
      receivingOrganization: ubc.ctid,
      from: [{ microCredential: item, ...terms }],
      evidenceUrl: 'https://www.example.org/17',
      priority: 4,
      status: 'AGREED',
      signatures: [
        { organization: bcit.ctid, signedOn: '2026-06-01', through: 'INSTITUTION' },
        { organization: ubc.ctid, signedOn: '2026-06-15', through: 'INSTITUTION' },
      ],
    });
  });

  it('keeps who signed, and says it to nobody', async () => {
    const ctid = await agreed();
    const [row] = await registry
      .database('pathways')
      .query<{ signed: string[] }>(`select array[sender_signature ->> 'by', receiver_signature ->> 'by'] as signed from agreement where id = $1`, [ctid]);
    expect(row!.signed).toEqual([staff('BCIT').subject, staff('UBC').subject]);
    for (const person of row!.signed) expect(JSON.stringify(await logged(ctid))).not.toContain(person);
  });

  it('is not signed for both by the same person', async () => {
    const { ctid } = await propose();
    const both: Principal = { ...staff('UBC'), subject: staff('BCIT').subject };
    await evaluate(ctid, 'UBC', both);
    expect(await code(sign(ctid, 'UBC', both))).toBe('SAME_SIGNER');
    expect(await sign(ctid)).toMatchObject({ status: 'AGREED' });
  });

  it('is declined with a reason, and then it is over', async () => {
    const { ctid } = await propose();
    expect(await code(decline(ctid))).toBe('ILLEGAL_STATE');
    await evaluate(ctid);
    expect(await decline(ctid)).toMatchObject({ version: 3, status: 'DECLINED' });
    expect((await logged(ctid)).at(-1)!.data).toMatchObject({ status: 'DECLINED', reason: 'The course has changed.' });
    for (const late of [evaluate, sign, decline, (it: string) => terminate(it, '2026-07-01')]) expect(await code(late(ctid))).toBe('ILLEGAL_STATE');
  });

  it('is moved by its own receiver only, and is not found by others', async () => {
    const { ctid } = await propose();
    expect(await code(evaluate(ctid, 'BCIT'))).toBe('FORBIDDEN');
    expect(await code(evaluate(ctid, 'CNC'))).toBe('AGREEMENT_NOT_FOUND');
    expect(await code(evaluate(ctid, 'NOBODY'))).toBe('AGREEMENT_NOT_FOUND');
    expect(await code(evaluate(newCtid()))).toBe('AGREEMENT_NOT_FOUND');
    expect(await code(evaluate(ctid, 'UBC', staff('CNC')))).toBe('FORBIDDEN');
    expect(await code(terminate(ctid, '2026-07-01', 'CNC'))).toBe('AGREEMENT_NOT_FOUND');
    for (const principal of [principals.registrar, principals.advisor, principals.admin, principals.client('x')]) {
      expect(await code(evaluate(ctid, 'UBC', principal))).toBe('FORBIDDEN');
      expect(await code(propose({}, principal))).toBe('FORBIDDEN');
    }
    expect(await code(propose({ sender: 'UBC' }))).toBe('FORBIDDEN');
    expect(await said(ctid)).toEqual(['1 proposed']);
  });

  it('is decided on the version that was read', async () => {
    const { ctid } = await propose();
    await evaluate(ctid);
    expect(await code(sign(ctid, 'UBC', staff('UBC'), 1))).toBe('VERSION_CONFLICT');
    expect(await sign(ctid, 'UBC', staff('UBC'), 2)).toMatchObject({ version: 3 });
  });

  it('waits while an institution is suspended', async () => {
    expect(await code(propose({ sender: 'LATE' }, staff('LATE')))).toContain('/sender INSTITUTION_SUSPENDED');
    const { ctid } = await propose({ receiver: 'LATE' });
    expect(await code(evaluate(ctid, 'LATE'))).toBe('INSTITUTION_SUSPENDED');
  });

  it('of an institution with itself is a stack, and is signed by two persons of it', async () => {
    const { ctid } = await propose({ kind: 'STACK', receiver: 'BCIT' });
    await evaluate(ctid, 'BCIT');
    expect(await code(sign(ctid, 'BCIT'))).toBe('SAME_SIGNER');
    expect(await sign(ctid, 'BCIT', { ...staff('BCIT'), subject: 'another@bcit.example' })).toMatchObject({ status: 'AGREED' });
  });

  it.each([
    ['a grade above all', { from: [{ microCredential: 'ce-0d3f5c1e-8b2a-4f6d-9e71-5a4b3c2d1e0f', maxGrade: 101 }] }, '/from/0/maxGrade TOO_BIG'],
    ['no number', { priority: Number.NaN }, '/priority WRONG_TYPE'],
    ['a script for evidence', { evidenceUrl: 'javascript:alert(1)' }, '/evidenceUrl INVALID_FORMAT'],
    ['text that cannot be stored', { exclusiveGroup: 'a\u0000b' }, '/exclusiveGroup INVALID_VALUE'],
    ['an endless list', { conditions: Array.from({ length: 21 }, (_, at) => ({ declares: `C${at}`, text: 'x' })) }, '/conditions TOO_BIG'],
    ['half a credit of a hundredth', { grants: [{ course: 'STAT 200', subject: 'STAT', credits: 0.005 }] }, '/grants/0/credits INVALID_VALUE'],
    ['a property of another’s making', { __proto__x: 1, status: 'ACTIVE' }, '/status UNKNOWN_PROPERTY'],
    ['another kind', { kind: 'RECIPROCAL' }, '/kind INVALID_VALUE'],
  ])('is refused with %s', async (_what, changes, fault) => {
    expect(await code(propose(changes as unknown as Partial<Agreement>))).toContain(fault);
  });
});

describe('At the same time', () => {
  it('one of many signs, once', async () => {
    const { ctid } = await propose();
    await evaluate(ctid);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => sign(ctid)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await said(ctid)).toEqual(['1 proposed', '2 evaluationStarted', '3 agreed']);
  });

  it('one of many that promise the same is signed or listed', async () => {
    const waiting = await Promise.all(Array.from({ length: 4 }, () => propose()));
    for (const { ctid } of waiting) await evaluate(ctid);
    const list = () => registry.call(PublishAgreement, proposal(), principals.registrar);
    const outcomes = await Promise.allSettled([...waiting.map(({ ctid }) => sign(ctid)), list(), list()]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Refusal).code] : []));
    expect(new Set(codes)).toEqual(new Set(['OVERLAP']));
  });
});

describe('The days of an agreement', () => {
  it('are said once each, whoever sweeps, and nothing waits for that', async () => {
    const ctid = await agreed();
    clock.day = '2026-06-30';
    expect(await sweep()).toBe(0);
    clock.day = '2026-07-01';
    expect(await code(terminate(ctid, '2026-06-30'))).toContain('/endDate END_IN_THE_PAST');
    await Promise.all([sweep(), sweep(), sweep()]);
    expect(await said(ctid)).toEqual(['1 proposed', '2 evaluationStarted', '3 agreed', '4 activated']);
    clock.day = '2027-01-01';
    expect(await code(terminate(ctid, '2027-01-02'))).toBe('ILLEGAL_STATE');
    await Promise.all([sweep(), sweep()]);
    expect((await said(ctid)).slice(4)).toEqual(['5 ended']);
    expect(await sweep()).toBe(0);
    expect(await counting('2026-12-31')).toEqual(['GUARANTEED']);
  });

  it('are said in their order when all of them have passed', async () => {
    const ctid = await agreed();
    clock.day = '2027-03-01';
    await sweep();
    expect((await said(ctid)).slice(3)).toEqual(['4 activated', '5 ended']);
  });

  it('are those of British Columbia', async () => {
    const ctid = await agreed();
    clock.day = '2026-07-01';
    const early = { ...clock, now: () => new Date('2026-07-01T06:59:59Z') };
    const late = clock.now;
    clock.now = early.now;
    expect(await sweep()).toBe(0);
    clock.now = late;
    expect(await sweep()).toBe(1);
    expect(await said(ctid)).toContain('4 activated');
  });
});

describe('A termination', () => {
  it('is said by either institution or the registrar, and keeps what was completed before', async () => {
    for (const institution of ['BCIT', 'UBC', undefined]) {
      clock.day = '2026-06-01';
      const ctid = await agreed({ from: [{ microCredential: item }], grants: [{ course: 'STAT 200', subject: 'STAT', credits: 3 }] });
      clock.day = '2026-08-01';
      expect(await terminate(ctid, '2026-08-31', institution)).toMatchObject({ status: 'TERMINATED', endDate: '2026-08-31' });
      expect((await logged(ctid)).at(-1)!.data).toMatchObject({ status: 'TERMINATED', endDate: '2026-08-31', reason: 'The course is given no more.' });
      expect(await code(terminate(ctid, '2026-08-30', institution))).toBe('ILLEGAL_STATE');
      expect(await counting('2026-08-31')).toContain('GUARANTEED');
      expect(await counting('2026-09-01')).toEqual(['NOT_APPLICABLE']);
      clock.day = '2027-03-01';
      await sweep();
      expect(await said(ctid)).toEqual(['1 proposed', '2 evaluationStarted', '3 agreed', '4 terminated']);
      const microCredential = aPublishedMicroCredential({ ownedBy: bcit.ctid });
      await logMicroCredential(registry, microCredential);
      item = microCredential.ctid;
    }
  });

  it('before the first day leaves nothing that counts', async () => {
    const ctid = await agreed();
    expect(await terminate(ctid, '2026-06-02')).toMatchObject({ status: 'TERMINATED' });
    expect(await counting('2026-08-01')).toEqual(['INDIVIDUAL_ASSESSMENT']);
    expect(await agreed()).toMatch(/^ce-/);
  });

  it('makes room for another agreement from the day after', async () => {
    const ctid = await agreed();
    clock.day = '2026-08-01';
    expect(await code(propose({ startDate: '2026-09-01' }))).toContain('/startDate OVERLAP');
    await terminate(ctid, '2026-08-31');
    expect(await propose({ startDate: '2026-09-01' })).toMatchObject({ status: 'PROPOSED' });
  });
});
