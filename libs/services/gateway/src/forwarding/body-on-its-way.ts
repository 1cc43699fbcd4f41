import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';

/**
 * The body of a request for whoever takes it on. A taker that gives up ends only this stream: what still arrives is read and dropped, so that the
 * answer is heard and the connection can be asked on again. The HTTP client would take the socket away from a request that it gives up, after which
 * Node reads nothing more from it, not even that the other side has gone.
 */
export function bodyOnItsWay(request: IncomingMessage): PassThrough {
  const body = new PassThrough();
  request.once('close', () => request.complete || body.destroy(new Error('The request was broken off.')));
  body.once('error', () => undefined); // the taker says what went wrong
  body.once('close', () => {
    request.unpipe(body);
    request.resume();
  });
  return request.pipe(body);
}
