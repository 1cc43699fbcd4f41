import type { DataIntegrityProof, Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { instantOf } from '../instant.ts';
import { isObject, listOf } from '../json.ts';

type Rule = readonly [member: string, isRequired: boolean, holds: (value: Json) => boolean, expected: string];

const isText = (value: Json): boolean => typeof value === 'string' && value !== '';
const isUrl = (value: Json): boolean => typeof value === 'string' && URL.canParse(value);
const isInstant = (value: Json): boolean => instantOf(value) !== undefined;
const isOneOrMoreTexts = (value: Json): boolean => {
  const texts = listOf(value);
  return texts.length > 0 && texts.every(isText) && new Set(texts).size === texts.length;
};

/** Data Integrity §2.1, member by member; EdDSA Cryptosuites §3 for the proof value. */
const rules: readonly Rule[] = [
  ['id', false, isUrl, 'a URL'],
  ['type', true, (value) => value === 'DataIntegrityProof', 'DataIntegrityProof'],
  ['cryptosuite', true, isText, 'the name of a cryptosuite'],
  ['proofPurpose', true, isText, 'a purpose'],
  ['verificationMethod', true, isUrl, 'a URL'],
  ['created', false, isInstant, 'an instant with an offset'],
  ['expires', false, isInstant, 'an instant with an offset'],
  ['domain', false, isOneOrMoreTexts, 'one or more texts'],
  ['challenge', false, isText, 'a text'],
  ['nonce', false, isText, 'a text'],
  ['previousProof', false, isOneOrMoreTexts, 'the id of a proof, or several'],
  ['proofValue', true, (value) => typeof value === 'string' && value.startsWith('z'), 'a multibase text in base 58'],
];

/** Everything that is wrong with the form of one proof. */
export function faultsOfProof(proof: Json, pointer: string): CredentialFault[] {
  if (!isObject(proof)) return [fault('PROOF_INVALID', pointer, 'A proof must be an object.')];
  return rules.flatMap(([member, isRequired, holds, expected]): CredentialFault[] => {
    const value = proof[member];
    if (value === undefined) return isRequired ? [fault('PROOF_INVALID', `${pointer}/${member}`, `A proof must have ${member}: ${expected}.`)] : [];
    return holds(value) ? [] : [fault('PROOF_INVALID', `${pointer}/${member}`, `Expected ${expected}.`)];
  });
}

/** More proofs than anybody signs a credential with. */
const MOST_PROOFS = 16;

/** The proofs of a document in their order, with all that is wrong with their form and with how they refer to each other. */
export function proofsIn(document: JsonObject): { readonly proofs: readonly DataIntegrityProof[]; readonly faults: readonly CredentialFault[] } {
  const list = listOf(document['proof']);
  if (list.length === 0) return { proofs: [], faults: [fault('PROOF_MISSING', '/proof')] };
  if (list.length > MOST_PROOFS) return { proofs: [], faults: [fault('TOO_MANY', '/proof', `A document has at most ${MOST_PROOFS} proofs.`)] };
  const at = (index: number): string => (Array.isArray(document['proof']) ? `/proof/${index}` : '/proof');
  const faults = list.flatMap((proof, index) => faultsOfProof(proof, at(index)));
  const proofs = list.filter(isObject) as unknown as readonly DataIntegrityProof[];
  return { proofs, faults: faults.length > 0 ? faults : chainFaults(proofs, at) };
}

function chainFaults(proofs: readonly DataIntegrityProof[], at: (index: number) => string): CredentialFault[] {
  const ids = proofs.flatMap(({ id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size < ids.length) return [fault('DUPLICATE', '/proof', 'Two proofs have the same id.')];
  const missing = proofs.flatMap((proof, index) =>
    listOf(proof.previousProof).every((id) => ids.includes(id as string)) ? [] : [fault('PREVIOUS_PROOF_MISSING', `${at(index)}/previousProof`)],
  );
  if (missing.length > 0) return missing;
  return proofs.some((proof) => buildsOnItself(proof, proofs)) ? [fault('PREVIOUS_PROOF_CIRCULAR', '/proof')] : [];
}

function buildsOnItself(proof: DataIntegrityProof, proofs: readonly DataIntegrityProof[]): boolean {
  const reached = new Set<DataIntegrityProof>();
  let reach = previousOf(proof, proofs);
  while (reach.length > 0) {
    if (reach.includes(proof)) return true;
    for (const one of reach) reached.add(one);
    reach = reach.flatMap((one) => previousOf(one, proofs)).filter((one) => !reached.has(one));
  }
  return false;
}

/** The proofs that a proof builds on, in the order of the document (Data Integrity §4.5). */
export function previousOf(proof: Pick<DataIntegrityProof, 'previousProof'>, proofs: readonly DataIntegrityProof[]): readonly DataIntegrityProof[] {
  const ids = listOf(proof.previousProof);
  return proofs.filter(({ id }) => id !== undefined && ids.includes(id));
}
