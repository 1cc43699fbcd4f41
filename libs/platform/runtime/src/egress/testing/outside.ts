import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { selfSigned } from './self-signed.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of HTTPS for these names on 127.0.0.1, which answers as it is told. */
export async function startOutside(answer: Answer, ...names: readonly string[]) {
  const { cert, key } = selfSigned(...names);
  const seen: string[] = [];
  const server = createSecureServer({ cert, key }, (request, response) => {
    seen.push(request.url ?? '');
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { port: (server.address() as AddressInfo).port, ca: cert, seen, stop };
}

/** Something inside that must never be reached: it counts who comes. Listens wherever this machine is at home. */
export async function startSentinel(host = '::') {
  const sentinel = { connections: 0, port: 0, stop: () => Promise.resolve() as Promise<unknown> };
  const server = createServer((socket) => {
    sentinel.connections += 1;
    socket.destroy();
  });
  server.listen(0, host);
  await once(server, 'listening');
  sentinel.port = (server.address() as AddressInfo).port;
  sentinel.stop = () => new Promise((resolve) => server.close(resolve));
  return sentinel;
}
