import type { FastifyInstance } from 'fastify';

/**
 * Ends each connection with the answer that is given on it during the shutdown. Otherwise a client that keeps its
 * connection would keep the process, until the connection has been idle for over a minute.
 * Must be called before routes are added.
 */
export function endConnectionsWhenClosing(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) void reply.header('connection', 'close');
    done();
  });
}
