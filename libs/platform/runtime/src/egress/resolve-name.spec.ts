import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { guardedEgress } from './guarded-egress.ts';
import { resolveByDns } from './resolve-name.ts';
import { startNameServer } from './testing/name-server.ts';

let server: Awaited<ReturnType<typeof startNameServer>>;
beforeAll(async () => {
  server = await startNameServer({
    'both.example': [Uint8Array.of(142, 58, 1, 1), Uint8Array.from([0x26, 0x07, ...new Array<number>(13).fill(0), 1])],
    'inside.example': [Uint8Array.of(142, 58, 1, 1), Uint8Array.of(10, 0, 0, 1)],
    'silent.example': [],
  });
});
afterAll(() => server.stop());

const resolve = (name: string, timeoutMs?: number) => resolveByDns({ servers: [server.address], timeoutMs })(name);

describe('Looking up a name', () => {
  it('gives the addresses of both kinds', async () => {
    expect(await resolve('both.example')).toEqual(['142.58.1.1', '2607::1']);
  });

  it('knows nothing of the hosts that the machine lists', async () => {
    await expect(resolve('localhost')).rejects.toThrow('The name has no address.');
  });

  it('fails for a name that does not exist, and for one that nobody answers for', async () => {
    await expect(resolve('nobody.example')).rejects.toThrow('The name has no address.');
    await expect(resolve('silent.example', 100)).rejects.toThrow('The name has no address.');
  });

  it('keeps nothing else waiting, however many names are not answered', async () => {
    let settled = 0;
    const lookups = Array.from({ length: 20 }, () => resolve('silent.example', 400).catch(() => (settled += 1)));
    await readFile(new URL(import.meta.url));
    expect(settled).toBe(0);
    await Promise.all(lookups);
  });

  it('leads to a refusal when one of its addresses is inside', async () => {
    const egress = guardedEgress({ resolve: (name) => resolve(name) });
    await expect(egress('https://inside.example/did.json')).rejects.toMatchObject({ code: 'EGRESS_ADDRESS_NOT_PUBLIC' });
    await expect(egress('https://nobody.example/did.json')).rejects.toMatchObject({ code: 'EGRESS_NAME_UNKNOWN' });
  });
});
