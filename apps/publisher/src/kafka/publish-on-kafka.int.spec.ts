import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LEARNER_KEY_ALGORITHM, inboundTopicOf, institutionTopics, kafkaRecord, outcomeTopicOf } from '@mcr/contracts';
import { AUDIENCE, clientKeyPath, createDevelopmentSignIn, ensurePrivateKey, publicPartOf, type RegisteredClient } from '@mcr/identity';
import { BrokerAccess, RecordReader, RecordWriter, type KafkaConnection, type ReceivedRecord } from '@mcr/messaging/kafka-records';
import { kafkaUnavailable, startKafka, type KafkaBroker } from '@mcr/testing';
import { calculateJwkThumbprint, compactDecrypt, exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import { runPublisher } from '../command.ts';
import { KafkaRegistry } from './kafka-registry.ts';

const missing = kafkaUnavailable();
const describeOnKafka = missing ? describe.skip : describe;
const [OURS, THEIRS] = ['BCIT', 'UBC'];
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let dataDir: string;
let server: Server;
let url: string;
let broker: KafkaBroker;
let secret: CryptoKey;
const clients = new Map<string, RegisteredClient>();
const closing: { close(): Promise<void> }[] = [];
/** What lay on the inbound topic: as text, and the learners that were sealed in it. */
const arrived = { texts: [] as string[], learners: [] as unknown[], eventIds: [] as string[] };

/** Answers each record once, as the registry does: those whose number says so are refused. */
async function answer(records: readonly ReceivedRecord[], writer: RecordWriter): Promise<void> {
  for (const { key, value, headers } of records) {
    const data = JSON.parse(value!.toString()) as { sourceAwardId: string; learner: string };
    const eventId = headers['ce_id']![0]!.toString();
    arrived.texts.push(`${key!.toString()} ${JSON.stringify(headers)} ${value!.toString()}`);
    arrived.learners.push(JSON.parse(new TextDecoder().decode((await compactDecrypt(data.learner, secret)).plaintext)));
    if (arrived.eventIds.includes(eventId)) continue;
    arrived.eventIds.push(eventId);
    const errors = [{ pointer: '/microCredentialCtid', code: 'MC_NOT_FOUND', message: 'There is none.' }];
    const isRefused = data.sourceAwardId.startsWith('refused');
    const outcome = { eventId, sourceAwardId: data.sourceAwardId, ...(isRefused ? { state: 'REJECTED', errors } : { state: 'ACCEPTED' }) };
    await writer.write(outcomeTopicOf(OURS), [kafkaRecord({ datacontenttype: 'application/json', data: outcome }, data.sourceAwardId)]);
  }
}

const aRecord = (sourceAwardId: string, more: object = {}) => ({
  sourceAwardId,
  revision: 1,
  microCredentialCtid: `ce-${randomUUID()}`,
  awardedDate: '2026-06-15',
  learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: `S-${sourceAwardId}` }], name: 'Winter Kwong' },
  method: 'INSTRUCTION',
  ...more,
});

async function publish(records: readonly object[], ...words: string[]) {
  const file = join(dataDir, `${randomUUID()}.jsonl`);
  await writeFile(file, records.map((record) => JSON.stringify(record)).join('\n'));
  return () => run('publish', file, '--institution', OURS, '--kafka', '--brokers', broker.institutionsBroker!, '--url', url, ...words);
}

async function run(...words: string[]) {
  const out: string[] = [];
  const say = (text: string): void => void out.push(text);
  const progress = () => ({ advance: () => undefined, finish: () => undefined });
  const code = await runPublisher(['node', 'publisher', ...words], { line: say, problem: say, raw: say, rawProblem: say, progress }, { DATA_DIR: dataDir });
  return { code, out: out.join('\n') };
}

async function startStandIn(): Promise<void> {
  const pair = await generateKeyPair(LEARNER_KEY_ALGORITHM, { crv: 'P-256', extractable: true });
  secret = pair.privateKey;
  const jwk = await exportJWK(pair.publicKey);
  const keys = { keys: [{ ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'enc', alg: LEARNER_KEY_ALGORITHM }] };
  server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signIn = await createDevelopmentSignIn({ issuer: `${url}/oidc`, dataDir, findClient: (clientId) => Promise.resolve(clients.get(clientId)) });
  server.on('request', (request, response) =>
    request.url === '/awards/encryption-keys'
      ? response.setHeader('content-type', 'application/jwk-set+json').end(JSON.stringify(keys))
      : signIn.callback(request, response),
  );
}

