import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ReinstateInstitution, RegisterPublishingClient, RevokePublishingClient, SuspendInstitution, inboundTopicOf, outcomeTopicOf } from '@mcr/contracts';
import { AUDIENCE, clientToken, type PrivateKey, type RegisteredClient } from '@mcr/identity';
import { BrokerAccess, RecordWriter, TopicTail, extentOf, type KafkaConnection } from '@mcr/messaging/kafka-records';
import {
  eventually,
  freePort,
  kafkaUnavailable,
  principals,
  startKafka,
  startTestSignIn,
  type KafkaBroker,
  type TestRegistry,
  type TestSignIn,
} from '@mcr/testing';
import { SignJWT, importJWK, type JWTPayload } from 'jose';
import { anActiveInstitution, startInstitutions } from '../testing/institutions-registry.ts';
import { KafkaAccess } from './kafka-access.ts';

const missing = kafkaUnavailable();
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const { registrar } = principals;

let dataDir: string;
let registry: TestRegistry;
let signIn: TestSignIn;
let broker: KafkaBroker;
const opened: { close(): Promise<void> }[] = [];

interface Client {
  readonly clientId: string;
  readonly key: PrivateKey;
}

const findClient = async (clientId: string): Promise<RegisteredClient | undefined> => {
  const [row] = await registry
    .database('institutions')
    .query<RegisteredClient>('select client_id as "clientId", public_key as "publicKey", scopes, status from publishing_client where client_id = $1', [
      clientId,
    ]);
  return row;
};

const internal = (): KafkaConnection => ({ brokers: [broker.brokers], clientId: 'spec', log: quiet });
/** The broker as somebody with this token sees it. */
const withToken = (token: () => Promise<string>): KafkaConnection => ({ brokers: [broker.institutionsBroker!], clientId: 'spec', log: quiet, sasl: { token } });
const as = ({ clientId, key }: Client): KafkaConnection => withToken(() => clientToken({ url: signIn.url, clientId, key }));

function writerOn(connection: KafkaConnection): RecordWriter {
  const writer = new RecordWriter(connection);
  opened.push(writer);
  return writer;
}
const write = (connection: KafkaConnection, topic: string): Promise<void> => writerOn(connection).write(topic, [{ key: 'k', value: 'v' }]);

/** The first record of a topic, or what kept it from being read. */
function readFirst(connection: KafkaConnection, topic: string, groupId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const tail = new TopicTail({ connection, topic, groupId, onRecord: ({ value }) => resolve(value!.toString()), onEnd: reject });
    opened.push(tail);
    tail.start('0').catch(reject);
  });
}

