import type { DataIntegrityProof, JsonObject, OneOrMany } from '../../credential.ts';
import { fault } from '../../faults.ts';
import { isObject } from '../../json.ts';
import type { KeyLookup, ProofPurpose, ResolvedKey } from '../../keys/key-lookup.ts';
import { verifyJwt } from '../../jwt/verify-jwt.ts';
import { verifyProofs } from '../../proofs/verify-proofs.ts';
import { failWith, pass, type Finding } from './check.ts';
import type { Presented } from '../received.ts';

export interface ProofQuestion {
  readonly lookup: KeyLookup;
  readonly now: Date;
  readonly proofPurpose: ProofPurpose;
  readonly challenge?: string;
  readonly domain?: OneOrMany<string>;
  /** Who must have signed; others may have signed too. */
  readonly signer: string | undefined;
  readonly keys: 'for-purpose' | 'any';
}

/** A proof that holds, with the key by which the signer is bound and when it says it was made. */
export interface Proven {
  readonly key: ResolvedKey;
  readonly created?: string;
}

export const idOf = (value: unknown): string | undefined => {
  const id = isObject(value) ? value['id'] : value;
  return typeof id === 'string' ? id : undefined;
};

/** A stranger's key must be in order today: only of the signer is its history known. */
const isInOrder = (key: ResolvedKey, { signer, proofPurpose }: ProofQuestion): boolean =>
  key.controller === signer || (key.purposes.includes(proofPurpose) && key.revoked === undefined);

function bound(keys: readonly ResolvedKey[], proofs: readonly DataIntegrityProof[], question: ProofQuestion): { finding: Finding; proven?: Proven } {
  if (!keys.every((key) => isInOrder(key, question))) return { finding: failWith([fault('KEY_NOT_FOR_PURPOSE', '/proof')]) };
  const index = question.signer === undefined ? 0 : keys.findIndex(({ controller }) => controller === question.signer);
  const key = keys[index];
  if (!key) return { finding: failWith([fault('KEY_NOT_OF_ISSUER', '/proof')]) };
  return { finding: pass(key.id), proven: { key, ...(proofs[index]?.created === undefined ? {} : { created: proofs[index].created }) } };
}

async function embedded(document: JsonObject, question: ProofQuestion): Promise<{ finding: Finding; proven?: Proven }> {
  const result = await verifyProofs(document, question);
  return result.outcome === 'PASS' ? bound(result.keys, result.proofs, question) : { finding: failWith(result.faults, result.outcome) };
}

async function enveloping({ text, read }: NonNullable<Presented['jwt']>, question: ProofQuestion): Promise<{ finding: Finding; proven?: Proven }> {
  const result = await verifyJwt(text, read, question);
  if (result.outcome !== 'PASS') return { finding: failWith(result.faults, result.outcome) };
  const { iat } = read.payload;
  const { finding, proven } = bound([result.key], [], question);
  return { finding, ...(proven ? { proven: { ...proven, ...(typeof iat === 'number' ? { created: new Date(iat * 1_000).toISOString() } : {}) } } : {}) };
}

/** Is the document secured, by whoever it says it comes from? */
export const checkProof = ({ document, jwt }: Presented, question: ProofQuestion): Promise<{ finding: Finding; proven?: Proven }> =>
  jwt ? enveloping(jwt, question) : embedded(document, question);
