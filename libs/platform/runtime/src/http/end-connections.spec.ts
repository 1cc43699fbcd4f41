import { once } from 'node:events';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { endConnectionsWhenClosing } from './end-connections.ts';

let server: FastifyInstance;
let arrived: Promise<void>;
let answer: () => void;
let closing: Promise<void>;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = fastify({ forceCloseConnections: 'idle', return503OnClosing: true });
  endConnectionsWhenClosing(server);
  closing = new Promise((resolve) => {
    server.addHook('preClose', (done) => {
      resolve();
      done();
    });
  });
  const answered = new Promise<void>((resolve) => (answer = resolve));
  arrived = new Promise((resolve) => {
    server.get('/', async () => {
      resolve();
      await answered;
      return 'done';
    });
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(() => sockets.splice(0).forEach((socket) => socket.destroy()));

async function connection(): Promise<Socket> {
  const accepted = once(server.server, 'connection');
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  await Promise.all([once(socket, 'connect'), accepted]);
  return socket;
}

const textOf = async (socket: Socket): Promise<string> => (await socket.toArray()).map(String).join('');

describe('A server that is shut down', () => {
  it('does not wait for a connection on which nothing was asked', async () => {
    const socket = await connection();
    const ended = once(socket, 'close');
    await server.close();
    await ended;
  });

  it('does not wait for a connection that is kept after an answer', async () => {
    const socket = await connection();
    answer();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(String((await once(socket, 'data'))[0])).toContain('200 OK');
    const ended = once(socket, 'close');
    await server.close();
    await ended;
  });

  it('answers what was asked before, and ends the connection with the answer', async () => {
    const socket = await connection();
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await arrived;
    const closed = server.close();
    await closing;
    answer();
    expect(await textOf(socket)).toMatch(/^HTTP\/1\.1 200 OK[^]*connection: close[^]*done$/i);
    await closed;
  });
});
