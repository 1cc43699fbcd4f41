import { DID_V1, MULTIKEY_V1 } from '../contexts/bundled.ts';
import type { JsonObject, OneOrMany } from '../credential.ts';
import { readPublicKey } from './multikey.ts';

/** One key in the history of an issuer. Instants are ISO 8601; a key that was never activated is in no document. */
export interface IssuerKey {
  /** The whole DID URL: `did:web:…#key-1`. */
  readonly id: string;
  readonly publicKeyMultibase: string;
  readonly activatedAt: string;
  readonly retiredAt?: string;
  readonly compromisedAt?: string;
}

export type KeyState = 'NOT_YET_ACTIVE' | 'ACTIVE' | 'RETIRED' | 'COMPROMISED';

/** What a key is at an instant. A compromised key that was retired before stays RETIRED until it was compromised. */
export function keyStateAt(key: IssuerKey, at: Date): KeyState {
  const reached = (instant: string | undefined): boolean => instant !== undefined && Date.parse(instant) <= at.getTime();
  if (!reached(key.activatedAt)) return 'NOT_YET_ACTIVE';
  if (reached(key.compromisedAt)) return 'COMPROMISED';
  return reached(key.retiredAt) ? 'RETIRED' : 'ACTIVE';
}

export interface VerificationMethod extends JsonObject {
  readonly id: string;
  readonly type: string;
  readonly controller: string;
  readonly publicKeyMultibase?: string;
  readonly revoked?: string;
}

export interface DidDocument extends JsonObject {
  readonly '@context': OneOrMany<string>;
  readonly id: string;
  readonly verificationMethod: readonly VerificationMethod[];
  readonly assertionMethod: readonly string[];
}

const methodOf = (did: string, key: IssuerKey, at: Date): VerificationMethod => ({
  id: key.id,
  type: 'Multikey',
  controller: did,
  publicKeyMultibase: readPublicKey(key.publicKeyMultibase).multibase,
  ...(keyStateAt(key, at) === 'COMPROMISED' ? { revoked: key.compromisedAt! } : {}),
});

/**
 * The DID document of an issuer as it was at an instant: what `did.json` serves now, and at `?versionTime=`. Active keys
 * may assert; retired keys stay in `verificationMethod`, so that what they signed can still be verified; compromised
 * ones stay there too, with the instant (CID §2.2 `revoked`).
 */
export function didDocument(did: string, keys: readonly IssuerKey[], at: Date): DidDocument {
  const known = keys.filter((key) => keyStateAt(key, at) !== 'NOT_YET_ACTIVE');
  return {
    '@context': [DID_V1, MULTIKEY_V1],
    id: did,
    verificationMethod: known.map((key) => methodOf(did, key, at)),
    assertionMethod: known.filter((key) => keyStateAt(key, at) === 'ACTIVE').map((key) => key.id),
  };
}
