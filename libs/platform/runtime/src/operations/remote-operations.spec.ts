import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineCommand, defineQuery } from '@mcr/event-kit';
import { anonymous } from '@mcr/identity';
import { z } from 'zod';
import { ServiceAddresses } from '../neighbours/service-addresses.ts';
import { readSettings } from '../settings.ts';
import { Operations } from './operations.ts';
import { RemoteOperations } from './remote-operations.ts';

const parts = { service: 'pathways', input: z.strictObject({}), output: z.object({ answer: z.number() }), refusals: [] as const };
const Ask = defineQuery({ ...parts, name: 'recognitions' });
const Order = defineCommand({ ...parts, name: 'publishAgreement' });

describe('another service that answers badly or not at all', () => {
  let server: Server;
  let operations: Operations;
  let asked: number;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked += 1;
      request.resume().on('end', () => answer(request, response));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = readSettings({ KAFKA_BROKERS: 'a:1', SERVICE_URL_PATHWAYS: url, SERVICE_URL_PROGRAMS: 'http://127.0.0.1:9' });
    operations = new Operations(new RemoteOperations(new ServiceAddresses(settings, ['gateway']), { get: async () => 'token-of-the-gateway' }));
  });
  beforeEach(() => void (asked = 0));
  afterAll(
    () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  );

  const hangUp = (request: IncomingMessage): void => void request.socket.destroy();

  it('is asked a question again, three times in all', async () => {
    answer = hangUp;
    await expect(operations.call(Ask, {}, anonymous)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    expect(asked).toBe(3);
  });

  it('is heard when it answers at the second try', async () => {
    answer = (request, response) => (asked === 1 ? hangUp(request) : void response.end('{"answer":42}'));
    expect(await operations.call(Ask, {}, anonymous)).toEqual({ answer: 42 });
  });

  it('is not given a command twice when the first may have been done', async () => {
    answer = hangUp;
    await expect(operations.call(Order, {}, anonymous)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    expect(asked).toBe(1);
  });

  it('is unavailable while nobody listens there', async () => {
    await expect(operations.call({ ...Order, service: 'programs' }, {}, anonymous)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each<[string, number, string]>([
    ['the page of a proxy', 502, '<html>Bad gateway</html>'],
    ['a code of a later release', 418, '{"code":"TEAPOT","detail":"short and stout"}'],
    ['nothing', 200, ''],
  ])('is unavailable or at fault, never believed, when it answers %s', async (_what, status, body) => {
    answer = (_request, response) => void response.writeHead(status).end(body);
    await expect(operations.call(Ask, {}, anonymous)).rejects.toThrow();
    expect(asked).toBe(1);
  });

  it('gets the question of somebody without a token in the name of this process, and an order in nobody’s', async () => {
    const seen: unknown[] = [];
    answer = (request, response) => {
      seen.push(request.headers.authorization);
      response.end('{"answer":1}');
    };
    await operations.call(Ask, {}, anonymous);
    await operations.call(Order, {}, anonymous);
    expect(seen).toEqual(['Bearer token-of-the-gateway', undefined]);
  });
});
