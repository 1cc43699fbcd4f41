import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const HOST = '127.0.0.1';

/** Rejects when somebody listens there. Resolves with the port, which is free again. */
function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, HOST, () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> => tryPort(0);

/** Otherwise whoever answers there would be taken for the broker that is being started. */
export async function refuseTakenPort(port: number): Promise<void> {
  await tryPort(port).catch(() => {
    throw new Error(`Port ${port} is taken on ${HOST}: stop what listens there, or choose another.`);
  });
}
