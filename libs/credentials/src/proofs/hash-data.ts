import { createHash } from 'node:crypto';
import type { Cryptosuite, DataIntegrityProof, Json, JsonObject } from '../credential.ts';
import { without } from '../json.ts';
import { canonicalFormOf } from './canonical.ts';

export const isCryptosuite = (name: string): name is Cryptosuite => Object.hasOwn(canonicalFormOf, name);

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The document as one proof secures it: without its proofs, but with those that the proof builds on (Data Integrity §4.5). */
export function securedBy(document: JsonObject, previous: readonly DataIntegrityProof[]): JsonObject {
  const unsecured = without(document, 'proof');
  return previous.length === 0 ? unsecured : { ...unsecured, proof: previous as unknown as Json };
}

/** The second half of what is signed: most of the work, and the same for all proofs of a set. */
export const hashOfDocument = async (cryptosuite: Cryptosuite, document: JsonObject): Promise<Buffer> => sha256(await canonicalFormOf[cryptosuite](document));

/**
 * The 64 bytes that are signed: the hash of the proof's own members, then that of the document (EdDSA Cryptosuites
 * §3.2.4). The graph form reads the proof with the document's contexts; the JSON form has them in the proof.
 */
export async function hashData(
  cryptosuite: Cryptosuite,
  document: JsonObject,
  proof: JsonObject,
  ofDocument: () => Promise<Buffer> = () => hashOfDocument(cryptosuite, document),
): Promise<Buffer> {
  const canonicalForm = canonicalFormOf[cryptosuite];
  const members = without(proof, 'proofValue');
  const options = cryptosuite === 'eddsa-rdfc-2022' ? { ...members, '@context': document['@context'] } : members;
  return Buffer.concat([sha256(await canonicalForm(options)), await ofDocument()]);
}
