import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EvaluateAgreement, ProposeAgreement, PublishAgreement, PublishPathway, SignAgreement } from '@mcr/contracts';
import { type CallerInput, Refusal, newCtid } from '@mcr/event-kit';
import { type TestRegistry, aPathway, aPublishedMicroCredential, anAgreement, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import { pathways } from '../../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../../testing/other-services.ts';

type Agreement = CallerInput<typeof PublishAgreement>;

const clock = { day: '2026-06-01', now: () => new Date(`${clock.day}T20:00:00Z`) };
const bcit = anInstitutionSnapshot({ code: 'BCIT' });
const cnc = anInstitutionSnapshot({ code: 'CNC' });
const course = (name: string, credits = 3) => [{ course: name, subject: 'STAT', credits }];
let registry: TestRegistry;
let item: string;
let another: string;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways], { clock });
  for (const institution of [bcit, cnc, anInstitutionSnapshot({ code: 'UBC' })]) await logInstitution(registry, institution);
});
afterAll(() => registry.close());
beforeEach(async () => {
  clock.day = '2026-06-01';
  const offered = [bcit, bcit].map(({ ctid }) => aPublishedMicroCredential({ ownedBy: ctid, offeredBy: [ctid, cnc.ctid] }));
  for (const microCredential of offered) await logMicroCredential(registry, microCredential);
  [item, another] = offered.map(({ ctid }) => ctid) as [string, string];
});

const terms = (changes: Partial<Agreement>): Agreement => anAgreement({ from: [{ microCredential: item }], grants: course('STAT 200'), ...changes });
const publish = (changes: Partial<Agreement> = {}) => registry.call(PublishAgreement, terms(changes), principals.registrar);
async function refusal(outcome: Promise<unknown>): Promise<string> {
  const error: unknown = await outcome.catch((thrown: unknown) => thrown);
  if (!(error instanceof Refusal)) throw new Error('It was not refused.', { cause: error });
  return [error.code, ...error.faults.map((fault) => `${fault.pointer} ${fault.code}`)].join(', ');
}

