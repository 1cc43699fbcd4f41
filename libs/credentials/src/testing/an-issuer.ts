import { CREDENTIALS_EXAMPLES_V2, CREDENTIALS_V2 } from '../contexts/bundled.ts';
import type { Credential, JsonObject, SecuredCredential } from '../credential.ts';
import { refuse } from '../faults.ts';
import { didKeyMethodOf, didKeyOf } from '../keys/did.ts';
import { keyLookup, type KeyLookup } from '../keys/key-lookup.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { addProof, type ProofOptions } from '../proofs/add-proof.ts';

export const NOW = new Date('2026-11-28T12:00:00Z');

/** An issuer whose DID is its key, so that nothing has to be looked up. */
export const keyOfIssuer = SigningKey.generate();
export const ISSUER = didKeyOf(keyOfIssuer.publicKey);
export const METHOD = didKeyMethodOf(keyOfIssuer.publicKey);

export const onlyDidKeys: KeyLookup = keyLookup({});

/** A lookup that knows these keys and nothing else. */
export const lookupOf =
  (keys: Readonly<Record<string, Awaited<ReturnType<KeyLookup>>>>): KeyLookup =>
  async (id) =>
    keys[id] ?? refuse('KEY_NOT_FOUND');

export const aCredential = (changes: JsonObject = {}): Credential => ({
  '@context': [CREDENTIALS_V2, CREDENTIALS_EXAMPLES_V2],
  id: 'urn:uuid:9d5f3c1e-6d3b-4a54-9b0f-5f6f0a1b2c3d',
  type: ['VerifiableCredential', 'ExampleCredential'],
  issuer: ISSUER,
  name: 'Wildfire Basics',
  validFrom: '2026-10-01T00:00:00Z',
  credentialSubject: { id: 'did:example:learner', level: 3, topics: ['fuel', 'weather'] },
  ...changes,
});

export const secured = (document: Credential = aCredential(), options: Partial<ProofOptions> = {}): Promise<SecuredCredential> =>
  addProof(document, { key: keyOfIssuer, verificationMethod: METHOD, created: NOW, ...options });
