import { connect } from 'node:net';

/** Kafka's ApiVersions request, version 0, with correlation id 1 and no client id: the question that every broker answers first. */
const API_VERSIONS = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
const TIMEOUT_MS = 1000;

/** Tells whether a broker answers at this port of the loopback. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: TIMEOUT_MS });
    const end = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => socket.write(API_VERSIONS));
    socket.once('data', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
    socket.once('close', () => resolve(false));
  });
}
