import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CredentialsOfAwards, EndShare, MyShares, type PublishedMicroCredential, ShareCredential } from '@mcr/contracts';
import { createLogger } from '@mcr/runtime';
import { eventually, principals } from '@mcr/testing';
import { type AwardsRegistry, type Institution, everythingStored, startAwards } from '../../testing/awards-registry.ts';
import { SetClock, aLinkedLearner, someone } from '../../testing/learners.ts';

const DAY_MS = 86_400_000;
/** Keys are told of by the machine's own time; what is signed with one comes later. */
const NOW = new Date(Date.now() + 3_600_000);
const clock = new SetClock(NOW);
const logged: string[] = [];
let registry: AwardsRegistry;
let bcit: Institution;
let welding: PublishedMicroCredential;
let ana: Awaited<ReturnType<typeof aLinkedLearner>>;
let bo: Awaited<ReturnType<typeof aLinkedLearner>>;

beforeAll(async () => {
  registry = await startAwards({}, { clock, log: createLogger('trace', { write: (line) => void logged.push(line) }) });
  bcit = await registry.anInstitution('BCIT');
  welding = await registry.aMicroCredentialOf(bcit);
  await registry.aKeyFor(bcit);
  ana = await aLinkedLearner(registry, bcit, [welding, await registry.aMicroCredentialOf(bcit)]);
  bo = await aLinkedLearner(registry, bcit, [welding]);
  await eventually(async () => {
    const awards = [...ana.awards, ...bo.awards];
    expect(await registry.call(CredentialsOfAwards, { awards }, principals.registrar)).toHaveLength(awards.length);
  });
});
beforeEach(() => void (clock.time = NOW));
afterAll(() => registry?.close());

const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS).toISOString();
const share = (award = ana.awards[0]!, { expiresAt = inDays(7), learner = ana.learner } = {}) => registry.call(ShareCredential, { award, expiresAt }, learner);
const end = (shareId: string, learner = ana.learner) => registry.call(EndShare, { share: shareId }, learner);
const shown = async (shareId: string, learner = ana.learner) => (await registry.call(MyShares, {}, learner)).find((shared) => shared.shareId === shareId);

/** What somebody without a sign-in gets at an award's address with a token. */
async function read(award: string, shareToken: string) {
  const response = await fetch(`${registry.url}/awards/${award}/credential?share=${shareToken}`);
  return { status: response.status, text: await response.text() };
}
async function verify(shareToken: string) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ shareToken }) };
  const response = await fetch(`${registry.url}/verify`, init);
  return { status: response.status, body: (await response.json()) as { verdict?: string; code?: string } };
}

