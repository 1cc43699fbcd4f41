import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Nobody who errs sends more than this, or sends it for longer; on others the connection is closed. */
const MOST_BYTES = 128 * 1024 * 1024;
const MOST_MS = 10_000;

/**
 * Reads and drops what of a body is still on its way before an answer goes out, such as a refusal of a body that is too large. A connection that is
 * closed over unread bytes is reset: the other side hears of a broken pipe, and not what is wrong. One that is left open is never read again.
 */
export function hearOutBeforeAnswering(fastify: FastifyInstance, { bytes = MOST_BYTES, ms = MOST_MS } = {}): void {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const { raw } = request;
    if (raw.complete || raw.readableEnded || raw.destroyed) return done();
    rest(raw, bytes, ms).then(
      (heard) => {
        if (!heard) void reply.header('connection', 'close');
        done();
      },
      (error: Error) => done(error),
    );
  });
}

/** Whether the rest of the body has come. */
function rest(request: IncomingMessage, bytes: number, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const decide = (heard: boolean) => () => {
      clearTimeout(impatience);
      request.off('data', count);
      resolve(heard);
    };
    const impatience = setTimeout(decide(false), ms);
    let left = bytes;
    const count = (chunk: Buffer): void => {
      left -= chunk.length;
      if (left < 0) decide(false)();
    };
    request.on('data', count).once('end', decide(true)).once('close', decide(true)).once('error', decide(false));
    request.resume();
  });
}
