import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT, decodeJwt, decodeProtectedHeader, importJWK } from 'jose';
import { type PrivateKey, algorithmOf, clientKeyPath, ensurePrivateKey, publicPartOf, readPrivateKey } from '../client/key-file.ts';
import { clientToken } from '../client/token-source.ts';
import { AUDIENCE } from '../principal.ts';
import { type SignInServer, startSignIn } from '../testing/sign-in-server.ts';
import { TokenVerifier } from '../token-verifier.ts';

const CLIENT = 'bcit-publisher';

describe('The development sign-in', () => {
  let registry: SignInServer;
  let key: PrivateKey;
  let strangersKey: PrivateKey;
  let developmentKey: PrivateKey;

  beforeAll(async () => {
    registry = await startSignIn();
    key = await ensurePrivateKey(clientKeyPath(registry.dataDir, 'BCIT'), 'EdDSA');
    strangersKey = await ensurePrivateKey(clientKeyPath(registry.dataDir, 'UBC'), 'EdDSA');
    developmentKey = await readPrivateKey(clientKeyPath(registry.dataDir, 'development'));
  });
  beforeEach(() => void register('ACTIVE'));
  afterAll(() => registry.close());

  const register = (status: 'ACTIVE' | 'REVOKED', publicKey = publicPartOf(key)) =>
    registry.clients.set(CLIENT, { clientId: CLIENT, publicKey, scopes: ['award:publish'], status });

  async function assertion(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}, signer = key): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const standard = { iss: CLIENT, sub: CLIENT, aud: registry.signIn.issuer, jti: randomUUID(), iat: now, exp: now + 60 };
    const alg = algorithmOf(signer);
    return new SignJWT({ ...standard, ...claims }).setProtectedHeader({ alg, ...header }).sign(await importJWK(signer, alg));
  }

  async function ask(parameters: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
    const response = await fetch(`${registry.url}/oidc/token`, { method: 'POST', body: new URLSearchParams(parameters) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }
  const withAssertion = async (client_assertion: string | Promise<string>, more: Record<string, string> = {}) =>
    ask({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await client_assertion,
      ...more,
    });
  const principalOf = (token: string) => TokenVerifier.ofSignInHere(registry.signIn).verify(`Bearer ${token}`);
  const REFUSED = { status: 401, body: { error: 'invalid_client', error_description: 'client authentication failed' } };

  it('gives a publishing client a token that the registry believes', async () => {
    const token = await clientToken({ url: registry.url, clientId: CLIENT, key });
    expect(await principalOf(token)).toEqual({ subject: CLIENT, clientId: CLIENT, roles: ['institution-client'], scopes: ['award:publish'] });
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    const { aud, iss, iat, exp, institution } = decodeJwt(token);
    expect({ aud, iss, institution }).toEqual({ aud: AUDIENCE, iss: `${registry.url}/oidc`, institution: undefined });
    expect(exp! - iat!).toBeLessThanOrEqual(15 * 60);
  });

  it('serves keys with which a verifier elsewhere checks its tokens', async () => {
    const token = await clientToken({ url: registry.url, clientId: CLIENT, key });
    expect(await TokenVerifier.ofIssuer(registry.signIn.issuer).verify(`Bearer ${token}`)).toMatchObject({ clientId: CLIENT });
    const keys = await (await fetch(`${registry.url}/oidc/jwks`)).text();
    expect(keys).not.toContain('"d"');
  });

  it('takes P-256 keys too, and a key that was registered with an id', async () => {
    const other = await ensurePrivateKey(clientKeyPath(registry.dataDir, 'SFU'), 'ES256');
    register('ACTIVE', { ...publicPartOf(other), kid: 'key-2026' });
    expect((await withAssertion(assertion({}, {}, other))).status).toBe(200);
    expect((await withAssertion(assertion({}, { kid: 'key-2026' }, other))).status).toBe(200);
    expect(await withAssertion(assertion({}, { kid: 'key-2025' }, other))).toEqual(REFUSED);
  });

  it('refuses a revoked client at once, and lets a reinstated one in', async () => {
    expect((await withAssertion(assertion())).status).toBe(200);
    register('REVOKED');
    expect(await withAssertion(assertion())).toEqual(REFUSED);
    registry.clients.delete(CLIENT);
    expect(await withAssertion(assertion())).toEqual(REFUSED);
    register('ACTIVE');
    expect((await withAssertion(assertion())).status).toBe(200);
  });

  it('refuses the earlier key of a client as soon as it has another', async () => {
    register('ACTIVE', publicPartOf(strangersKey));
    expect(await withAssertion(assertion())).toEqual(REFUSED);
    expect((await withAssertion(assertion({}, {}, strangersKey))).status).toBe(200);
  });

  it('takes an assertion once', async () => {
    const once = await assertion();
    expect((await withAssertion(once)).status).toBe(200);
    expect(await withAssertion(once)).toEqual(REFUSED);
  });

  it('takes an assertion once, also of many at the same moment', async () => {
    const once = await assertion();
    const answers = await Promise.all(Array.from({ length: 20 }, () => withAssertion(once)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(19);
  });

  const now = (): number => Math.floor(Date.now() / 1000);
  it.each<[string, () => Promise<string>]>([
    ['signed by another key', () => assertion({}, {}, strangersKey)],
    ['of a client that nobody registered', () => assertion({ iss: 'nobody', sub: 'nobody' })],
    ['of one client about another', () => assertion({ iss: 'other' })],
    ['of a development role, with the key of an institution', () => assertion({ iss: 'dev-admin', sub: 'dev-admin' })],
    ['of an unknown development role', () => assertion({ iss: 'dev-service', sub: 'dev-service' }, {}, developmentKey)],
    ['of an institution without a code', () => assertion({ iss: 'dev-institution-', sub: 'dev-institution-' }, {}, developmentKey)],
    ['of an institution with a false code', () => assertion({ iss: 'dev-institution-bcit', sub: 'dev-institution-bcit' }, {}, developmentKey)],
    ['for another sign-in', () => assertion({ aud: 'https://sign-in.example' })],
    ['for this sign-in and another', () => assertion({ aud: [registry.signIn.issuer, 'https://sign-in.example'] })],
    ['that has expired', () => assertion({ iat: now() - 100, exp: now() - 20 })],
    ['that lasts an hour', () => assertion({ exp: now() + 3600 })],
    ['without an end', () => assertion({ exp: undefined })],
    ['without an id', () => assertion({ jti: undefined })],
  ])('refuses an assertion %s', async (_what, make) => {
    expect(await withAssertion(make())).toEqual(REFUSED);
  });

  it('refuses an assertion for the address in a Host header that somebody invents', async () => {
    const { hostname, port } = new URL(registry.url);
    const { request } = await import('node:http');
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion({ aud: 'http://sign-in.example/oidc/token' }),
    }).toString();
    const status = await new Promise((answered, failed) => {
      const headers = { host: 'sign-in.example', 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
      request({ hostname, port, path: '/oidc/token', method: 'POST', headers }, (response) => answered(response.resume().statusCode))
        .on('error', failed)
        .end(body);
    });
    expect(status).toBe(401);
  });

  it('knows no other way in', async () => {
    expect(await ask({ grant_type: 'client_credentials', client_id: 'dev-admin' })).toEqual(REFUSED);
    expect(await ask({ grant_type: 'client_credentials', client_id: CLIENT, client_secret: 'secret' })).toEqual(REFUSED);
    for (const grant_type of ['authorization_code', 'refresh_token', 'password', 'implicit', 'urn:ietf:params:oauth:grant-type:device_code']) {
      expect(await withAssertion(assertion(), { grant_type, code: 'x' })).toMatchObject({ status: 400, body: { error: 'unsupported_grant_type' } });
    }
    for (const path of ['auth?client_id=dev-admin&response_type=code', 'me', 'reg', 'request', 'session/end', 'token/revocation', 'interaction/1', '']) {
      const response = await fetch(`${registry.url}/oidc/${path}`, { headers: { accept: 'text/html' }, redirect: 'manual' });
      expect({ path, status: response.status }).toEqual({ path, status: 404 });
    }
  });

  it('gives no token for another audience, and no scope beyond the registration', async () => {
    expect(await withAssertion(assertion(), { resource: 'urn:bc:another:registry' })).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
    const { body } = await withAssertion(assertion(), { resource: AUDIENCE, scope: 'award:publish operate' });
    expect(decodeJwt(body['access_token'] as string)).toMatchObject({ aud: AUDIENCE, scope: 'award:publish' });
    const role = await withAssertion(assertion({ iss: 'dev-admin', sub: 'dev-admin' }, {}, developmentKey), { scope: 'award:publish' });
    expect((await principalOf(role.body['access_token'] as string)).scopes).toEqual([]);
  });

  it('never asks for a client under a name that belongs to the development roles', async () => {
    registry.clients.set('dev-admin', { clientId: 'dev-admin', publicKey: publicPartOf(key), scopes: [], status: 'ACTIVE' });
    expect(await withAssertion(assertion({ iss: 'dev-admin', sub: 'dev-admin' }))).toEqual(REFUSED);
  });

  it('shows a browser no page and names no outside host', async () => {
    const response = await fetch(`${registry.url}/oidc/token`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(response.headers.get('content-type')).toMatch(/json/);
    expect(response.headers.get('set-cookie')).toBeNull();
    const metadata = await (await fetch(`${registry.url}/oidc/.well-known/openid-configuration`)).text();
    expect([...metadata.matchAll(/https?:\/\/[^/"]+/g)].map(([host]) => host)).toEqual(Array(3).fill(registry.url));
    expect(metadata).not.toContain('authorization');
  });

  it('keeps its keys over a restart, readable by their owner only', async () => {
    const before = registry.signIn.jwks;
    const token = await clientToken({ url: registry.url, clientId: CLIENT, key });
    await registry.restart();
    expect(registry.signIn.jwks).toEqual(before);
    expect(await principalOf(token)).toMatchObject({ clientId: CLIENT });
    expect(await readPrivateKey(clientKeyPath(registry.dataDir, 'development'))).toEqual(developmentKey);
    for (const file of ['secrets/sign-in.jwk', 'clients/development.jwk', 'clients/BCIT.jwk']) {
      expect({ file, mode: (await stat(join(registry.dataDir, file))).mode & 0o777 }).toEqual({ file, mode: 0o600 });
    }
  });

  it('answers what cannot be read with an OAuth error, and logs no failure for it', async () => {
    expect(await withAssertion('not.a.token')).toMatchObject({ body: { error: 'invalid_request' } });
    expect(await withAssertion('x'.repeat(100_000))).toMatchObject({ body: { error: 'invalid_request' } });
    expect(registry.failures).toEqual([]);
  });

  it('keeps the reason to itself, and logs it, when the table of clients cannot be read', async () => {
    registry.clients.get = () => {
      throw new Error('the database is away');
    };
    expect(await withAssertion(assertion())).toEqual({ status: 500, body: { error: 'server_error', error_description: 'oops! something went wrong' } });
    expect(registry.failures).toEqual([{ err: new Error('the database is away') }]);
  });
});
