import { readFile } from 'node:fs/promises';
import { type Credential, addressesUnder, openBadgeOf, statusEntryAt } from '@mcr/credentials';
import { PublishedMicroCredential } from '@mcr/contracts';

const sample = async (name: string): Promise<Record<string, unknown>[]> =>
  JSON.parse(await readFile(new URL(`../../../../samples/${name}`, import.meta.url), 'utf8')) as Record<string, unknown>[];

/**
 * An award of each micro-credential of the demonstration as an Open Badge, all by one issuer. Without its status: neither side then fetches a list,
 * which costs a verifier as much as it wants to keep.
 */
export async function badgesOf(did: string): Promise<Credential[]> {
  const [catalogue, institutions] = await Promise.all([sample('catalogue.json'), sample('institutions.json')]);
  const ctids = new Map(institutions.map(({ code, ctid }) => [code, ctid]));
  const issuer = { ...(institutions[0] as { ctid: string; name: { 'en-CA': string }; region: string }), agentType: 'UNIVERSITY', did } as const;
  return catalogue.map(({ ctid, ownedBy, offeredBy, definition }, index) => {
    const of = { ctid, version: 1, status: 'PUBLISHED', ownedBy: ctids.get(ownedBy), offeredBy: (offeredBy as string[]).map((code) => ctids.get(code)) };
    const { credentialStatus: _, ...badge } = openBadgeOf({
      microCredential: PublishedMicroCredential.parse({ ...(definition as object), ...of }),
      award: {
        credentialId: `urn:uuid:00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
        awardedDate: '2026-10-01',
        method: 'INSTRUCTION',
        hoursCompleted: 60,
      },
      issuer,
      owner: issuer,
      recipient: { did: 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK' },
      status: statusEntryAt('https://registry.example/status/r-1', index, 'revocation'),
      addresses: addressesUnder('https://registry.example'),
    });
    return badge as Credential;
  });
}
