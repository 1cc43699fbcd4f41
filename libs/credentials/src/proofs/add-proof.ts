import type { Cryptosuite, DataIntegrityProof, JsonObject, OneOrMany, Secured } from '../credential.ts';
import { CredentialRefusal, refuse, type CredentialFault } from '../faults.ts';
import { instantText } from '../instant.ts';
import { listOf } from '../json.ts';
import type { ProofPurpose } from '../keys/key-lookup.ts';
import { toBase58 } from '../keys/multikey.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { parseDocument } from '../parse/parse-document.ts';
import { checkTerms } from './canonical.ts';
import { hashData, securedBy } from './hash-data.ts';
import { faultsOfProof, previousOf, proofsIn } from './proof-shape.ts';

export interface ProofOptions {
  readonly key: SigningKey;
  /** The URL by which verifiers find the public key. */
  readonly verificationMethod: string;
  readonly created: Date;
  readonly cryptosuite?: Cryptosuite;
  readonly proofPurpose?: ProofPurpose;
  readonly id?: string;
  readonly expires?: Date;
  readonly challenge?: string;
  readonly domain?: OneOrMany<string>;
  readonly nonce?: string;
  /** Ids of proofs that this one also signs; they must be in the document. */
  readonly previousProof?: OneOrMany<string>;
}

/** The members of the proof before it is signed, in the order of the specification's examples. */
function proofConfig(document: JsonObject, options: ProofOptions): JsonObject {
  const { id, cryptosuite = 'eddsa-rdfc-2022', created, expires, verificationMethod, proofPurpose = 'assertionMethod' } = options;
  const { challenge, domain, nonce, previousProof } = options;
  const members = {
    id,
    type: 'DataIntegrityProof',
    cryptosuite,
    created: instantText(created),
    expires: expires && instantText(expires),
    verificationMethod,
    proofPurpose,
    challenge,
    domain,
    nonce,
    previousProof,
    // A JSON proof that says no contexts leaves them to whoever changes the document's (EdDSA Cryptosuites §3.3.1).
    '@context': cryptosuite === 'eddsa-jcs-2022' ? document['@context'] : undefined,
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/**
 * Adds a proof to a document. A document that has proofs already keeps them, and the new one stands beside them (a set)
 * or builds on those that `previousProof` names (a chain). Ed25519 is deterministic: the same input gives the same bytes.
 * Refuses what could not be verified again; the document given is not changed.
 */
export async function addProof<Document extends JsonObject>(document: Document, options: ProofOptions): Promise<Secured<Document>> {
  if (options.key.kind !== 'Ed25519') refuse('KEY_UNSUPPORTED', '', 'The EdDSA cryptosuites sign with Ed25519 keys.');
  const plain = parseDocument(JSON.stringify(document));
  const before = plain['proof'] === undefined ? { proofs: [], faults: [] } : proofsIn(plain);
  throwAny(before.faults);
  const config = proofConfig(plain, options);
  throwAny(faultsOfProof({ ...config, proofValue: 'z' }, '/proof'));
  const previous = previousOf(config, before.proofs);
  if (previous.length < listOf(config['previousProof']).length) refuse('PREVIOUS_PROOF_MISSING', '/proof');
  const { cryptosuite = 'eddsa-rdfc-2022' } = options;
  if (cryptosuite === 'eddsa-jcs-2022') await checkTerms(securedBy(plain, []));
  const bytes = await hashData(cryptosuite, securedBy(plain, previous), config);
  const proof = { ...config, proofValue: toBase58(options.key.sign(bytes)) } as DataIntegrityProof;
  const secured = { ...plain, proof: before.proofs.length === 0 ? proof : [...before.proofs, proof] } as JsonObject;
  throwAny(proofsIn(secured).faults);
  return secured as Secured<Document>;
}

function throwAny(faults: readonly CredentialFault[]): void {
  if (faults.length > 0) throw new CredentialRefusal(...(faults as [CredentialFault, ...CredentialFault[]]));
}
