import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishPathway, RetirePathway } from '@mcr/contracts';
import { type CallerInput, Refusal, newCtid } from '@mcr/event-kit';
import { type TestRegistry, aPathway, aPublishedMicroCredential, anInstitutionSnapshot, principals, startServices } from '@mcr/testing';
import { pathways } from '../pathways.service.ts';
import { logInstitution, logMicroCredential, otherServices } from '../testing/other-services.ts';

type Pathway = CallerInput<typeof PublishPathway>;

const [bcit, ubc] = [anInstitutionSnapshot({ code: 'BCIT' }), anInstitutionSnapshot({ code: 'UBC' })];
let registry: TestRegistry;

beforeAll(async () => {
  registry = await startServices([...otherServices, pathways]);
  for (const institution of [bcit, ubc]) await logInstitution(registry, institution);
});
afterAll(() => registry.close());

const publish = (changes: Partial<Pathway> = {}, principal = principals.registrar) => registry.call(PublishPathway, aPathway(changes), principal);
const refusal = async (changes: Partial<Pathway>) => {
  const outcome: unknown = await publish(changes).catch((error: unknown) => error);
  if (!(outcome instanceof Refusal)) throw new Error('It was not refused.', { cause: outcome });
  return { code: outcome.code, faults: outcome.faults.map(({ pointer, code }) => `${pointer} ${code}`) };
};
const logged = async (key: string) =>
  (await registry.database('pathways').query<{ event: string }>('select event from event_log where key = $1 order by pos', [key])).map(
    ({ event }) => JSON.parse(event) as { type: string; aggregateversion: number; data: object },
  );

