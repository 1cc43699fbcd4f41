import { describe, expect, it } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../credential.ts';
import { statusEntryAt, statusListOf } from './list-credential.ts';
import { ISSUER, LIST, aStatusList } from './testing/a-status-list.ts';

const bitsOf = (list: { credentialSubject: unknown }) =>
  gunzipSync(Buffer.from(((list.credentialSubject as JsonObject)['encodedList'] as string).slice(1), 'base64url'));

describe('A status list as a credential', () => {
  it('has the members of Bitstring Status List 1.0 §2.2', async () => {
    expect(await aStatusList()).toEqual({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      id: LIST,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: ISSUER,
      validFrom: '2026-11-28T11:59:00Z',
      validUntil: '2026-11-29T12:00:00Z',
      credentialSubject: {
        id: `${LIST}#list`,
        type: 'BitstringStatusList',
        statusPurpose: 'revocation',
        encodedList: expect.stringMatching(/^u[\w-]+$/),
        ttl: 60_000,
      },
    });
  });

  it('§2.2: has 16 KiB of bits, the first at the left end of the first byte, the last at the right end of the last', async () => {
    const bits = bitsOf(await aStatusList([0, 9, 131_071]));
    expect(bits).toHaveLength(16 * 1024);
    expect([bits[0], bits[1], bits[16_383]]).toEqual([0b1000_0000, 0b0100_0000, 0b0000_0001]);
    expect(bits.reduce((sum, byte) => sum + byte, 0)).toBe(0b1000_0000 + 0b0100_0000 + 1);
  });

  it('is the same text for the same bits, in whatever order they are given', async () => {
    expect(await aStatusList([5, 7, 100_000])).toEqual(await aStatusList([100_000, 7, 5, 7]));
  });

  it('is never shorter than what protects its learners, and has no bit beyond its end', async () => {
    const source = { id: LIST, issuer: ISSUER, purpose: 'revocation', validFrom: '2026-11-28T12:00Z', validUntil: '2026-11-29T12:00Z', ttlMs: 1 } as const;
    await expect(statusListOf({ ...source, set: [], length: 131_064 })).rejects.toThrow('at least 131072 entries');
    await expect(statusListOf({ ...source, set: [131_072] })).rejects.toThrow('out of range');
    expect(bitsOf(await statusListOf({ ...source, set: [131_072], length: 262_144 }))).toHaveLength(32 * 1024);
  });

  it('is found by entries at one index in the list of revocations and in that of suspensions', () => {
    expect(statusEntryAt(LIST, 0, 'revocation')).toEqual({
      id: `${LIST}#0`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '0',
      statusListCredential: LIST,
    });
  });
});
