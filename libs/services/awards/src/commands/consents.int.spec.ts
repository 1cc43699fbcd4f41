import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { GrantConsent, MyConsents, type PublishedMicroCredential, UseConsent, WithdrawConsent } from '@mcr/contracts';
import type { CallerInput } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { createLogger } from '@mcr/runtime';
import { principals } from '@mcr/testing';
import { MOST_CONSENTS } from '../domain/consent/consent.ts';
import { everythingStored, startAwards, type AwardsRegistry, type Institution } from '../testing/awards-registry.ts';
import { SetClock, aGrant, aLinkedLearner, someone } from '../testing/learners.ts';

const NOON = new Date('2026-11-28T20:00:00Z');
const clock = new SetClock(NOON);
const logged: string[] = [];
let registry: AwardsRegistry;
let bcit: Institution;
let welding: PublishedMicroCredential;
let ana: Awaited<ReturnType<typeof aLinkedLearner>>;
let bo: Awaited<ReturnType<typeof aLinkedLearner>>;

const [adam, eve] = [someone('advisor', 'adam@college.example'), someone('advisor', 'eve@college.example')];

beforeAll(async () => {
  registry = await startAwards({}, { clock, log: createLogger('trace', { write: (line) => void logged.push(line) }) });
  bcit = await registry.anInstitution('BCIT');
  await registry.anInstitution('UBC');
  welding = await registry.aMicroCredentialOf(bcit);
  ana = await aLinkedLearner(registry, bcit, [welding, await registry.aMicroCredentialOf(bcit)]);
  bo = await aLinkedLearner(registry, bcit, [welding]);
});
beforeEach(() => void (clock.time = NOON));
afterAll(() => registry?.close());

const grant = (changes: Partial<CallerInput<typeof GrantConsent>> = {}, learner = ana.learner) =>
  registry.call(GrantConsent, aGrant(adam.subject, clock.time, changes), learner);
const withdraw = (consent: string, learner = ana.learner) => registry.call(WithdrawConsent, { consent }, learner);
const ask = (consent: string, advisor: Principal = adam, question = 'audit') => registry.call(UseConsent, { consent, question }, advisor);
const shown = async (consentId: string, learner = ana.learner) =>
  (await registry.call(MyConsents, {}, learner)).find((consent) => consent.consentId === consentId)!;
const NO = { code: 'CONSENT_NOT_USABLE', message: 'There is no consent of this id by which you may ask now.', faults: [] };

describe('A consent', () => {
  it('lets its advisor ask about what it names, and shows the learner each use', async () => {
    const { consentId } = await grant({ scope: 'LISTED', awards: [ana.awards[0]!.toUpperCase().replace('URN:UUID', 'urn:uuid'), ana.awards[0]!] });
    expect(await ask(consentId)).toEqual({ learnerRef: expect.any(String), awards: [ana.awards[0]] });
    clock.time = new Date('2026-11-29T20:00:00Z');
    await ask(consentId, adam, 'cheapestCompletion');
    expect(await shown(consentId)).toMatchObject({
      scope: 'LISTED',
      awards: [ana.awards[0]],
      audience: { advisor: adam.subject },
      purpose: 'TRANSFER_ADVICE',
      status: 'GRANTED',
      useCount: 2,
      uses: [
        { usedAt: '2026-11-29T20:00:00.000Z', usedBy: adam.subject, question: 'cheapestCompletion' },
        { usedAt: '2026-11-28T20:00:00.000Z', usedBy: adam.subject, question: 'audit' },
      ],
    });
  });

  it('names no awards when it is for all', async () => {
    const { consentId } = await grant();
    expect(await ask(consentId)).toEqual({ learnerRef: expect.any(String) });
  });

  it('to an institution is for its advisors, whoever they are', async () => {
    const { consentId } = await grant({ audience: { institution: 'UBC' } });
    await ask(consentId, someone('advisor', 'first@ubc.example', 'UBC'));
    await ask(consentId, someone('advisor', 'second@ubc.example', 'UBC'));
    expect((await shown(consentId)).uses.map(({ usedBy }) => usedBy).sort()).toEqual(['first@ubc.example', 'second@ubc.example']);
    for (const other of [adam, someone('advisor', 'third@bcit.example', 'BCIT'), someone('advisor', 'fourth@nobody.example', 'NOBODY')])
      await expect(ask(consentId, other)).rejects.toMatchObject(NO);
  });

  it('is told to everybody as events that name no person', async () => {
    const { consentId } = await grant();
    await withdraw(consentId);
    const events = await registry.sql<{ type: string; version: number; event: string }>(
      'select type, version, event from event_log where topic = $1 and key = $2 order by pos',
      ['mcr.awards.v1', consentId],
    );
    expect(events.map(({ type, version }) => `${type} ${version}`)).toEqual(['ca.bc.mcr.consent.granted.v1 1', 'ca.bc.mcr.consent.withdrawn.v1 2']);
    expect(JSON.parse(events[1]!.event)).toMatchObject({
      subject: consentId,
      data: { consentId, scope: 'ALL', audience: { kind: 'ADVISOR' }, status: 'WITHDRAWN', withdrawnAt: NOON.toISOString() },
    });
    expect(events.map(({ event }) => event).join()).not.toContain('college.example');
  });
});

