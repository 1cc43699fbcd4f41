import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Ends connections at the shutdown, so that none keeps the process: each with the answer that is given on it, and those on which nothing was ever
 * asked at once. Node counts the latter as busy until they have waited a minute for headers; browsers open such connections ahead of need.
 * Must be called before routes are added.
 */
export function endConnectionsWhenClosing(fastify: FastifyInstance): void {
  const unasked = new Set<Socket>();
  let closing = false;
  fastify.server.on('connection', (socket) => {
    if (closing) return void socket.destroy();
    unasked.add(socket);
    socket.once('close', () => unasked.delete(socket));
  });
  fastify.server.on('request', ({ socket }) => unasked.delete(socket));
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of unasked) if (socket.bytesRead === 0) socket.destroy();
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}
