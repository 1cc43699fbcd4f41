import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SignInServer, startSignIn } from '../testing/sign-in-server.ts';
import { type PrivateKey, clientKeyPath, ensurePrivateKey, publicPartOf } from './key-file.ts';
import { TokenSource, clientToken } from './token-source.ts';

const CLIENT = 'bcit-publisher';

describe('TokenSource', () => {
  let registry: SignInServer;
  let key: PrivateKey;

  beforeAll(async () => {
    registry = await startSignIn();
    key = await ensurePrivateKey(clientKeyPath(registry.dataDir, 'BCIT'), 'EdDSA');
  });
  beforeEach(() => {
    registry.clients.set(CLIENT, { clientId: CLIENT, publicKey: publicPartOf(key), scopes: ['award:publish'], status: 'ACTIVE' });
    registry.requests.length = 0;
  });
  afterAll(() => registry.close());

  const tokensAsked = () => registry.requests.filter((request) => request === 'POST /oidc/token').length;

  it('keeps a token until a minute before it ends', async () => {
    let now = Date.now();
    const source = new TokenSource({ url: registry.url, clientId: CLIENT, key }, () => new Date(now));
    const first = await source.token();
    now += 539_000;
    expect(await source.token()).toBe(first);
    expect(tokensAsked()).toBe(1);
    now += 2_000;
    expect(await source.token()).not.toBe(first);
    expect(tokensAsked()).toBe(2);
  });

  it('asks once for callers at the same moment', async () => {
    const source = new TokenSource({ url: registry.url, clientId: CLIENT, key });
    const tokens = await Promise.all(Array.from({ length: 20 }, () => source.token()));
    expect(new Set(tokens).size).toBe(1);
    expect(tokensAsked()).toBe(1);
  });

  it('asks again after a refusal', async () => {
    const source = new TokenSource({ url: registry.url, clientId: CLIENT, key });
    registry.clients.delete(CLIENT);
    await expect(source.token()).rejects.toMatchObject({ reason: 'REFUSED', message: expect.stringContaining(CLIENT) });
    registry.clients.set(CLIENT, { clientId: CLIENT, publicKey: publicPartOf(key), scopes: [], status: 'ACTIVE' });
    expect(await source.token()).toMatch(/^eyJ/);
  });

  it('reaches a registry on this machine under each of its names', async () => {
    const { port } = new URL(registry.url);
    expect(await clientToken({ url: `http://localhost:${port}/`, clientId: CLIENT, key })).toMatch(/^eyJ/);
  });

  it('says where nothing answers', async () => {
    await expect(clientToken({ url: 'http://127.0.0.1:9', clientId: CLIENT, key })).rejects.toMatchObject({
      reason: 'UNREACHABLE',
      message: expect.stringContaining('npm start'),
    });
    await expect(clientToken({ url: 'not an address', clientId: CLIENT, key })).rejects.toMatchObject({ reason: 'UNREACHABLE' });
  });

  it('says when the key cannot sign', async () => {
    const broken = { ...key, d: 'AAAA' } as PrivateKey;
    await expect(clientToken({ url: registry.url, clientId: CLIENT, key: broken })).rejects.toMatchObject({
      reason: 'BAD_KEY',
      message: expect.not.stringContaining('AAAA'),
    });
  });
});

describe('A stranger that answers in the place of a registry', () => {
  let server: Server;
  let url: string;
  let key: PrivateKey;
  let assertionsSeen: number;
  let answer: (path: string) => [status: number, body: string];

  beforeEach(async () => {
    const registry = await startSignIn();
    key = await ensurePrivateKey(clientKeyPath(registry.dataDir, 'BCIT'));
    await registry.close();
    assertionsSeen = 0;
    server = createServer((request, response) => {
      if (request.method === 'POST') assertionsSeen += 1;
      const [status, body] = answer(request.url!);
      response.writeHead(status, { 'content-type': 'application/json', location: '/elsewhere' }).end(body);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it.each<[string, () => [number, string]]>([
    ['names the sign-in of a province', () => [200, JSON.stringify({ issuer: 'https://registry.example/oidc', token_endpoint: `${url}/oidc/token` })]],
    ['answers with a page', () => [200, '<html>']],
    ['knows no sign-in', () => [404, '{}']],
  ])('gets no assertion when it %s', async (_what, metadata) => {
    answer = metadata;
    await expect(clientToken({ url, clientId: CLIENT, key })).rejects.toMatchObject({ reason: 'NOT_A_REGISTRY' });
    expect(assertionsSeen).toBe(0);
  });

  it('cannot send the client elsewhere', async () => {
    answer = () => [302, '{}'];
    await expect(clientToken({ url, clientId: CLIENT, key })).rejects.toMatchObject({ reason: 'UNREACHABLE' });
  });

  it('is quoted with its error code at most', async () => {
    answer = (path) =>
      path === '/oidc/token'
        ? [500, JSON.stringify({ error: 'server_error' })]
        : [200, JSON.stringify({ issuer: `${url}/oidc`, token_endpoint: `${url}/oidc/token` })];
    await expect(clientToken({ url, clientId: CLIENT, key })).rejects.toThrow('The sign-in gave no token: it answered 500 ("server_error").');
  });
});
