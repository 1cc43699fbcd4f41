import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TokenForge } from './testing/token-forge.ts';
import { TokenVerifier } from './token-verifier.ts';

/** An issuer as a province runs one: metadata, keys, RS256. */
describe('The keys of an issuer elsewhere', () => {
  let server: Server;
  let issuer: string;
  let forge: TokenForge;
  let asked: string[];
  let answers: Record<string, () => [status: number, body: unknown]>;

  beforeEach(async () => {
    forge = await TokenForge.open('RS256');
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url!);
      const [status, body] = answers[request.url!]?.() ?? [404, {}];
      response.writeHead(status, { 'content-type': 'application/json', ...(status === 302 ? { location: '/elsewhere' } : {}) }).end(JSON.stringify(body));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/province`;
    answers = {
      '/realms/province/.well-known/openid-configuration': () => [200, { issuer, jwks_uri: `${issuer}/certs` }],
      '/realms/province/certs': () => [200, { keys: [forge.publicJwk] }],
    };
  });

  afterEach(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );

  const token = async (header: Record<string, unknown> = {}, claims: Record<string, unknown> = {}): Promise<string> => {
    const seconds = Math.floor(Date.now() / 1000);
    return `Bearer ${await forge.sign({ iss: issuer, iat: seconds, exp: seconds + 300, ...claims }, { alg: 'RS256', ...header })}`;
  };

  it('are found through its metadata, once', async () => {
    const verifier = TokenVerifier.ofIssuer(issuer);
    const principals = await Promise.all(Array.from({ length: 10 }, async () => verifier.verify(await token())));
    expect(principals.map(({ roles }) => roles)).toEqual(Array(10).fill(['ministry-registrar']));
    expect(asked).toEqual(['/realms/province/.well-known/openid-configuration', '/realms/province/certs']);
  });

  it('are not fetched again for every key id that somebody invents', async () => {
    const verifier = TokenVerifier.ofIssuer(issuer);
    await verifier.verify(await token());
    for (let attempt = 0; attempt < 50; attempt += 1) {
      await expect(verifier.verify(await token({ kid: `invented-${attempt}` }))).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(asked.filter((url) => url.endsWith('/certs'))).toHaveLength(1);
  });

  it.each<[string, () => [number, unknown]]>([
    ['does not answer', () => [500, {}]],
    ['calls itself something else', () => [200, { issuer: 'https://sign-in.example', jwks_uri: 'https://sign-in.example/certs' }]],
    ['sends readers elsewhere', () => [302, {}]],
    ['names no keys', () => [200, { issuer }]],
  ])('are unavailable while the issuer %s, and found afterwards', async (_what, answer) => {
    const failures: unknown[] = [];
    const verifier = TokenVerifier.ofIssuer(issuer, (failure) => failures.push(failure));
    const metadata = answers['/realms/province/.well-known/openid-configuration']!;
    answers['/realms/province/.well-known/openid-configuration'] = answer;
    await expect(verifier.verify(await token())).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    expect(failures).toHaveLength(1);
    answers['/realms/province/.well-known/openid-configuration'] = metadata;
    expect(await verifier.verify(await token())).toMatchObject({ roles: ['ministry-registrar'] });
  });

  it('are unavailable while their address fails, which is not the fault of the token', async () => {
    answers['/realms/province/certs'] = () => [503, {}];
    await expect(TokenVerifier.ofIssuer(issuer).verify(await token())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