describe('A share', () => {
  it('lets anybody who has its token read and verify the credential of one award', async () => {
    const { shareToken, url, shareId } = await share();
    const [own] = await registry.call(CredentialsOfAwards, { awards: [ana.awards[0]!] }, ana.learner);
    expect(await read(ana.awards[0]!, shareToken)).toEqual({ status: 200, text: own!.credential });
    expect(await verify(shareToken)).toMatchObject({ status: 200, body: { verdict: 'VALID' } });
    expect(url).toBe(`${registry.url}/awards/${ana.awards[0]!.slice('urn:uuid:'.length)}/credential?share=${shareToken}`);
    const followed = await fetch(url, { headers: { accept: 'image/png' } });
    expect([followed.status, followed.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(await shown(shareId)).toMatchObject({ awardId: ana.awards[0], status: 'OPEN' });
  });

  it('counts for its learner how often it was used, and when last; nothing else counts', async () => {
    const { shareToken, shareId } = await share();
    expect(await shown(shareId)).toMatchObject({ views: 0 });
    expect((await shown(shareId))!.lastViewedAt).toBeUndefined();
    await read(ana.awards[0]!, shareToken);
    clock.time = new Date(NOW.getTime() + 60_000);
    await verify(shareToken);
    await registry.call(CredentialsOfAwards, { awards: [ana.awards[0]!] }, ana.learner);
    expect(await shown(shareId)).toMatchObject({ views: 2, lastViewedAt: clock.time.toISOString() });
  });

  it('shows nothing at the address of another award', async () => {
    const { shareToken, shareId } = await share();
    for (const award of [ana.awards[1]!, bo.awards[0]!, `urn:uuid:${randomUUID()}`]) expect((await read(award, shareToken)).status).toBe(404);
    expect(await shown(shareId)).toMatchObject({ views: 0 });
  });

  it('counts no use that showed nothing: a look at the headers alone, a form that there is not', async () => {
    const { url, shareId } = await share();
    const asked = async (method: string, accept: string) => {
      const response = await fetch(url, { method, headers: { accept } });
      return [response.status, response.headers.get('content-type')?.split(';')[0]];
    };
    expect(await asked('HEAD', 'application/vc')).toEqual([200, 'application/vc']);
    expect(await asked('HEAD', 'image/png')).toEqual([200, 'image/png']);
    expect(await asked('GET', 'text/csv')).toEqual([406, 'application/problem+json']);
    expect(await shown(shareId)).toMatchObject({ views: 0 });
    expect(await asked('GET', 'application/vc')).toEqual([200, 'application/vc']);
    expect(await shown(shareId)).toMatchObject({ views: 1 });
    await end(shareId);
    for (const method of ['HEAD', 'GET']) expect(await asked(method, 'application/vc')).toEqual([404, 'application/problem+json']);
  });

  it('shows nothing from the moment on at which its learner ended it, for good', async () => {
    const { shareToken, shareId } = await share();
    expect((await read(ana.awards[0]!, shareToken)).status).toBe(200);
    expect(await end(shareId)).toMatchObject({ shareId, status: 'ENDED', views: 1 });
    expect((await read(ana.awards[0]!, shareToken)).status).toBe(404);
    expect(await verify(shareToken)).toMatchObject({ status: 404 });
    expect(await end(shareId)).toMatchObject({ status: 'ENDED', views: 1 });
    expect(await shown(shareId)).toMatchObject({ status: 'ENDED', views: 1 });
  });

  it('shows nothing from the moment on at which its time is over', async () => {
    const { shareToken, shareId, expiresAt } = await share(undefined, { expiresAt: inDays(1) });
    clock.time = new Date(Date.parse(expiresAt) - 1);
    expect((await read(ana.awards[0]!, shareToken)).status).toBe(200);
    clock.time = new Date(expiresAt);
    expect((await read(ana.awards[0]!, shareToken)).status).toBe(404);
    expect(await shown(shareId)).toMatchObject({ status: 'ENDED', views: 1 });
  });

  it('is refused in one and the same way, whatever is wrong with its token', async () => {
    const ended = await share();
    await end(ended.shareId);
    const over = await share(undefined, { expiresAt: inDays(1) });
    clock.time = new Date(over.expiresAt);
    const answers = await Promise.all([ended.shareToken, over.shareToken, 'A'.repeat(22), 'A'.repeat(100), `${'A'.repeat(21)}'`].map(verify));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body)).map((text) => text.replace(/"(instance|traceId)":"[^"]*",?/g, ''))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
  });
});

describe('A learner', () => {
  it('shares no award of another learner, and hears nothing of whether it exists', async () => {
    const foreign = await share(bo.awards[0]).catch((refused: unknown) => refused);
    const absent = await share(`urn:uuid:${randomUUID()}`).catch((refused: unknown) => refused);
    expect(foreign).toMatchObject({ code: 'AWARD_NOT_FOUND', faults: [expect.objectContaining({ pointer: '/award' })] });
    expect(JSON.stringify(foreign)).toBe(JSON.stringify(absent));
  });

  it('neither ends nor sees what another learner shares', async () => {
    const { shareId, shareToken } = await share();
    await expect(end(shareId, bo.learner)).rejects.toMatchObject({ code: 'SHARE_NOT_FOUND' });
    await expect(end(randomUUID())).rejects.toMatchObject({ code: 'SHARE_NOT_FOUND' });
    expect(await shown(shareId, bo.learner)).toBeUndefined();
    expect((await read(ana.awards[0]!, shareToken)).status).toBe(200);
  });

  it('without a link shares nothing', async () => {
    const nobody = someone('learner', 'nobody');
    await expect(share(undefined, { learner: nobody })).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
    await expect(end(randomUUID(), nobody)).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
    await expect(registry.call(MyShares, {}, nobody)).rejects.toMatchObject({ code: 'LEARNER_NOT_LINKED' });
  });

  it('hears everything that is wrong with a share at once', async () => {
    await expect(share(bo.awards[0], { expiresAt: inDays(800) })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      faults: [
        expect.objectContaining({ pointer: '/award', code: 'AWARD_NOT_FOUND' }),
        expect.objectContaining({ pointer: '/expiresAt', code: 'EXPIRES_TOO_LATE', message: 'A share ends after a year at the latest.' }),
      ],
    });
    await expect(share(undefined, { expiresAt: NOW.toISOString() })).rejects.toMatchObject({
      faults: [{ pointer: '/expiresAt', code: 'EXPIRES_IN_PAST', message: 'A share ends in the future.' }],
    });
  });

  it('has a hundred open at most, and another one when one of them has ended', async () => {
    const first = await share(bo.awards[0], { learner: bo.learner });
    for (let index = 1; index < 100; index += 1) await share(bo.awards[0], { learner: bo.learner });
    await expect(share(bo.awards[0], { learner: bo.learner })).rejects.toMatchObject({ code: 'TOO_MANY_SHARES' });
    await end(first.shareId, bo.learner);
    await share(bo.awards[0], { learner: bo.learner });
  });

  it.each(['analyst', 'registrar', 'reviewer', 'advisor', 'admin', 'service'] as const)('is nobody who signs in as %s', async (who) => {
    const learner = { ...principals[who], subject: ana.learner.subject };
    for (const attempt of [share(undefined, { learner }), end(randomUUID(), learner), registry.call(MyShares, {}, learner)])
      await expect(attempt).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('A share token', () => {
  it('is kept nowhere: not in tables, and not in logs', async () => {
    const { shareToken, shareId } = await share();
    await read(ana.awards[0]!, shareToken);
    await verify(shareToken);
    const everything = `${await everythingStored(registry)} ${logged.join(' ')}`;
    expect(everything).toContain(shareId);
    expect(everything).not.toContain(shareToken);
  });
});
