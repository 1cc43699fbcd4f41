import { Agent, createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LocalCarrier } from '@mcr/messaging';
import { RunningGateway } from '../testing/start-gateway.ts';

interface Arrived {
  readonly request: string;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: number;
}

describe('the gateway before services in other processes', () => {
  let gateway: RunningGateway;
  let behind: Server;
  let arrived: Arrived[];
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let unread: ((request: IncomingMessage) => void) | undefined;
  let url: string;

  beforeAll(async () => {
    behind = createServer((request, response) => {
      if (unread) return unread(request);
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('end', () => {
        arrived.push({ request: `${request.method} ${request.url}`, headers: request.headers, bytes });
        answer(request, response);
      });
    });
    await new Promise<void>((listening) => behind.listen(0, '127.0.0.1', listening));
    const there = `http://127.0.0.1:${(behind.address() as AddressInfo).port}`;
    const environment = { KAFKA_BROKERS: '127.0.0.1:9', SERVICE_URL_AWARDS: there, LOG_LEVEL: 'silent' };
    gateway = await RunningGateway.start({ elsewhere: ['awards'], environment, carrier: (log) => new LocalCarrier(log) });
    url = gateway.registry.url;
  });
  beforeEach(() => {
    arrived = [];
    unread = undefined;
    answer = (_request, response) => void response.end('{}');
  });
  afterAll(async () => {
    await gateway.close();
    behind.closeAllConnections();
    await new Promise((closed) => behind.close(closed));
  });

  it.each([
    ['POST', '/events'],
    ['GET', '/submissions/0191'],
    ['GET', '/awards/0191/credential?as=png&x=%2F'],
    ['POST', '/verify'],
    ['GET', '/status/3'],
    ['POST', '/credentials/issue'],
    ['POST', '/presentations/verify'],
    ['GET', '/learners/me/record'],
    ['GET', '/.well-known/did.json'],
  ])('hands %s %s on as it is', async (method, path) => {
    expect((await fetch(`${url}${path}`, { method })).status).toBe(200);
    expect(arrived.map(({ request }) => request)).toEqual([`${method} ${path}`]);
  });

  it.each([
    '/commands/suspendInstitution',
    '/log/heads',
    '/log/mcr.awards.v1/0?after=0',
    '/health/ready',
    '/.well-known/other.json',
    '/eventsandmore',
    '/awards/..%2flog/heads',
    '/awards/..\\log/heads',
  ])('never hands %s on', async (path) => {
    await fetch(`${url}${path}`).catch(() => undefined);
    expect(arrived).toEqual([]);
  });

  it('hands the caller’s token and the attributes of an event on, and nothing that a forger or a proxy added', async () => {
    const meant = { authorization: 'Bearer a.b.c', 'content-type': 'application/json', 'ce-id': '1', 'ce-source': 'urn:x', 'idempotency-key': 'k' };
    const forged = {
      'x-mcr-principal': 'admin',
      'x-roles': 'service',
      'x-forwarded-for': '10.0.0.1',
      forwarded: 'for=10.0.0.1',
      cookie: 'a=b',
      'x-internal': '1',
    };
    await fetch(`${url}/events`, { method: 'POST', headers: { ...meant, ...forged }, body: '{}' });
    expect(arrived[0]!.headers).toMatchObject(meant);
    for (const name of Object.keys(forged)) expect(arrived[0]!.headers).not.toHaveProperty(name);
  });

  it('lets nobody drop the token on the way by calling it a matter of the connection', async () => {
    const raw = `GET /submissions/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a.b.c\r\nConnection: close, X-Internal\r\nX-Internal: 1\r\n\r\n`;
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end(raw);
    await new Promise((ended) => socket.resume().on('close', ended));
    expect(arrived[0]!.headers).not.toHaveProperty('x-internal');
    expect(arrived[0]!.headers).toHaveProperty('authorization');
  });

  it('hands a body on while it still arrives, however large', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    const body = new ReadableStream<Uint8Array>({
      start: async (stream) => {
        for (let sent = 0; sent < 12; sent += 1) stream.enqueue(chunk);
        await delay(1);
        stream.close();
      },
    });
    const response = await fetch(`${url}/events`, { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } } as RequestInit);
    expect(response.status).toBe(200);
    expect(arrived[0]!.bytes).toBe(12 * 1024 * 1024);
  });

  it('passes an answer on with its status, type and times, once', async () => {
    const headers = { 'content-type': 'application/problem+json', 'retry-after': '7', 'keep-alive': 'timeout=5' };
    answer = (_request, response) => void response.writeHead(503, headers).end('{"code":"UNAVAILABLE"}');
    const response = await fetch(`${url}/submissions/1`);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({ code: 'UNAVAILABLE' });
    expect(arrived).toHaveLength(1);
  });

  it('says when to come again while the service is away, and not that something failed', async () => {
    answer = (request) => void request.socket.destroy();
    const cut = await fetch(`${url}/events`, { method: 'POST', body: '{}' });
    expect(arrived).toHaveLength(1);
    expect(cut.status).toBe(503);
    expect(cut.headers.get('retry-after')).toBe('2');
    expect(cut.headers.get('content-type')).toContain('application/problem+json');
    expect(await cut.json()).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
  });

  it('breaks off behind it what was broken off before it', async () => {
    const broken = new Promise<boolean>((resolve) => {
      unread = (request) => void request.resume().once('close', () => resolve(!request.complete));
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(`POST /events HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n${'1'.repeat(1_000)}`);
    await delay(100);
    socket.destroy();
    expect(await broken).toBe(true);
  });

  it('answers the next question of a connection on which a large body had nowhere to go', async () => {
    // Nobody takes the body: the service is away before the first byte of it.
    await new Promise((closed) => {
      behind.closeAllConnections();
      behind.close(closed);
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (method: string, path: string, body = '') =>
      new Promise<{ status?: number; socket: unknown }>((resolve, reject) => {
        const request = httpRequest(`${url}${path}`, { method, agent, headers: { 'content-length': body.length } }, (response) => {
          const { statusCode: status, socket } = response;
          response.resume().once('end', () => resolve({ ...(status === undefined ? {} : { status }), socket }));
        });
        request.once('error', reject).end(body);
      });
    for (const round of [1, 2, 3]) {
      expect({ round, status: (await ask('POST', '/events', '1'.repeat(4_000_000))).status }).toEqual({ round, status: 503 });
      expect({ round, status: (await ask('GET', '/health/live')).status }).toEqual({ round, status: 200 });
    }
    agent.destroy();
  });
});
