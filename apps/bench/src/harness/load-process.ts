/**
 * A client in a process of its own, so that making the load does not slow what is measured down more than any client would.
 * Takes a `Load` from its parent, sends every body with so many requests at a time, and answers with the times.
 */
import { Agent, request } from 'node:http';
import type { Load, LoadResult } from './load.ts';

const send = (load: Load, agent: Agent, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { ...load.headers, 'content-length': Buffer.byteLength(body) };
    const outgoing = request(load.url, { agent, method: 'POST', headers }, (response) => {
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode!));
      response.resume();
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

async function run(load: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.clients });
  const latencies: number[] = [];
  const statuses = new Map<number, number>();
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < load.bodies.length) {
      const start = performance.now();
      const status = await send(load, agent, load.bodies[next++]!);
      latencies.push(performance.now() - start);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: load.clients }, client));
  agent.destroy();
  return { ms: performance.now() - start, latencies, statuses: [...statuses] };
}

process.on('message', (load: Load) => {
  void run(load).then((result) => process.send!(result));
});
process.send!('ready');
