import { addressesUnder } from '../source/addresses.ts';
import type { OpenBadgeSource } from '../badge/open-badge.ts';
import { catalogue } from './catalogue.ts';

export const addresses = addressesUnder('https://registry.example');

export const revocationEntry = (index = 4711) =>
  ({
    id: `https://registry.example/status/r-1#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(index),
    statusListCredential: 'https://registry.example/status/r-1',
  }) as const;

/** An award of the demonstration's nth micro-credential, by its owner. */
export function aSource(changes: Partial<OpenBadgeSource> = {}, nth = 0): OpenBadgeSource {
  const { owner, microCredential } = catalogue[nth]!;
  return {
    award: { credentialId: 'urn:uuid:0b4f5a0c-0d53-4d5a-9d6f-0a4f7d1c2e3b', awardedDate: '2026-10-01', method: 'INSTRUCTION' },
    issuer: owner,
    owner,
    microCredential,
    recipient: { did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' },
    status: revocationEntry(),
    addresses,
    ...changes,
  };
}