describe('Nobody asks by a consent', () => {
  it('of an id that nobody has, nor by one that is for another advisor', async () => {
    const { consentId } = await grant();
    await expect(ask(randomUUID())).rejects.toMatchObject(NO);
    await expect(ask(consentId, eve)).rejects.toMatchObject(NO);
    await expect(ask(consentId, someone('advisor', adam.subject.toUpperCase()))).rejects.toMatchObject(NO);
    expect((await shown(consentId)).useCount).toBe(0);
  });

  it('from the instant on at which it expires', async () => {
    const { consentId } = await grant({ expiresAt: '2026-11-29T00:00:00-08:00' });
    clock.time = new Date('2026-11-29T07:59:59.999Z');
    await ask(consentId);
    clock.time = new Date('2026-11-29T08:00:00Z');
    await expect(ask(consentId)).rejects.toMatchObject(NO);
    expect(await shown(consentId)).toMatchObject({ status: 'EXPIRED', useCount: 1 });
  });

  it('once it was withdrawn, which can be done twice', async () => {
    const { consentId } = await grant();
    const ended = await withdraw(consentId);
    expect(ended).toMatchObject({ status: 'WITHDRAWN', withdrawnAt: NOON.toISOString() });
    clock.time = new Date('2026-12-01T00:00:00Z');
    expect(await withdraw(consentId)).toEqual(ended);
    await expect(ask(consentId)).rejects.toMatchObject(NO);
  });

  it('that is withdrawn while they ask: each was let through before, and written down, or refused', async () => {
    const { consentId } = await grant();
    const asking = Array.from({ length: 20 }, (_, index) => (index === 10 ? withdraw(consentId) : ask(consentId)));
    const answered = (await Promise.allSettled(asking)).filter(({ status }) => status === 'fulfilled').length - 1;
    expect((await shown(consentId)).useCount).toBe(answered);
    await expect(ask(consentId)).rejects.toMatchObject(NO);
  });

  it.each(['analyst', 'registrar', 'reviewer', 'learner', 'admin', 'service'] as const)('as %s', async (who) => {
    const { consentId } = await grant();
    await expect(ask(consentId, principals[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each(['BCIT', 'UBC'])('as staff or client of %s', async (code) => {
    const { consentId } = await grant({ audience: { institution: code } });
    await expect(ask(consentId, principals.institution(code))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask(consentId, principals.client(`${code.toLowerCase()}-publisher`))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('A learner', () => {
  it('can neither see, nor list, nor end what is another learner’s', async () => {
    const theirs = await grant({}, bo.learner);
    await expect(withdraw(theirs.consentId)).rejects.toMatchObject({ code: 'CONSENT_NOT_FOUND' });
    await expect(withdraw(randomUUID())).rejects.toMatchObject({ code: 'CONSENT_NOT_FOUND' });
    expect(await shown(theirs.consentId)).toBeUndefined();
    const foreign = await grant({ scope: 'LISTED', awards: [ana.awards[0]!, bo.awards[0]!] }).catch((refused: unknown) => refused);
    const absent = await grant({ scope: 'LISTED', awards: [ana.awards[0]!, `urn:uuid:${randomUUID()}`] }).catch((refused: unknown) => refused);
    expect(foreign).toMatchObject({ code: 'AWARD_NOT_FOUND', faults: [expect.objectContaining({ pointer: '/awards/1' })] });
    expect(JSON.stringify(foreign)).toBe(JSON.stringify(absent));
  });

  it('without a link has no consents and gives none', async () => {
    const nobody = someone('learner', 'nobody');
    await expect(grant({}, nobody)).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
    await expect(withdraw(randomUUID(), nobody)).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
    await expect(registry.call(MyConsents, {}, nobody)).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
  });

  it('hears everything that is wrong with a consent at once', async () => {
    const wrong = { scope: 'LISTED' as const, awards: [bo.awards[0]!], audience: { institution: 'NOBODY' }, expiresAt: '2028-01-01T00:00:00Z' };
    await expect(grant(wrong)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      faults: [
        expect.objectContaining({ pointer: '/awards/0', code: 'AWARD_NOT_FOUND' }),
        expect.objectContaining({ pointer: '/audience/institution', code: 'INSTITUTION_NOT_FOUND' }),
        expect.objectContaining({ pointer: '/expiresAt', code: 'EXPIRES_TOO_LATE', hint: expect.stringContaining('2027-11-28') }),
      ],
    });
  });

  it.each<[string, object, string]>([
    ['of LISTED awards without any', { scope: 'LISTED' }, '/awards'],
    ['of no awards', { scope: 'LISTED', awards: [] }, '/awards'],
    ['of ALL awards with a list', { awards: ['urn:uuid:8d5e2c1a-7b3f-4a6e-9c0d-2e1f3a4b5c6d'] }, '/awards'],
    ['of what is no award', { scope: 'LISTED', awards: [`urn:uuid:${'-'.repeat(36)}`] }, '/awards/0'],
    ['of 501 awards', { scope: 'LISTED', awards: Array<string>(501).fill('urn:uuid:8d5e2c1a-7b3f-4a6e-9c0d-2e1f3a4b5c6d') }, '/awards'],
    ['to nobody', { audience: {} }, '/audience'],
    ['to two', { audience: { advisor: 'adam', institution: 'UBC' } }, '/audience'],
    ['to everybody', { audience: { everybody: true } }, '/audience/everybody'],
    ['to an advisor of 256 letters', { audience: { advisor: 'a'.repeat(256) } }, '/audience/advisor'],
    ['for what pleases them', { purpose: 'MARKETING' }, '/purpose'],
    ['without an end', { expiresAt: undefined }, '/expiresAt'],
    ['until no instant', { expiresAt: '2026-12-01' }, '/expiresAt'],
    ['for somebody else', { learnerRef: randomUUID() }, '/learnerRef'],
  ])('gives none %s', async (_what, changes, pointer) => {
    await expect(grant(changes as never)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      faults: expect.arrayContaining([expect.objectContaining({ pointer })]),
    });
  });

  it('gives a hundred that hold, and another one when one of them has ended', async () => {
    const given = [];
    for (let index = 0; index < MOST_CONSENTS; index += 1) given.push(await grant({ expiresAt: '2026-11-29T00:00:00Z' }, bo.learner).catch(() => undefined));
    await expect(grant({}, bo.learner)).rejects.toMatchObject({ code: 'TOO_MANY_CONSENTS' });
    await withdraw(given[0]!.consentId, bo.learner);
    await grant({}, bo.learner);
    const consents = await registry.call(MyConsents, {}, bo.learner);
    expect(consents.filter(({ status }) => status === 'GRANTED')).toHaveLength(MOST_CONSENTS);
    expect(consents.at(-1)!.status).toBe('WITHDRAWN');
  });

  it.each(['analyst', 'registrar', 'reviewer', 'advisor', 'admin', 'service'] as const)('is nobody who signs in as %s', async (who) => {
    const caller = { ...principals[who], subject: ana.learner.subject };
    for (const attempt of [grant({}, caller), withdraw(randomUUID(), caller), registry.call(MyConsents, {}, caller)])
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is named nowhere: not in tables, events and logs', async () => {
    const { learner, studentNumber } = await aLinkedLearner(registry, bcit, [welding]);
    const { consentId } = await grant({}, learner);
    await ask(consentId);
    await withdraw(consentId, learner);
    const everything = `${await everythingStored(registry)} ${logged.join(' ')}`;
    expect(everything).toContain(consentId);
    for (const personal of [studentNumber, learner.subject]) expect(everything).not.toContain(personal);
    const events = await registry.sql<{ event: string }>('select event from event_log');
    expect(`${events.map(({ event }) => event).join(' ')} ${logged.join(' ')}`).not.toContain('college.example');
  });
});
