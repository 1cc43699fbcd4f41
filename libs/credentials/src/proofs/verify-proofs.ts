import type { DataIntegrityProof, JsonObject, OneOrMany } from '../credential.ts';
import { CredentialRefusal, fault, refuse, type CredentialFault } from '../faults.ts';
import { instantOf } from '../instant.ts';
import { listOf } from '../json.ts';
import type { KeyLookup, ProofPurpose, ResolvedKey } from '../keys/key-lookup.ts';
import { base58Bytes } from '../keys/multikey.ts';
import { isSignedBy } from '../keys/signing-key.ts';
import { MOST_VALUES, valuesIn } from '../shape/signed-content.ts';
import { hashData, hashOfDocument, isCryptosuite, securedBy } from './hash-data.ts';
import { previousOf, proofsIn } from './proof-shape.ts';

export interface ProofExpectations {
  readonly lookup: KeyLookup;
  readonly now: Date;
  readonly proofPurpose: ProofPurpose;
  readonly challenge?: string;
  readonly domain?: OneOrMany<string>;
  /**
   * Retired keys have left `assertionMethod` and still prove what they signed. With `any`, whether the key might be used
   * is left to whoever knows its history; with `for-purpose` the document of today decides.
   */
  readonly keys?: 'for-purpose' | 'any';
}

/** What was found about the proofs: every one must be good; one that could not be checked makes the whole UNKNOWN. */
export type ProofResult =
  | { readonly outcome: 'PASS'; readonly keys: readonly [ResolvedKey, ...ResolvedKey[]]; readonly proofs: readonly DataIntegrityProof[] }
  | { readonly outcome: 'FAIL' | 'UNKNOWN'; readonly faults: readonly CredentialFault[] };

const sameTexts = (one: OneOrMany<string>, other: OneOrMany<string> | undefined): boolean => {
  const [left, right] = [new Set(listOf(one)), new Set(listOf(other))];
  return left.size === right.size && [...left].every((text) => right.has(text));
};

/** Data Integrity §4.4, steps 5 to 7, and §2.1 for `expires`. */
function checkExpectations(proof: DataIntegrityProof, { now, proofPurpose, challenge, domain }: ProofExpectations, pointer: string): void {
  if (proof.proofPurpose !== proofPurpose) refuse('PROOF_PURPOSE_MISMATCH', `${pointer}/proofPurpose`);
  if (proof.expires !== undefined && instantOf(proof.expires)! <= now.getTime()) refuse('PROOF_EXPIRED', `${pointer}/expires`);
  if (domain !== undefined && !sameTexts(domain, proof.domain)) refuse('DOMAIN_MISMATCH', `${pointer}/domain`);
  if (challenge !== undefined && proof.challenge !== challenge) refuse('CHALLENGE_MISMATCH', `${pointer}/challenge`);
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * The contexts decide what every term means, so those of the proof must be the document's. EdDSA Cryptosuites §3.3.2
 * would let a JSON document have further ones behind them, which nobody signed; here they are refused. A graph proof has
 * none of its own, or the same.
 */
function checkContexts(proof: DataIntegrityProof, document: JsonObject, pointer: string): void {
  const ofProof = proof['@context'];
  const isAbsent = ofProof === undefined && proof.cryptosuite === 'eddsa-rdfc-2022';
  if (!isAbsent && !isSame(ofProof, document['@context'])) refuse('PROOF_CONTEXT_MISMATCH', `${pointer}/@context`);
}

/** What a proof secures besides itself: by which suite, together with which other proofs. */
const formOf = (proof: DataIntegrityProof, proofs: readonly DataIntegrityProof[]): string =>
  JSON.stringify([proof.cryptosuite, previousOf(proof, proofs).map(({ id }) => id)]);

/** The hashes of a document, each worked out once for all proofs that have it in common. */
class DocumentHashes {
  readonly #known = new Map<string, Promise<Buffer>>();

  of(form: string, work: () => Promise<Buffer>): Promise<Buffer> {
    const hash = this.#known.get(form) ?? work();
    this.#known.set(form, hash);
    return hash;
  }
}

async function verifyProof(
  document: JsonObject,
  proof: DataIntegrityProof,
  proofs: readonly DataIntegrityProof[],
  hashes: DocumentHashes,
  pointer: string,
  expected: ProofExpectations,
): Promise<ResolvedKey> {
  checkExpectations(proof, expected, pointer);
  const { cryptosuite } = proof;
  if (!isCryptosuite(cryptosuite)) return refuse('CRYPTOSUITE_UNKNOWN', `${pointer}/cryptosuite`);
  const signature = base58Bytes(proof.proofValue) ?? refuse('PROOF_INVALID', `${pointer}/proofValue`);
  checkContexts(proof, document, pointer);
  const secured = securedBy(document, previousOf(proof, proofs));
  const bytes = await hashData(cryptosuite, secured, proof, () => hashes.of(formOf(proof, proofs), () => hashOfDocument(cryptosuite, secured)));
  const key = await expected.lookup(proof.verificationMethod);
  if (key.publicKey.kind !== 'Ed25519') refuse('KEY_UNSUPPORTED', `${pointer}/verificationMethod`);
  if (!isSignedBy(key.publicKey, bytes, signature)) refuse('SIGNATURE_INVALID', `${pointer}/proofValue`);
  if (expected.keys !== 'any' && (!key.purposes.includes(expected.proofPurpose) || key.revoked !== undefined)) {
    refuse('KEY_NOT_FOR_PURPOSE', `${pointer}/verificationMethod`);
  }
  return key;
}

/**
 * Verifies every proof of a document, whether it stands alone, in a set or in a chain (Data Integrity §4.5). Never
 * throws for a document: what is wrong is in the result. The document must have been parsed strictly.
 */
export async function verifyProofs(document: JsonObject, expected: ProofExpectations): Promise<ProofResult> {
  const { proofs, faults } = proofsIn(document);
  if (faults.length > 0) return { outcome: 'FAIL', faults };
  const forms = new Set(proofs.map((proof) => formOf(proof, proofs))).size;
  // One form of a document of any size that is read; of several, no more in all.
  if (forms > 1 && forms * valuesIn(document) > MOST_VALUES) {
    return { outcome: 'FAIL', faults: [fault('TOO_COMPLEX', '/proof', 'The proofs build on each other in more ways than are read with so many values.')] };
  }
  const hashes = new DocumentHashes();
  const results = await Promise.all(
    proofs.map((proof, index) => {
      const pointer = Array.isArray(document['proof']) ? `/proof/${index}` : '/proof';
      return verifyProof(document, proof, proofs, hashes, pointer, expected).catch((error: unknown) => faultsIn(error));
    }),
  );
  const bad = results.flatMap((result) => (Array.isArray(result) ? (result as readonly CredentialFault[]) : []));
  if (bad.length === 0) return { outcome: 'PASS', keys: results as unknown as readonly [ResolvedKey, ...ResolvedKey[]], proofs };
  return { outcome: bad.every(({ code }) => code === 'KEY_UNREACHABLE') ? 'UNKNOWN' : 'FAIL', faults: bad };
}

const faultsIn = (error: unknown): readonly CredentialFault[] => {
  if (error instanceof CredentialRefusal) return error.faults.map((one) => fault(one.code, one.pointer, one.message));
  throw error;
};
