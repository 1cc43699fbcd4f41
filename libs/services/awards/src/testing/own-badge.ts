import { randomUUID } from 'node:crypto';
import type { IssuerKeySnapshot } from '@mcr/contracts';
import { type Credential, type Cryptosuite, type JsonObject, type SecuredCredential, type SigningKey, addProof, signJwt } from '@mcr/credentials';

/** A key with what the registry knows of it. */
export interface OwnKey {
  readonly key: SigningKey;
  readonly snapshot: IssuerKeySnapshot;
}

/** An Open Badge as an institution's own system writes it, of an award of 2026-06-15. */
export function ownBadge(issuer: string, achievement: string, changes: JsonObject = {}, subject: JsonObject = {}): Credential {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: `urn:uuid:${randomUUID()}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: issuer, type: ['Profile'], name: 'The institution itself' },
    name: 'Forest Health',
    awardedDate: '2026-06-15T09:30:00-07:00',
    validFrom: '2026-06-15T09:30:00-07:00',
    credentialSubject: {
      type: ['AchievementSubject'],
      id: 'urn:uuid:2f6f4a0a-1d9b-4d6e-9a55-0f5d7f0a1b2c',
      achievement: {
        id: achievement,
        type: ['Achievement'],
        name: 'Forest Health',
        description: 'What ails trees.',
        criteria: { narrative: 'By passing the exam.' },
      },
      ...subject,
    },
    ...changes,
  };
}

export const withProof = (document: Credential, { key, snapshot }: OwnKey, cryptosuite: Cryptosuite = 'eddsa-rdfc-2022'): Promise<SecuredCredential> =>
  addProof(document, { key, verificationMethod: snapshot.kid, created: new Date(), cryptosuite });

export const asJwt = (document: Credential, { key, snapshot }: OwnKey): Promise<string> => signJwt(document, { key, verificationMethod: snapshot.kid });
