import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Issuers } from './issuers.ts';
import { TrustFolder } from './trust-folder.ts';

const folder = await mkdtemp(join(tmpdir(), 'verifier-'));
afterAll(() => rm(folder, { recursive: true }));

const fetched = { url: 'https://registry.example', fetchedAt: '2026-11-28T12:00:00Z' };
const UUID = '0b4f5a0c-0d53-4d5a-9d6f-0a4f7d1c2e3b';

async function issuersWith(did: string): Promise<Issuers> {
  const trust = new TrustFolder(await mkdtemp(join(folder, 'trust-')));
  await trust.keepIssuers({ ...fetched, institutions: [{ code: 'BCIT', name: 'BCIT', status: 'ACTIVE' }] });
  await trust.keepDocument('BCIT', { ...fetched, document: { id: did, verificationMethod: [], assertionMethod: [] } });
  return Issuers.of(trust);
}

describe('A status list of the registry', () => {
  it.each([
    ['at a host', 'did:web:registry.example:institutions:BCIT', `https://registry.example/status/${UUID}`],
    ['on a port of this machine', 'did:web:127.0.0.1%3A3000:institutions:BCIT', `http://127.0.0.1:3000/status/${UUID}`],
    ['below a path', 'did:web:example.ca:registry:institutions:BCIT', `https://example.ca/registry/status/${UUID}`],
  ])('is known by the DIDs of institutions, and has one of suspensions beside it: %s', async (_where, did, list) => {
    const issuers = await issuersWith(did);
    expect(issuers.pathOfOwnList(list)).toBe(`/status/${UUID}`);
    expect(issuers.suspensionListBeside(list)).toBe(`${list}-suspension`);
    expect(issuers.pathOfOwnList(`${list}-suspension`)).toBe(`/status/${UUID}-suspension`);
    expect(issuers.suspensionListBeside(`${list}-suspension`)).toBeUndefined();
  });

  it.each([
    ['another host', 'did:web:registry.example:institutions:BCIT', `https://elsewhere.example/status/${UUID}`],
    ['another place at the host', 'did:web:registry.example:institutions:BCIT', 'https://registry.example/lists/1'],
    ['an institution that keeps its DID itself', 'did:web:bcit.example', `https://bcit.example/status/${UUID}`],
  ])('is not one of somebody else: %s', async (_who, did, list) => {
    const issuers = await issuersWith(did);
    expect([issuers.pathOfOwnList(list), issuers.suspensionListBeside(list)]).toEqual([undefined, undefined]);
  });
});
