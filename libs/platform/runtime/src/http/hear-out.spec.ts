import { type AddressInfo, connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@mcr/testing';
import { type FastifyInstance, fastify } from 'fastify';
import { hearOutBeforeAnswering } from './hear-out.ts';

let server: FastifyInstance;
let port: number;

async function listen(patience: { readonly ms?: number } = {}): Promise<void> {
  server = fastify({ bodyLimit: 1_000 });
  hearOutBeforeAnswering(server, { bytes: 50_000_000, ...patience });
  server.post('/', async () => 'taken');
  server.post('/forbidden', { onRequest: async (_request, reply) => reply.status(403).send('no') }, async () => 'taken');
  server.get('/', async () => 'asked');
  await server.listen({ port: 0, host: '127.0.0.1' });
  port = (server.server.address() as AddressInfo).port;
}
afterEach(() => server.close());

const head = (path: string, bytes: number): string => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${bytes}\r\n\r\n`;

/** A connection by hand, and what was heard on it. */
function connection() {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  const said = { heard: '' };
  socket.on('data', (chunk) => (said.heard += String(chunk)));
  return { socket, said, closed: new Promise((closed) => socket.once('close', closed)) };
}

describe('A server that has its answer before the body has come', () => {
  it('refuses a body that is too large once the sender has sent it, who would not hear it before', async () => {
    await listen();
    const { socket, said, closed } = connection();
    socket.write(head('/', 3_000) + '1'.repeat(2_000));
    await delay(100);
    expect(said.heard).toBe('');
    socket.write('1'.repeat(1_000));
    await closed;
    expect(said.heard).toMatch(/^HTTP\/1.1 413 /);
  });

  it('answers the next question on the same connection', async () => {
    await listen();
    const { socket, said } = connection();
    socket.write(head('/forbidden', 900) + '1'.repeat(500));
    await delay(100);
    socket.write('1'.repeat(400) + 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await eventually(() => expect(said.heard).toMatch(/^HTTP\/1.1 403 [^]*HTTP\/1.1 200 OK/));
    socket.destroy();
  });

  it('answers as before where there is no body, or a small one', async () => {
    await listen();
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '1' })).status).toBe(200);
    expect((await server.inject({ method: 'POST', url: '/', payload: '1'.repeat(5_000), headers: { 'content-type': 'text/plain' } })).statusCode).toBe(413);
  });

  it.each([
    ['stops sending', 1_000_000, 10],
    ['does not stop sending', 200_000_000, 60_000_000],
  ])('does not wait for who %s: the answer goes, and the connection is closed', async (_, length, bytes) => {
    await listen({ ms: 300 });
    const { socket, said, closed } = connection();
    socket.write(head('/', length) + '1'.repeat(bytes));
    await closed;
    if (bytes === 10) expect(said.heard).toMatch(/^HTTP\/1.1 413 [^]*connection: close/i);
  });
});
