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

/** What a proof says, whoever signs it. */
export interface ProofTerms {
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

export interface ProofOptions extends ProofTerms {
  readonly key: SigningKey;
}

/** A proof that lacks nothing but the signature (Ed25519) of its bytes. */
export interface UnsignedProof {
  readonly proof: JsonObject;
  readonly bytes: Uint8Array;
}

/** The members of the proof before it is signed, in the order of the specification's examples. */
function proofConfig(document: JsonObject, options: ProofTerms): JsonObject {
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
 * The proof of a document up to its signature, for keys that are kept elsewhere: `withSignature` adds it. Refuses what could not be verified again.
 */
export async function unsignedProof(document: JsonObject, terms: ProofTerms): Promise<UnsignedProof> {
  const plain = parseDocument(JSON.stringify(document));
  const before = plain['proof'] === undefined ? { proofs: [], faults: [] } : proofsIn(plain);
  throwAny(before.faults);
  const proof = proofConfig(plain, terms);
  throwAny(faultsOfProof({ ...proof, proofValue: 'z' }, '/proof'));
  const previous = previousOf(proof, before.proofs);
  if (previous.length < listOf(proof['previousProof']).length) refuse('PREVIOUS_PROOF_MISSING', '/proof');
  const { cryptosuite = 'eddsa-rdfc-2022' } = terms;
  if (cryptosuite === 'eddsa-jcs-2022') await checkTerms(securedBy(plain, []));
  return { proof, bytes: await hashData(cryptosuite, securedBy(plain, previous), proof) };
}

/**
 * The document with a proof that was signed elsewhere. A document that has proofs already keeps them: the new one stands beside them (a set) or
 * builds on those that its `previousProof` names (a chain). The document given is not changed.
 */
export function withSignature<Document extends JsonObject>(document: Document, { proof }: UnsignedProof, signature: Uint8Array): Secured<Document> {
  const signed = { ...proof, proofValue: toBase58(signature) } as DataIntegrityProof;
  const before = document['proof'] === undefined ? [] : listOf(document['proof']);
  const secured = { ...document, proof: before.length === 0 ? signed : [...before, signed] } as JsonObject;
  throwAny(proofsIn(secured).faults);
  return secured as Secured<Document>;
}

/** Adds a proof to a document with a key that is here. Ed25519 is deterministic: the same input gives the same bytes. */
export async function addProof<Document extends JsonObject>(document: Document, { key, ...terms }: ProofOptions): Promise<Secured<Document>> {
  if (key.kind !== 'Ed25519') refuse('KEY_UNSUPPORTED', '', 'The EdDSA cryptosuites sign with Ed25519 keys.');
  const unsigned = await unsignedProof(document, terms);
  return withSignature(document, unsigned, key.sign(unsigned.bytes));
}

function throwAny(faults: readonly CredentialFault[]): void {
  if (faults.length > 0) throw new CredentialRefusal(...(faults as [CredentialFault, ...CredentialFault[]]));
}