async function startTopics(): Promise<void> {
  const connection: KafkaConnection = { brokers: [broker.brokers], clientId: 'stand-in', log: silent };
  const access = new BrokerAccess(connection);
  const writer = new RecordWriter(connection);
  await access.createMissing(
    [OURS, THEIRS].flatMap((code) => [
      { name: inboundTopicOf(code), ...institutionTopics.inbound },
      { name: outcomeTopicOf(code), ...institutionTopics.outcomes },
    ]),
  );
  for (const code of [OURS, THEIRS]) {
    const clientId = `${code.toLowerCase()}-publisher`;
    const key = publicPartOf(await ensurePrivateKey(clientKeyPath(dataDir, code), 'EdDSA'));
    clients.set(clientId, { clientId, publicKey: key, scopes: ['award:publish'], status: 'ACTIVE' });
    await access.allowExactly(`User:${clientId}`, [
      { on: 'topic', name: inboundTopicOf(code), may: ['WRITE', 'DESCRIBE'] },
      { on: 'topic', name: outcomeTopicOf(code), may: ['READ', 'DESCRIBE'] },
      { on: 'group', name: `${clientId}:`, prefix: true, may: ['READ'] },
    ]);
  }
  const reader = new RecordReader({
    connection,
    groupId: 'stand-in',
    topics: () => Promise.resolve([inboundTopicOf(OURS)]),
    handle: (records) => answer(records, writer),
  });
  reader.start();
  closing.push(reader, writer, access);
}

describeOnKafka(`Publishing on Kafka${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'publisher-'));
    await startStandIn();
    broker = await startKafka({ dataDir: join(dataDir, 'kafka'), institutions: { issuer: `${url}/oidc`, audience: AUDIENCE, jwksUrl: `${url}/oidc/jwks` } });
    await startTopics();
  }, 120_000);
  afterAll(async () => {
    for (const one of closing) await one.close();
    await broker?.stop();
    server?.closeAllConnections();
    server?.close();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('reports the outcome of every record as over HTTPS, and leaves no clear word of a learner on the topic', async () => {
    const records = [aRecord('a-1'), aRecord('refused-2'), aRecord('a-3')];
    const { code, out } = await (await publish(records))();
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^row 2, .*: MC_NOT_FOUND\. There is none\./),
      '3 records: 2 accepted, 0 duplicate, 1 rejected, 0 pending',
    ]);
    expect(code).toBe(1);
    expect(arrived.learners.slice(-3)).toEqual(records.map(({ learner }) => learner));
    expect(arrived.texts.join()).not.toMatch(/Kwong|S-a-1/);
  }, 60_000);

  it('finds the outcomes of a file that was published before', async () => {
    const again = await publish([aRecord('b-1'), aRecord('b-2')]);
    const first = await again();
    expect(first).toEqual({ code: 0, out: '2 records: 2 accepted, 0 duplicate, 0 rejected, 0 pending' });
    expect(await again()).toEqual(first);
    expect(arrived.texts.filter((text) => text.startsWith('b-'))).toHaveLength(4);
  }, 60_000);

  it('does not write what stands in a place of its own: it may be somebody’s number', async () => {
    const { code, out } = await (await publish([aRecord('c-1', { PEN: '123456789' }), aRecord('c-2')]))();
    expect(out).toMatch(/row 1, .*UNKNOWN_PROPERTY/);
    expect(code).toBe(1);
    expect(arrived.texts.filter((text) => text.startsWith('c-')).map((text) => text.split(' ')[0])).toEqual(['c-2']);
  }, 60_000);

  it('does not wait for outcomes when nobody wants them', async () => {
    expect((await (await publish([aRecord('d-1')], '--no-wait'))()).out).toContain('1 pending');
  }, 60_000);

  it('ends with what is wrong when the client is another institution’s', async () => {
    const { code, out } = await (await publish([aRecord('e-1')], '--client-id', 'ubc-publisher', '--key', clientKeyPath(dataDir, THEIRS)))();
    expect(out).toContain('"ubc-publisher" may not use the topics of BCIT');
    expect(code).toBe(2);
    expect(arrived.texts.filter((text) => text.startsWith('e-'))).toEqual([]);
  }, 60_000);

  it('ends with what is wrong when there is no Kafka', async () => {
    const client = { url, clientId: 'bcit-publisher', key: await ensurePrivateKey(clientKeyPath(dataDir, OURS)) };
    const nowhere = new KafkaRegistry({ institution: OURS, client, brokers: ['127.0.0.1:9'] }, 300);
    await expect(nowhere.listen(() => undefined)).rejects.toThrow(/does not answer at 127\.0\.0\.1:9\. Name its address/);
    await nowhere.close();
  }, 60_000);
});
