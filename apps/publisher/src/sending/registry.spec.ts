import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { PrivateKey } from '@mcr/identity';
import { toEvents } from '../mapping/to-events.ts';
import type { FileRecord } from '../reading/file-record.ts';
import type { Terminal } from '../report/terminal.ts';
import { publishRecords } from './publish-records.ts';
import { Registry } from './registry.ts';

/**
 * A registry in trouble: busy, cut off, or refusing a whole batch. The real one cannot be brought into these states on
 * purpose; how the publisher works with a healthy one is told end to end.
 */
type Trouble = (request: IncomingMessage, body: string, response: ServerResponse) => void;

interface Sent {
  readonly id: string;
  readonly subject: string;
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  void response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json', ...headers }).end(JSON.stringify(body));

const taken = (body: string, state = 'ACCEPTED') => ({ submissions: (JSON.parse(body) as Sent[]).map(({ id }) => ({ eventId: id, submissionId: id, state })) });

const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as PrivateKey;
const silent = { progress: () => ({ advance: () => undefined, finish: () => undefined }) } as unknown as Terminal;
let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function registryWith(trouble: Trouble, patienceMs = 5_000): Promise<Registry> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = `http://${request.headers.host}`;
      if (request.url?.endsWith('openid-configuration')) json(response, 200, { issuer: `${url}/oidc`, token_endpoint: `${url}/oidc/token` });
      else if (request.url === '/oidc/token') json(response, 200, { access_token: `token ${tokens++}`, expires_in: 600 });
      else trouble(request, Buffer.concat(chunks).toString(), response);
    });
  });
  let tokens = 1;
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  close = () => new Promise((closed) => (server.closeAllConnections(), server.close(() => closed())));
  return new Registry({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, clientId: 'bcit-publisher', key }, patienceMs);
}

const records = (count: number) =>
  toEvents(
    'BCIT',
    Array.from({ length: count }, (_, index): FileRecord => ({
      row: index + 2,
      type: 'submit',
      data: { sourceAwardId: `A-${index}`, revision: 1 },
      columnOf: () => '',
    })),
  ).sendable;

describe('publishing to a registry in trouble', () => {
  it.each([
    ['is busy', 503, { code: 'UNAVAILABLE' }],
    ['asks for patience', 429, { code: 'TOO_MANY_REQUESTS' }],
    ['has not heard of the client yet', 401, { code: 'CLIENT_UNKNOWN' }],
  ])('sends the same batch again when it %s', async (_what, status, problem) => {
    const bodies: string[] = [];
    const registry = await registryWith((_request, body, response) => {
      bodies.push(body);
      if (bodies.length === 1) json(response, status, problem, { 'retry-after': '0' });
      else json(response, 202, taken(body));
    });
    const outcomes = await publishRecords(registry, records(3), { wait: true }, silent);
    expect(outcomes.map(({ state }) => state)).toEqual(['ACCEPTED', 'ACCEPTED', 'ACCEPTED']);
    expect(bodies[1]).toBe(bodies[0]);
  });

  it('sends the same batch again when the connection is cut before the answer', async () => {
    let asked = 0;
    const registry = await registryWith((request, body, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      else json(response, 202, taken(body));
    });
    expect(await publishRecords(registry, records(2), { wait: true }, silent)).toHaveLength(2);
  });

  it('signs in anew, once, when its token is not taken any more', async () => {
    const seen: (string | undefined)[] = [];
    const registry = await registryWith((request, body, response) => {
      seen.push(request.headers.authorization);
      if (seen.length === 1) json(response, 401, { code: 'UNAUTHENTICATED' });
      else json(response, 202, taken(body));
    });
    await publishRecords(registry, records(1), { wait: true }, silent);
    expect(seen).toEqual(['Bearer token 1', 'Bearer token 2']);
  });

  it('stops with the way out when patience ends', async () => {
    const registry = await registryWith((_request, _body, response) => json(response, 503, {}, { 'retry-after': '30' }), 1_000);
    await expect(publishRecords(registry, records(1), { wait: true }, silent)).rejects.toThrow(/answered 503.*Run the same command again/);
  });

  it('stops at once when the registry refuses the client', async () => {
    const registry = await registryWith((_request, _body, response) =>
      json(response, 403, { code: 'SOURCE_NOT_YOURS', detail: 'The source names another institution.' }),
    );
    await expect(publishRecords(registry, records(1), { wait: true }, silent)).rejects.toThrow(/SOURCE_NOT_YOURS\. The source names another institution/);
  });

  it('finds the one record for which a whole batch is refused, and gets all others in', async () => {
    const registry = await registryWith((_request, body, response) => {
      const spoiled = (JSON.parse(body) as Sent[]).some(({ subject }) => subject === 'A-5');
      if (spoiled) json(response, 400, { code: 'INVALID_EVENT', detail: 'The body is not a CloudEvent.' });
      else json(response, 202, taken(body));
    });
    const outcomes = await publishRecords(registry, records(9), { wait: true }, silent);
    expect(outcomes.map(({ state }) => state)).toEqual(Array.from({ length: 9 }, (_, index) => (index === 5 ? 'REJECTED' : 'ACCEPTED')));
    expect(outcomes[5]!.faults).toMatchObject([{ code: 'INVALID_EVENT' }]);
  });

  it('reads why records were refused and waits for those that are not decided', async () => {
    const asked = new Map<string, number>();
    const registry = await registryWith((request, body, response) => {
      if (request.method === 'POST') return json(response, 202, taken(body, 'PENDING'));
      const id = request.url!.split('/').at(-1)!;
      asked.set(id, (asked.get(id) ?? 0) + 1);
      const errors = [{ pointer: '/microCredentialCtid', code: 'MC_NOT_FOUND', message: 'There is none.' }];
      return json(response, 200, asked.get(id) === 1 ? { submissionId: id, state: 'PENDING' } : { submissionId: id, state: 'REJECTED', errors });
    });
    const outcomes = await publishRecords(registry, records(10), { wait: true }, silent);
    expect(outcomes.map(({ state, faults }) => [state, faults[0]?.code])).toEqual(Array.from({ length: 10 }, () => ['REJECTED', 'MC_NOT_FOUND']));
  });

  it('leaves undecided records pending when nobody wants to wait', async () => {
    const registry = await registryWith((_request, body, response) => json(response, 202, taken(body, 'PENDING')));
    expect((await publishRecords(registry, records(1), { wait: false }, silent)).map(({ state }) => state)).toEqual(['PENDING']);
  });
});
