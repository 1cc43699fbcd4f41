import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SecuredCredential, credentialHash } from '@mcr/credentials';
import type { FastifyInstance } from 'fastify';
import { DevelopmentKey } from '../../credentials/signing/development-key.ts';
import { type AwardsRegistry, startAwards } from '../../testing/awards-registry.ts';

interface Sent {
  readonly from?: string;
  readonly headers?: Record<string, string>;
}

/** A request as it would arrive over a connection from that address. */
async function issue(registry: AwardsRegistry, credential: unknown, { from = '127.0.0.1', headers = {} }: Sent = {}) {
  const fastify = registry.running.app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const response = await fastify.inject({
    method: 'POST',
    url: '/credentials/issue',
    remoteAddress: from,
    headers: { host: new URL(registry.url).host, 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ credential }),
  });
  return { status: response.statusCode, body: response.json<Record<string, unknown>>() };
}

const plain = (issuer: string | undefined) => ({
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer,
  credentialSubject: { id: 'did:example:someone' },
});

async function verify(registry: AwardsRegistry, path: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${registry.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('the issuing of the VC API, where the development setting opens it to this machine', () => {
  let registry: AwardsRegistry;
  let did: string;

  beforeAll(async () => {
    registry = await startAwards({}, { environment: { VC_API_ISSUING: 'loopback' } });
    did = registry.get<DevelopmentKey>(DevelopmentKey).did!;
  });
  afterAll(() => registry?.close());

  it('signs with a key of its own for who is here, without a token', async () => {
    const response = await fetch(`${registry.url}/credentials/issue`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ credential: plain(did) }),
    });
    expect(response.status).toBe(201);
    const { verifiableCredential } = (await response.json()) as { verifiableCredential: { proof: object } };
    expect(did).toMatch(/^did:key:z6Mk/);
    expect(verifiableCredential.proof).toMatchObject({ cryptosuite: 'eddsa-rdfc-2022', verificationMethod: `${did}#${did.slice('did:key:'.length)}` });
    expect((await verify(registry, '/credentials/verify', { verifiableCredential })).status).toBe(200);
  });

  it('signs nothing that could pass for an award: nobody knows its key as an institution’s', async () => {
    const { body } = await issue(registry, plain(did));
    const verdict = await verify(registry, '/verify', { credential: body['verifiableCredential'] });
    expect(verdict).toMatchObject({ status: 200, body: { verdict: 'NOT_VERIFIED' } });
  });

  it('refuses every bad credential with 400 and what is wrong', async () => {
    expect((await issue(registry, plain('did:web:bcit.example'))).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '/credential/issuer', code: 'NOT_YOURS', message: `Expected ${did}.` }],
    });
    for (const credential of [undefined, 'text', [], {}, plain(undefined), { ...plain(did), type: [] }, { ...plain(did), proof: {} }])
      expect((await issue(registry, credential)).status).toBe(400);
  });

  it.each([
    ['is elsewhere', { from: '203.0.113.9' }],
    ['is on the next machine', { from: '192.168.0.2' }],
    ['is elsewhere and says to be here', { from: '203.0.113.9', headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['is elsewhere and says so in every way', { from: '203.0.113.9', headers: { forwarded: 'for=127.0.0.1', 'x-real-ip': '::1', 'x-forwarded-for': '::1' } }],
    ['comes through a proxy on this machine', { headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['comes through a proxy that says to be here too', { headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['comes by a name that leads here', { headers: { host: 'evil.example' } }],
  ])('stays shut for who %s', async (_who, sent) => {
    expect(await issue(registry, plain(did), sent)).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
  });

  it('asks who brings a token for a good one, and lets it sign for its institution alone', async () => {
    expect((await issue(registry, plain(did), { headers: { authorization: 'Bearer a.b.c' } })).status).toBe(401);
    const bcit = await registry.anInstitution('BCIT');
    const key = await registry.aKeyFor(bcit);
    const headers = { authorization: `Bearer ${await registry.tokenOf(bcit)}` };
    expect((await issue(registry, plain(did), { headers })).status).toBe(400);
    expect((await issue(registry, plain(key.did), { headers, from: '203.0.113.9' })).status).toBe(201);
  });
});

describe('what the VC API signs for an institution', () => {
  let registry: AwardsRegistry;
  beforeAll(async () => {
    registry = await startAwards({}, { environment: { VC_API_ISSUING: 'loopback' } });
  });
  afterAll(() => registry?.close());

  const noted = async () => {
    const rows = await registry.sql<{ event: string }>(`select event from event_log where type = 'ca.bc.mcr.credential.signed.v1' order by event`);
    return rows.map(({ event }) => event);
  };

  it('is noted in the log: for which institution, at whose request, with which key, and the hash of it; nothing that it says', async () => {
    const bcit = await registry.anInstitution('BCIT');
    const { did, kid } = await registry.aKeyFor(bcit);
    const headers = { authorization: `Bearer ${await registry.tokenOf(bcit)}` };
    const credential = { ...plain(did), id: 'urn:example:of-somebody' };
    const { body } = await issue(registry, credential, { headers });
    const events = await noted();
    expect(events).toHaveLength(1);
    const { data, time } = JSON.parse(events[0]!) as { data: object; time: string };
    const hash = credentialHash(body['verifiableCredential'] as SecuredCredential);
    expect(data).toEqual({ signingId: expect.stringMatching(/^urn:uuid:/), institutionCtid: bcit.ctid, clientId: bcit.clientId, kid, hash, signedAt: time });
    expect(events[0]).not.toMatch(/somebody|did:example:someone/);

    await Promise.all([1, 2, 3].map(() => issue(registry, credential, { headers })));
    expect(await noted()).toHaveLength(4);
  });

  it('is not noted where nothing was signed, or with the key for development, which is nobody’s', async () => {
    const sfu = await registry.anInstitution('SFU');
    const { did } = await registry.aKeyFor(sfu);
    const before = await noted();
    const headers = { authorization: `Bearer ${await registry.tokenOf(sfu)}` };
    expect((await issue(registry, { ...plain(did), type: [] }, { headers })).status).toBe(400);
    expect((await issue(registry, plain(registry.get<DevelopmentKey>(DevelopmentKey).did))).status).toBe(201);
    expect(await noted()).toEqual(before);
  });
});

describe('the issuing of the VC API without that setting', () => {
  it('is shut for everybody without a token, and there is no such key', async () => {
    const registry = await startAwards();
    try {
      expect(registry.get<DevelopmentKey>(DevelopmentKey).did).toBeUndefined();
      expect((await issue(registry, plain('did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK'))).status).toBe(401);
    } finally {
      await registry.close();
    }
  });
});
