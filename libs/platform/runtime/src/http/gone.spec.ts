import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whenGone } from './gone.ts';

let server: Server;
let url: string;
/** What became of the one request that is being answered. */
let outcome: Promise<'gone' | 'answered'>;
let answer: () => void;
let arrived: Promise<void>;
let arrive: () => void;

beforeAll(async () => {
  server = createServer((_, response) => {
    const signal = whenGone(response);
    outcome = new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve('gone'));
      response.once('close', () => setImmediate(() => resolve('answered')));
    });
    answer = () => void response.end('done');
    arrive();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(
  () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    }),
);

describe('The signal of a request', () => {
  it('is aborted when the caller goes away before there is an answer', async () => {
    arrived = new Promise((resolve) => (arrive = resolve));
    const leaving = new AbortController();
    const asked = fetch(url, { signal: leaving.signal }).catch(() => undefined);
    await arrived;
    leaving.abort();
    await asked;
    expect(await outcome).toBe('gone');
  });

  it('is not aborted when the answer was sent', async () => {
    arrived = new Promise((resolve) => (arrive = resolve));
    const asked = fetch(url);
    await arrived;
    answer();
    expect(await (await asked).text()).toBe('done');
    server.closeIdleConnections();
    expect(await outcome).toBe('answered');
  });
});
