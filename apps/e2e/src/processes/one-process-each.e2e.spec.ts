import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { answerTo, ask, outcomeOf, publish } from '../testing/faces.ts';
import { describeIn } from '../testing/modes.ts';
import { Province, submission } from '../testing/province.ts';
import { RegistryProcess, end } from '../testing/registry-process.ts';
import type { Service } from '../testing/registry-process.ts';

interface Taken {
  readonly submissions: readonly { readonly submissionId: string; readonly state: string }[];
}

describeIn('one process each', 'the province as separate processes', () => {
  let registry: RegistryProcess;
  let welding: string;
  let client: string;
  let published = 0;
  const byHand: ChildProcess[] = [];

  beforeAll(async () => {
    registry = await RegistryProcess.start({ mode: 'one process each' });
    const province = new Province(registry);
    await province.institution('NLC', 'Northern Lights College');
    welding = await province.microCredential('NLC', { title: 'Welding for Farmers' });
    client = await province.clientToken('NLC');
    await eventually(async () => expect((await publish(registry, submission('NLC', welding, 'NLC-FIRST'), client)).status).toBe(202));
    published += 1;
  }, 240_000);

  afterAll(async () => {
    await Promise.all(byHand.map((child) => end(child, 'SIGTERM')));
    await registry?.remove();
  }, 60_000);

  const awards = async (): Promise<number> =>
    (await answerTo<{ registryStatus: { awards: number } }>(registry, '{ registryStatus { awards } }')).registryStatus.awards;
  const allArrive = () => eventually(async () => expect(await awards()).toBe(published), { timeoutMs: 60_000 });
  const gone = (url: string) => eventually(() => expect(fetch(`${url}/health/live`)).rejects.toThrow(), { timeoutMs: 30_000 });
  const ready = (url: string) => eventually(async () => expect((await fetch(`${url}/health/ready`)).status).toBe(200), { timeoutMs: 120_000 });

  const stopProcess = async (service: Service): Promise<void> => {
    process.kill(registry.pidOf(service), 'SIGTERM');
    await gone(registry.urlOf(service));
  };
  const startAgain = async (service: Service): Promise<void> => {
    byHand.push(registry.startByHand(service));
    await ready(registry.urlOf(service));
  };

  const csv = async (name: string, count: number): Promise<string> => {
    const rows = Array.from({ length: count }, (_, index) => `NLC-${name}-${index},1,${welding},2026-10-01,INSTRUCTION,${name}${index}`);
    const file = join(registry.dataDir, `${name}.csv`);
    await writeFile(file, ['sourceAwardId,revision,microCredentialCtid,awardedDate,method,learner.STUDENT_NUMBER', ...rows].join('\n'));
    return file;
  };
  const publishFile = (file: string) => registry.npmInBackground('publisher', 'publish', file, '--institution', 'NLC', '--url', registry.url);

  it('goes on publishing while the service that reads is stopped, and shows everything once it is back', async () => {
    await allArrive();
    const before = published;
    await stopProcess('search');
    const { status, stdout, stderr } = await publishFile(await csv('READ', 1_000));
    expect({ status, stderr: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, stderr: '' });
    published += 1_000;
    expect(await awards()).toBe(before);
    expect(registry.output).toContain('search was stopped; the others go on');
    await startAgain('search');
    await allArrive();
  }, 240_000);

  it('loses and doubles nothing when the service that takes records is stopped in the middle, and says when to come again', async () => {
    const publishing = publishFile(await csv('TAKE', 3_000));
    await eventually(async () => expect(await awards()).toBeGreaterThan(published), { timeoutMs: 30_000 });
    await stopProcess('awards');
    const away = await publish(registry, submission('NLC', welding, 'NLC-AWAY'), client);
    expect(away.status).toBe(503);
    expect(Number(away.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await away.json()).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    await startAgain('awards');
    await publishing;
    const { status, stdout, stderr } = await publishFile(join(registry.dataDir, 'TAKE.csv'));
    expect({ status, stderr: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, stderr: '' });
    published += 3_000;
    await allArrive();
  }, 240_000);

  it('has two instances of a service share the work and double nothing', async () => {
    const other = `http://127.0.0.1:${registry.port + 6}`;
    const second = registry.startByHand('awards', registry.port + 6);
    const secondSearch = registry.startByHand('search', registry.port + 9);
    byHand.push(second, secondSearch);
    await Promise.all([ready(other), ready(`http://127.0.0.1:${registry.port + 9}`)]);
    const batches = Array.from({ length: 10 }, (_, batch) =>
      Array.from({ length: 50 }, (_, index) => submission('NLC', welding, `NLC-TWICE-${batch}-${index}`)),
    );
    const send = (address: string, events: object[]): Promise<Response> =>
      fetch(`${address}/events`, {
        method: 'POST',
        headers: { 'content-type': 'application/cloudevents-batch+json', authorization: `Bearer ${client}` },
        body: JSON.stringify(events),
      });
    await eventually(async () => expect((await send(other, [submission('NLC', welding, 'NLC-HEARD')])).status).toBe(202), { timeoutMs: 30_000 });
    published += 1;
    // Every record reaches both at the same moment.
    const answers = await Promise.all(batches.flatMap((events) => [send(registry.urlOf('awards'), events), send(other, events)]));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 202));
    published += 500;
    const taken = await Promise.all(answers.map(async (answer) => ((await answer.json()) as Taken).submissions.map(({ submissionId }) => submissionId)));
    for (let batch = 0; batch < 10; batch += 1) expect(taken[2 * batch]).toEqual(taken[2 * batch + 1]);
    await allArrive();
    expect((await outcomeOf(registry, taken[0]![0]!, client)).state).toBe('ACCEPTED');
    await Promise.all([end(second, 'SIGTERM'), end(secondSearch, 'SIGTERM')]);
  }, 240_000);

  it('goes on publishing while Kafka is away, starts it again, and shows everything', async () => {
    process.kill(registry.pidOf('Kafka'), 'SIGKILL');
    await eventually(() => expect(registry.output).toContain('Kafka has ended'));
    const events = Array.from({ length: 50 }, (_, index) => submission('NLC', welding, `NLC-WITHOUT-KAFKA-${index}`));
    expect((await publish(registry, events, client)).status).toBe(202);
    published += 50;
    await allArrive();
    for (const service of ['awards', 'search', 'gateway'] as const) await ready(registry.urlOf(service));
  }, 240_000);

  it('starts a process again that died', async () => {
    const before = registry.pidOf('pathways');
    process.kill(before, 'SIGKILL');
    await eventually(() => expect(registry.output).toMatch(/pathways has ended \(SIGKILL\) and is started again/));
    await ready(registry.urlOf('pathways'));
    expect(() => process.kill(before, 0)).toThrow();
  }, 120_000);

  it('keeps what is internal from outside, and asks inside for a token too', async () => {
    const forged = { 'x-mcr-principal': 'svc-search', 'x-roles': 'service,admin', 'x-forwarded-user': 'admin', 'x-internal': 'true' };
    const publishing = { authorization: `Bearer ${client}` };
    for (const path of ['/log/heads', '/log/mcr.awards.v1/0?after=0', '/commands/suspendInstitution']) {
      const init = { method: path.startsWith('/commands') ? 'POST' : 'GET', ...(path.startsWith('/commands') ? { body: '{}' } : {}) };
      // The gateway has no log, and none of the others' commands, for whoever asks.
      const throughGateway = await fetch(`${registry.url}${path}`, { ...init, headers: { ...forged, authorization: `Bearer ${registry.token('admin')}` } });
      const atGateway = (await throughGateway.json()) as { logs?: object[]; code?: string };
      expect(atGateway.logs ?? atGateway.code).toEqual(path === '/log/heads' ? [] : 'NOT_FOUND');
      for (const service of ['awards', 'institutions'] as const) {
        if (service === 'awards' && path.startsWith('/commands')) continue;
        const url = `${registry.urlOf(service)}${path}`;
        expect((await fetch(url, { ...init, headers: forged })).status).toBe(401);
        expect((await fetch(url, { ...init, headers: { ...forged, ...publishing } })).status).toBe(403);
      }
    }
  }, 120_000);

  it('answers a refusal of a service elsewhere in the same words as one here', async () => {
    const input = { code: 'NLC', name: { en: 'Again' }, agentType: 'COLLEGE', region: 'Cariboo' };
    const query = 'mutation ($input: InviteInstitutionInput!) { result: inviteInstitution(input: $input) { __typename ... on Refusal { code } } }';
    const { data } = await ask<{ result: object }>(registry, query, { input }, registry.token('ministry-registrar'));
    expect(data.result).toEqual({ __typename: 'CodeTaken', code: 'CODE_TAKEN' });
    const nobody = await ask<{ result: null }>(registry, query, { input: { ...input, code: `X${randomUUID().slice(0, 1).toUpperCase()}` } });
    expect(nobody.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  }, 120_000);

  it('starts in any order: whoever is early lives, is not ready, and goes on by itself', async () => {
    await Promise.all(byHand.map((child) => end(child, 'SIGTERM')));
    expect(await registry.stop()).toBe(0);
    expect(registry.output).not.toContain('does not stop within');
    // No database, no sign-in, no Kafka.
    const early = ['search', 'awards', 'gateway'] as const;
    byHand.push(...early.map((service) => registry.startByHand(service)));
    for (const service of early) {
      const url = registry.urlOf(service);
      await eventually(async () => expect((await fetch(`${url}/health/live`)).status).toBe(200), { timeoutMs: 90_000 });
      const answer = await fetch(`${url}/health/ready`);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ state: 'DOWN', parts: [{ part: `${service} database`, detail: 'PostgreSQL does not answer.' }] });
    }
    const face = await publish(registry, submission('NLC', welding, 'NLC-EARLY'), client);
    expect({ status: face.status, code: ((await face.json()) as { code: string }).code }).toEqual({ status: 503, code: 'UNAVAILABLE' });
    const starting = registry.start();
    await eventually(() => expect(registry.output).toContain('search runs already'), { timeoutMs: 90_000 });
    await end(byHand.at(-early.length), 'SIGTERM');
    await starting;
    expect(registry.output).toContain('awards runs already');
    // Who was about to go is not waited for.
    expect(registry.output).toContain('search has gone meanwhile and is started here');
    client = registry.token('institution-client', 'NLC');
    expect((await publish(registry, submission('NLC', welding, 'NLC-LATE'), client)).status).toBe(202);
    published += 1;
    await allArrive();
  }, 240_000);
});