describe('An agreement beside others for the same learning', () => {
  it('is refused where it promises the same again, whoever wrote it how', async () => {
    await publish({ from: [{ microCredential: item }, { microCredential: another }], kind: 'CLUSTER' });
    const again = { from: [{ microCredential: another }, { microCredential: item }], grants: [{ course: ' stat  200', subject: 'stat', credits: 3 }] };
    expect(await refusal(publish({ ...again, kind: 'CLUSTER' }))).toBe('OVERLAP, /startDate OVERLAP');
    expect(await refusal(publish({ ...again, kind: 'ASSIGNED', priority: 7 }))).toBe('OVERLAP, /startDate OVERLAP');
  });

  it('is refused where nothing decides between it and another, and may be listed with a priority', async () => {
    const { ctid } = await publish();
    expect(await refusal(publish({ grants: course('STAT 201') }))).toBe('MULTIPLE_REAL, /priority MULTIPLE_REAL');
    const preferred = await publish({ grants: course('STAT 201'), priority: 1 });
    expect(preferred.notices).toEqual([{ conflict: 'MULTIPLE_REAL', agreement: ctid, counts: preferred.ctid, decidedBy: 'PRIORITY' }]);
  });

  it('goes before an older one, and says so', async () => {
    const { ctid } = await publish();
    clock.day = '2026-06-02';
    const later = await publish({ grants: course('STAT 201') });
    expect(later.notices).toEqual([{ conflict: 'MULTIPLE_REAL', agreement: ctid, counts: later.ctid, decidedBy: 'RECORDED_LATER' }]);
  });

  it('is noticed where a course stands beside credit of a subject, and where another sender gives the same', async () => {
    const real = await publish();
    const blanket = await publish({ kind: 'UNASSIGNED', grants: [{ subject: 'STAT', level: 200, credits: 3 }] });
    expect(blanket.notices).toEqual([{ conflict: 'BLANKET_VS_REAL', agreement: real.ctid, counts: real.ctid, decidedBy: 'KIND' }]);
    const equivalent = await publish({ sender: 'CNC' });
    expect(equivalent.notices).toHaveLength(2);
    expect(equivalent.notices).toContainEqual(expect.objectContaining({ conflict: 'EQUIVALENT', agreement: real.ctid, decidedBy: 'ID' }));
    expect(equivalent.notices).toContainEqual({ conflict: 'BLANKET_VS_REAL', agreement: blanket.ctid, counts: equivalent.ctid, decidedBy: 'KIND' });
  });

  it.each<[what: string, one: Partial<Agreement>, other: Partial<Agreement>]>([
    ['on other days', { endDate: '2026-12-31' }, { startDate: '2027-01-01' }],
    ['at another receiver', {}, { receiver: 'CNC' }],
    ['for other grades', { from: [{ microCredential: '', maxGrade: 79.99 }] }, { from: [{ microCredential: '', minGrade: 80 }] }],
  ])('has nothing to do with one %s', async (_what, one, other) => {
    const filled = ({ from, ...changes }: Partial<Agreement>) => ({ ...changes, from: (from ?? [{}]).map((thing) => ({ ...thing, microCredential: item })) });
    await publish(filled(one));
    expect(await publish({ ...filled(other), grants: course('STAT 201') })).toMatchObject({ notices: [] });
  });

  it('is refused as a second assessment of the same, though neither counts', async () => {
    const assessed: Partial<Agreement> = { kind: 'INDIVIDUAL_ASSESSMENT', grants: [] };
    await publish(assessed);
    expect(await refusal(publish(assessed))).toBe('OVERLAP, /startDate OVERLAP');
    expect(await publish()).toMatchObject({ notices: [] });
  });

  it('may be proposed with a tie, and is not signed before that is put in order', async () => {
    const listed = await publish();
    const proposed = await registry.call(ProposeAgreement, terms({ grants: course('STAT 201') }), principals.institution('BCIT'));
    expect(proposed.notices).toEqual([expect.objectContaining({ conflict: 'MULTIPLE_REAL', agreement: listed.ctid, decidedBy: 'ID' })]);
    const order = { institution: 'UBC', ctid: proposed.ctid };
    await registry.call(EvaluateAgreement, order, principals.institution('UBC'));
    const sign = () => registry.call(SignAgreement, order, principals.institution('UBC'));
    expect(await refusal(sign())).toBe('MULTIPLE_REAL, /priority MULTIPLE_REAL');
    clock.day = '2026-06-02';
    expect(await sign()).toMatchObject({ status: 'ACTIVE', notices: [{ counts: proposed.ctid, decidedBy: 'RECORDED_LATER' }] });
  });

  it('is listed once when many tie at the same moment', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => publish({ grants: course(`STAT ${300 + at}`) })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const codes = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Refusal).code] : []));
    expect(new Set(codes)).toEqual(new Set(['MULTIPLE_REAL']));
  });
});

describe('What an agreement names of its receiver’s pathways', () => {
  it('must be there', async () => {
    const waived = [{ subject: 'STAT', credits: 0, waives: 'nothing' }];
    expect(await refusal(publish({ kind: 'EXEMPTION', grants: waived, programScope: [newCtid()] }))).toBe(
      'INVALID_INPUT, /grants/0/waives UNKNOWN_REQUIREMENT, /programScope/0 PATHWAY_NOT_FOUND',
    );
    const at = (ownedBy: string) => registry.call(PublishPathway, aPathway({ ownedBy }), principals.registrar);
    const [own, others] = [await at('UBC'), await at('CNC')];
    expect(await refusal(publish({ programScope: [own.ctid, others.ctid] }))).toBe('PATHWAY_NOT_FOUND, /programScope/1 PATHWAY_NOT_FOUND');
    const exempt = [{ subject: 'STAT', credits: 0, waives: 'statistics' }];
    expect(await publish({ kind: 'EXEMPTION', grants: exempt, programScope: [own.ctid] })).toMatchObject({ kind: 'EXEMPTION', status: 'ACTIVE' });
  });
});
