import { credentialHash } from '../credential-hash.ts';
import type { JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { instantOf } from '../instant.ts';
import { isObject, listOf } from '../json.ts';
import { didDocument, keyStateAt, type IssuerKey, type KeyState } from '../keys/did-document.ts';
import { keyLookup } from '../keys/key-lookup.ts';
import { faultsOfCredential, faultsOfMembers } from '../shape/check-shape.ts';
import { checkProof, idOf } from './checks/proof-check.ts';
import { isReadByProof, readReceived, type Presented, type Received } from './received.ts';

/** Who must have signed, with every key that it ever had. */
export interface Signer {
  readonly did: string;
  readonly keys: readonly IssuerKey[];
}

/** What a credential says that its issuer signed, with the key; or everything that keeps it from being that. */
export type SignedReading =
  | {
      readonly outcome: 'SIGNED';
      readonly document: JsonObject;
      /** The text of the JWT, when it came as one. */
      readonly jwt?: string;
      readonly hash: string;
      readonly verificationMethod: string;
    }
  | { readonly outcome: 'REFUSED'; readonly faults: readonly CredentialFault[] };

const refused = (...faults: readonly CredentialFault[]): SignedReading => ({ outcome: 'REFUSED', faults });

const NOT_ACTIVE: Readonly<Record<Exclude<KeyState, 'ACTIVE'>, string>> = {
  NOT_YET_ACTIVE: 'The key is not active yet.',
  RETIRED: 'The key is retired: nothing new is signed with it.',
  COMPROMISED: 'The key is compromised: nothing that is signed with it is taken any more.',
};

/** A credential is kept for longer than its issuer can be asked for another signature, so none of them may end before it does. */
function endsTooSoon({ document, jwt }: Presented): boolean {
  const until = instantOf(document['validUntil']) ?? Infinity;
  const ofJwt = jwt?.read.payload['exp'];
  if (jwt) return typeof ofJwt === 'number' && ofJwt * 1_000 < until;
  return listOf(document['proof'])
    .filter(isObject)
    .some(({ expires }) => (instantOf(expires) ?? Infinity) < until);
}

/**
 * Reads a credential that comes from its issuer: in order as JSON and as a credential, and signed by that issuer with a key that is active at `at`, for as long as it is valid. Asks
 * nobody: what is not among the signer's keys is not known. Never throws for what it is given.
 */
export async function readSigned(received: Received, signer: Signer, at: Date): Promise<SignedReading> {
  const presented = readReceived(received);
  if ('faults' in presented) return refused(...presented.faults);
  const { document, jwt } = presented;
  if (idOf(document['issuer']) !== signer.did) return refused(fault('KEY_NOT_OF_ISSUER', '/issuer', 'The issuer is not the DID of the institution.'));
  const faults = isReadByProof(presented) ? faultsOfMembers(document) : await faultsOfCredential(document);
  if (faults.length > 0) return refused(...faults);
  // All that it ever had, so that a key which may not sign is told from one that is none.
  const whole = didDocument(signer.did, signer.keys, new Date(8.64e15));
  const lookup = keyLookup({ ownDocument: async (did) => (did === signer.did ? whole : undefined) });
  const { finding, proven } = await checkProof(presented, { lookup, now: at, proofPurpose: 'assertionMethod', signer: signer.did, keys: 'any' });
  if (!proven) return refused(...(finding.faults ?? [fault('SIGNATURE_INVALID')]).map((each) => (each.pointer || jwt ? each : { ...each, pointer: '/proof' })));
  const key = signer.keys.find(({ id }) => id === proven.key.id);
  const state = key ? keyStateAt(key, at) : 'NOT_YET_ACTIVE';
  if (state !== 'ACTIVE') return refused(fault('KEY_NOT_FOR_PURPOSE', jwt ? '' : '/proof', NOT_ACTIVE[state]));
  if (endsTooSoon(presented)) return refused(fault('PROOF_EXPIRED', jwt ? '/exp' : '/proof', 'The signature ends before the credential does.'));
  const hash = credentialHash(jwt?.text ?? document);
  return { outcome: 'SIGNED', document, ...(jwt && { jwt: jwt.text }), hash, verificationMethod: proven.key.id };
}