async function anInstitutionWithClient(): Promise<{ code: string; client: Client }> {
  const code = Array.from({ length: 5 }, () => String.fromCharCode(65 + Math.floor(Math.random() * 26))).join('');
  await anActiveInstitution(registry, code);
  const clientId = `${code.toLowerCase()}-publisher`;
  const { kty, crv, x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as Record<string, string>;
  await registry.call(RegisterPublishingClient, { institution: code, clientId, publicKey: { kty: 'OKP', crv: 'Ed25519', x: x! } }, registrar);
  return { code, client: { clientId, key: { kty, crv, x, d } as PrivateKey } };
}

async function tokenWith(claims: JWTPayload, expiresAt: string | number = '5m', typ = 'at+jwt'): Promise<string> {
  const jwk = JSON.parse(await readFile(join(dataDir, 'secrets', 'sign-in.jwk'), 'utf8')) as { kid: string };
  return new SignJWT({ aud: AUDIENCE, iss: signIn.issuer, jti: randomUUID(), ...claims })
    .setProtectedHeader({ alg: 'ES256', typ, kid: jwk.kid })
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(await importJWK(jwk, 'ES256'));
}

const allowed = (connection: KafkaConnection, topic: string): Promise<void> => eventually(() => write(connection, topic));

const describeOnKafka = missing ? describe.skip : describe;
describeOnKafka(`Access to Kafka${missing ? ` (${missing})` : ''}`, () => {
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mcr-test-'));
    signIn = await startTestSignIn(dataDir, { findClient });
    broker = await startKafka({ dataDir: join(dataDir, 'kafka'), institutions: { issuer: signIn.issuer, audience: AUDIENCE, jwksUrl: signIn.jwksUrl } });
    const port = String(await freePort());
    const environment = { PORT: port, LISTEN_PORT: port, KAFKA_BROKERS: broker.brokers, SERVICE_URL_GATEWAY: signIn.url };
    registry = await startInstitutions({ dataDir, environment });
  }, 120_000);
  afterAll(async () => {
    for (const one of opened) await one.close();
    await registry?.close();
    await broker?.stop();
    await signIn?.close();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  }, 60_000);

  it('lets a client write its institution’s records and read their outcomes, with its own token', async () => {
    const { code, client } = await anInstitutionWithClient();
    await allowed(as(client), inboundTopicOf(code));
    expect(await extentOf(internal(), inboundTopicOf(code))).toMatchObject({ first: '0' });
    await write(internal(), outcomeTopicOf(code));
    expect(await readFirst(as(client), outcomeTopicOf(code), client.clientId)).toBe('v');
    expect(await readFirst(as(client), outcomeTopicOf(code), `${client.clientId}:${randomUUID()}`)).toBe('v');
  });

  it('keeps it from everything else', async () => {
    const [own, other] = [await anInstitutionWithClient(), await anInstitutionWithClient()];
    await allowed(as(own.client), inboundTopicOf(own.code));
    await allowed(as(other.client), inboundTopicOf(other.code));
    await write(internal(), outcomeTopicOf(other.code));
    const { client } = own;
    await expect(write(as(client), inboundTopicOf(other.code))).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    await expect(write(as(client), outcomeTopicOf(own.code))).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    await expect(write(as(client), 'mcr.awards.v1')).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    await expect(readFirst(as(client), outcomeTopicOf(other.code), client.clientId)).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    await expect(readFirst(as(client), inboundTopicOf(own.code), client.clientId)).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    // What the broker calls a lack of rights on a group, kafkajs tells as a coordinator that it cannot find.
    await expect(readFirst(as(client), outcomeTopicOf(own.code), other.client.clientId)).rejects.toThrow(/group coordinator/);
    await expect(readFirst(as(client), outcomeTopicOf(own.code), `${client.clientId}-2`)).rejects.toThrow(/group coordinator/);
    await expect(extentOf(as(client), inboundTopicOf(other.code))).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    const ambitious = new BrokerAccess(as(client));
    opened.push(ambitious);
    await expect(ambitious.allowExactly(`User:${client.clientId}`, [{ on: 'topic', name: inboundTopicOf(other.code), may: ['WRITE'] }])).rejects.toMatchObject({
      kind: 'FORBIDDEN',
    });
    await expect(ambitious.createMissing([{ name: 'mine', partitions: 1, retentionMs: 1000, maxMessageBytes: 1000 }])).rejects.toMatchObject({
      kind: 'FORBIDDEN',
    });
    expect(await extentOf(internal(), inboundTopicOf(other.code))).toEqual({ first: '0', next: '1' });
  }, 60_000);

  it('ends with the client’s revocation, also on a connection that is open', async () => {
    const { code, client } = await anInstitutionWithClient();
    const topic = inboundTopicOf(code);
    await allowed(as(client), topic);
    let tokens = 0;
    const connection = as(client);
    const writer = writerOn({ ...connection, sasl: { token: () => ((tokens += 1), connection.sasl!.token()) } });
    await writer.write(topic, [{ key: 'k', value: 'before' }]);
    await registry.call(RevokePublishingClient, { clientId: client.clientId }, registrar);
    await eventually(() => expect(writer.write(topic, [{ key: 'k', value: 'after' }])).rejects.toMatchObject({ kind: 'FORBIDDEN' }));
    expect(tokens).toBe(1);
    const { next } = await extentOf(internal(), topic);
    await expect(writer.write(topic, [{ key: 'k', value: 'after' }])).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    await expect(
      readFirst(
        withToken(() => tokenWith({ sub: client.clientId, client_id: client.clientId })),
        outcomeTopicOf(code),
        client.clientId,
      ),
    ).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    await expect(write(as(client), topic)).rejects.toThrow();
    expect((await extentOf(internal(), topic)).next).toBe(next);
  }, 60_000);

  it('lets a suspended institution read and not write, until it is reinstated', async () => {
    const { code, client } = await anInstitutionWithClient();
    const topic = inboundTopicOf(code);
    await allowed(as(client), topic);
    await write(internal(), outcomeTopicOf(code));
    await registry.call(SuspendInstitution, { institution: code, reason: 'Fees unpaid.' }, registrar);
    const writer = writerOn(as(client));
    await eventually(() => expect(writer.write(topic, [{ key: 'k', value: 'v' }])).rejects.toMatchObject({ kind: 'FORBIDDEN' }));
    expect(await readFirst(as(client), outcomeTopicOf(code), client.clientId)).toBe('v');
    await registry.call(ReinstateInstitution, { institution: code }, registrar);
    await allowed(as(client), topic);
  }, 60_000);

  it.each([
    ['expired', (clientId: string) => tokenWith({ sub: clientId, client_id: clientId }, Math.floor(Date.now() / 1000) - 120)],
    ['for another audience', (clientId: string) => tokenWith({ sub: clientId, client_id: clientId, aud: 'urn:bc:mcr:elsewhere' })],
    ['of another issuer', (clientId: string) => tokenWith({ sub: clientId, client_id: clientId, iss: 'http://127.0.0.1:1/oidc' })],
    ['signed by somebody else', async (clientId: string) => `${(await tokenWith({ sub: clientId })).split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`],
    ['no token at all', () => Promise.resolve('nothing')],
  ])('is refused to a token that is %s', async (_what, token) => {
    const { code, client } = await anInstitutionWithClient();
    await allowed(as(client), inboundTopicOf(code));
    const { next } = await extentOf(internal(), inboundTopicOf(code));
    await expect(
      write(
        withToken(() => token(client.clientId)),
        inboundTopicOf(code),
      ),
    ).rejects.toMatchObject({ kind: 'UNAUTHENTICATED' });
    expect((await extentOf(internal(), inboundTopicOf(code))).next).toBe(next);
  });

  it('is set anew when the service starts, should the broker have forgotten it', async () => {
    const { code, client } = await anInstitutionWithClient();
    await allowed(as(client), inboundTopicOf(code));
    const access = new BrokerAccess(internal());
    opened.push(access);
    // The service may be at it still: its last word on the new client comes before the broker's forgetting.
    await eventually(async () => {
      await access.allowExactly(`User:${client.clientId}`, []);
      await expect(write(as(client), inboundTopicOf(code))).rejects.toMatchObject({ kind: 'FORBIDDEN' });
    });
    registry.get<KafkaAccess>(KafkaAccess).onApplicationBootstrap();
    await allowed(as(client), inboundTopicOf(code));
  });
});