describe('Publishing a pathway', () => {
  it('makes it known at once, with all of it in one event', async () => {
    const input = aPathway({ limits: [{ id: 'total', limit: 'TOTAL', min: 30 }], endDate: '2030-12-31' });
    expect(await publish(input)).toEqual({ ctid: input.ctid, version: 1, ownedBy: 'UBC', status: 'PUBLISHED' });
    const { ownedBy: _code, ...said } = input;
    expect(await logged(input.ctid!)).toMatchObject([
      { type: 'ca.bc.mcr.pathway.published.v1', aggregateversion: 1, data: { ...said, ownedBy: ubc.ctid, version: 1, status: 'PUBLISHED' } },
    ]);
  });

  it('gives it a CTID where none was chosen', async () => {
    expect((await publish({ ctid: undefined })).ctid).toMatch(/^ce-/);
  });

  it('takes one version after the other, and only of its owner', async () => {
    const ctid = newCtid();
    expect(await refusal({ ctid, version: 2 })).toEqual({ code: 'VERSION_CONFLICT', faults: ['/version VERSION_CONFLICT'] });
    await publish({ ctid });
    expect(await refusal({ ctid })).toMatchObject({ code: 'CTID_TAKEN' });
    expect(await refusal({ ctid, version: 3 })).toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await refusal({ ctid, version: 2, ownedBy: 'BCIT' })).toMatchObject({ code: 'CTID_TAKEN' });
    expect(await publish({ ctid, version: 2 })).toMatchObject({ version: 2 });
    const said = (await logged(ctid)).map(({ type, aggregateversion, data }) => [type.split('.')[4], aggregateversion, (data as { version: number }).version]);
    expect(said).toEqual([
      ['published', 1, 1],
      ['superseded', 2, 1],
      ['published', 3, 2],
    ]);
  });

  it('lets one of many through when all send the same version', async () => {
    const ctid = newCtid();
    for (const version of [1, 2]) {
      const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => publish({ ctid, version })));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    }
  });

  it('is refused with everything that is wrong, and nothing is kept', async () => {
    const unknown = newCtid();
    const tree = { node: 'K_OF', id: 'a', k: 2, of: [{ node: 'CRED', id: 'a', microCredential: unknown }] };
    expect(await refusal({ ctid: unknown, ownedBy: 'NOBODY', requirement: tree })).toEqual({
      code: 'INVALID_INPUT',
      faults: [
        '/ownedBy INSTITUTION_NOT_FOUND',
        '/requirement/k REQUIREMENT_INVALID',
        '/requirement/of/0/id REQUIREMENT_INVALID',
        '/requirement/of/0/microCredential MICRO_CREDENTIAL_NOT_FOUND',
      ],
    });
    expect(await refusal({ requirement: { ...tree, id: 'root' } })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await refusal({ requirement: { node: 'K_OF', id: 'root', k: 2, of: [{ node: 'COURSE', id: 'a', course: 'DATA 1' }] } })).toMatchObject({
      code: 'REQUIREMENT_INVALID',
    });
    expect(await logged(unknown)).toEqual([]);
  });

  it('may name another pathway with which it shares no more than so much, once that one is published', async () => {
    const [unknown, own] = [newCtid(), newCtid()];
    const caps = (...across: object[]) => ({ ctid: own, sharing: { maxUses: 1, across } }) as Partial<Pathway>;
    expect(await refusal(caps({ with: unknown, credits: 3 }))).toEqual({ code: 'PATHWAY_NOT_FOUND', faults: ['/sharing/across/0/with PATHWAY_NOT_FOUND'] });
    expect(await refusal(caps({ with: own, credits: 3 }))).toEqual({ code: 'REQUIREMENT_INVALID', faults: ['/sharing/across/0/with REQUIREMENT_INVALID'] });
    expect(await refusal(caps({ percent: 101 }))).toEqual({ code: 'INVALID_INPUT', faults: ['/sharing/across/0/percent TOO_BIG'] });
    expect(await refusal(caps({ credits: -3 }))).toEqual({ code: 'INVALID_INPUT', faults: ['/sharing/across/0/credits TOO_SMALL'] });
    const { ctid: other } = await publish();
    expect(await refusal(caps({ with: other, credits: 3 }, { with: other, percent: 5 }))).toEqual({
      code: 'REQUIREMENT_INVALID',
      faults: ['/sharing/across/1 REQUIREMENT_INVALID'],
    });
    expect(await logged(own)).toEqual([]);
    const said = caps({ credits: 0 }, { with: other, percent: 12.5 });
    expect(await publish(said)).toMatchObject({ ctid: own, status: 'PUBLISHED' });
    expect(await logged(own)).toMatchObject([{ data: { sharing: said.sharing } }]);
    await registry.call(RetirePathway, { ctid: other }, principals.registrar);
    expect(await refusal({ ...said, version: 2 })).toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
  });

  it('waits for a micro-credential that was acknowledged elsewhere and is still on its way here', async () => {
    const late = aPublishedMicroCredential({ ownedBy: bcit.ctid });
    await logMicroCredential(registry, late);
    expect(await publish({ requirement: { node: 'CRED', id: 'late', microCredential: late.ctid } })).toMatchObject({ status: 'PUBLISHED' });
  });

  it('is for the ministry registrar, and for the owner’s own staff', async () => {
    expect(await publish({}, principals.institution('UBC'))).toMatchObject({ ownedBy: 'UBC' });
    for (const principal of [principals.institution('BCIT'), principals.advisor, principals.analyst]) {
      await expect(publish({}, principal)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('Pathways to micro-credentials', () => {
  const taught = async (count: number): Promise<string[]> => {
    const offered = Array.from({ length: count }, () => aPublishedMicroCredential({ ownedBy: ubc.ctid }));
    for (const one of offered) await logMicroCredential(registry, one);
    return offered.map(({ ctid }) => ctid);
  };
  const cred = (microCredential: string, id = 'it') => ({ node: 'CRED' as const, id, microCredential });
  const leading = (destination: string, requirement: Pathway['requirement'], changes: Partial<Pathway> = {}): Partial<Pathway> => ({
    destinationType: 'MICRO_CREDENTIAL',
    destination,
    requirement,
    ...changes,
  });

  it('never lead through themselves, however long the way', async () => {
    const [a, b, c, d] = (await taught(4)) as [string, string, string, string];
    expect(await refusal(leading(a, cred(a)))).toEqual({ code: 'CYCLE', faults: ['/requirement/microCredential CYCLE'] });
    await publish(leading(a, { node: 'ALL', id: 'root', of: [cred(b), { node: 'COURSE', id: 'c', course: 'STAT 200' }] }));
    await publish(leading(b, { node: 'ANY', id: 'root', of: [{ node: 'IF', id: 'if', declares: 'X', then: cred(c, 'x'), otherwise: cred(d, 'y') }] }));
    const outcome: unknown = await publish(leading(d, cred(a))).catch((error: unknown) => error);
    expect((outcome as Refusal).faults).toEqual([expect.objectContaining({ code: 'CYCLE', message: expect.stringContaining([d, a, b, d].join(' > ')) })]);
    expect(await publish(leading(c, cred(d)))).toMatchObject({ status: 'PUBLISHED' });
  });

  it('may turn round when the one that led back has another version, or is retired', async () => {
    const [a, b, c] = (await taught(3)) as [string, string, string];
    const { ctid } = await publish(leading(a, cred(b)));
    expect(await refusal(leading(b, cred(a)))).toMatchObject({ code: 'CYCLE' });
    await publish(leading(a, cred(c), { ctid, version: 2 }));
    expect(await publish(leading(b, cred(a)))).toMatchObject({ status: 'PUBLISHED' });
    await registry.call(RetirePathway, { ctid }, principals.registrar);
    expect(await publish(leading(c, cred(a)))).toMatchObject({ status: 'PUBLISHED' });
  });

  it('lead through no version that holds on one of their days, and may turn round from the day on which it holds no more', async () => {
    const [a, b, c, d] = (await taught(4)) as [string, string, string, string];
    const { ctid } = await publish(leading(a, cred(b), { startDate: '2026-01-01' }));
    const next = { ctid, version: 2, startDate: '2027-09-01' };
    await publish(leading(a, cred(c), next));
    const outcome: unknown = await publish(leading(b, cred(a), { startDate: '2027-08-31' })).catch((error: unknown) => error);
    expect((outcome as Refusal).faults).toEqual([expect.objectContaining({ code: 'CYCLE', message: expect.stringContaining([b, a, b].join(' > ')) })]);
    expect(await refusal(leading(c, cred(a), { startDate: '2026-01-01' }))).toMatchObject({ code: 'CYCLE' });
    expect(await publish(leading(b, cred(a), { startDate: '2027-09-01' }))).toMatchObject({ status: 'PUBLISHED' });
    await publish(leading(a, cred(d), { ...next, version: 3, startDate: '2028-09-01' }));
    expect(await refusal(leading(c, cred(a), { startDate: '2028-08-31' }))).toMatchObject({ code: 'CYCLE' });
    expect(await publish(leading(c, cred(a), { startDate: '2028-09-01' }))).toMatchObject({ status: 'PUBLISHED' });
    expect(await refusal(leading(d, cred(a), { startDate: '2028-09-01' }))).toMatchObject({ code: 'CYCLE' });
  });

  it('close no circle when all of it is published at the same moment', async () => {
    const ring = await taught(5);
    const outcomes = await Promise.allSettled(ring.map((one, at) => publish(leading(one, cred(ring[(at + 1) % ring.length]!)))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(ring.length - 1);
  });

  it('lead to what the owner offers', async () => {
    const others = aPublishedMicroCredential({ ownedBy: bcit.ctid });
    await logMicroCredential(registry, others);
    for (const destination of [others.ctid, newCtid()])
      expect(await refusal(leading(destination, { node: 'COURSE', id: 'c', course: 'STAT 200' }))).toEqual({
        code: 'MICRO_CREDENTIAL_NOT_FOUND',
        faults: ['/destination MICRO_CREDENTIAL_NOT_FOUND'],
      });
  });
});

describe('Retiring a pathway', () => {
  it('is for good, and says so in an event', async () => {
    const { ctid } = await publish();
    const retire = () => registry.call(RetirePathway, { ctid }, principals.registrar);
    expect(await retire()).toEqual({ ctid, version: 1, ownedBy: 'UBC', status: 'RETIRED' });
    expect((await logged(ctid)).at(-1)).toMatchObject({ type: 'ca.bc.mcr.pathway.retired.v1', aggregateversion: 2, data: { status: 'RETIRED' } });
    await expect(retire()).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
    expect(await refusal({ ctid, version: 2 })).toMatchObject({ code: 'ILLEGAL_STATE' });
    await expect(registry.call(RetirePathway, { ctid: newCtid() }, principals.registrar)).rejects.toMatchObject({ code: 'PATHWAY_NOT_FOUND' });
  });
});
