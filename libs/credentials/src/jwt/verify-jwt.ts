import { compactVerify, errors } from 'jose';
import type { JsonObject } from '../credential.ts';
import { CredentialRefusal, refuse, type CredentialFault } from '../faults.ts';
import { isObject, listOf } from '../json.ts';
import type { KeyLookup, ProofPurpose, ResolvedKey } from '../keys/key-lookup.ts';
import { parseDocument } from '../parse/parse-document.ts';
import { checkHeader, kindOfAlgorithm, withoutClaims, type JwtHeader, type JwtType } from './jwt-form.ts';

export interface ReadJwt {
  readonly header: JwtHeader;
  /** All members, registered claims with them. */
  readonly payload: JsonObject;
  /** The credential or presentation alone. */
  readonly document: JsonObject;
}

export interface JwtExpectations {
  readonly lookup: KeyLookup;
  readonly now: Date;
  readonly proofPurpose: ProofPurpose;
  readonly keys?: 'for-purpose' | 'any';
}

export type JwtResult =
  { readonly outcome: 'PASS'; readonly key: ResolvedKey } | { readonly outcome: 'FAIL' | 'UNKNOWN'; readonly faults: readonly CredentialFault[] };

const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/** Does this text have the three parts of a JWT? Says nothing about what they hold. */
export const looksLikeJwt = (text: string): boolean => COMPACT.test(text);

/** Base 64 has several texts for some bytes: only the one that encoding gives is taken. */
function bytesOf(part: string): Buffer {
  const bytes = Buffer.from(part, 'base64url');
  return bytes.toString('base64url') === part ? bytes : refuse('JWT_INVALID', '', 'A part of the JWT is not canonical base64url.');
}

/** Reads a JWT without verifying it: both parts strictly, the header by its rules, nothing followed. */
export function readJwt(jwt: string, type: JwtType = 'vc+jwt', maxBytes = 4 * 1024 * 1024): ReadJwt {
  if (jwt.length > maxBytes) refuse('TOO_LARGE');
  if (!looksLikeJwt(jwt)) refuse('JWT_INVALID');
  const [head, body, signature] = jwt.split('.') as [string, string, string];
  bytesOf(signature);
  const header = checkHeader(parseDocument(bytesOf(head)), type);
  const payload = parseDocument(bytesOf(body));
  if (payload['vc'] !== undefined || payload['vp'] !== undefined)
    refuse('JWT_INVALID', '', 'The claims "vc" and "vp" must not be there: the payload is the document itself.');
  return { header, payload, document: withoutClaims(payload) };
}

const idOf = (value: unknown): unknown => (isObject(value) ? value['id'] : value);

/** Registered claims may repeat what the document says, and never contradict it (VC-JOSE-COSE §3.1.3). */
function checkClaims({ payload, document }: ReadJwt, now: Date): void {
  const { iss, sub, jti, exp, nbf } = payload;
  const subjects = listOf(document['credentialSubject']);
  const same: readonly [claim: string, value: unknown, expected: unknown][] = [
    ['iss', iss, idOf(document['issuer'] ?? document['holder'])],
    ['jti', jti, document['id']],
    ['sub', sub, subjects.length === 1 ? idOf(subjects[0]) : sub],
  ];
  for (const [claim, value, expected] of same) if (value !== undefined && value !== expected) refuse('JWT_CLAIM_MISMATCH', `/${claim}`);
  const seconds = now.getTime() / 1_000;
  if (exp !== undefined && !(typeof exp === 'number' && exp > seconds)) refuse('PROOF_EXPIRED', '/exp');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= seconds)) refuse('PROOF_EXPIRED', '/nbf', 'The JWT is not valid yet.');
}

async function verify(jwt: string, read: ReadJwt, expected: JwtExpectations): Promise<ResolvedKey> {
  const { alg, kid } = read.header;
  const key = await expected.lookup(kid);
  if (key.publicKey.kind !== kindOfAlgorithm[alg]) refuse('JWT_ALGORITHM');
  await compactVerify(jwt, key.publicKey.key, { algorithms: [alg] }).catch((error: unknown) => {
    if (error instanceof errors.JOSEError) refuse('SIGNATURE_INVALID');
    throw error;
  });
  checkClaims(read, expected.now);
  if (expected.keys !== 'any' && (!key.purposes.includes(expected.proofPurpose) || key.revoked !== undefined)) refuse('KEY_NOT_FOR_PURPOSE');
  return key;
}

/** Verifies what `readJwt` read. Never throws for a JWT: what is wrong is in the result. */
export async function verifyJwt(jwt: string, read: ReadJwt, expected: JwtExpectations): Promise<JwtResult> {
  try {
    return { outcome: 'PASS', key: await verify(jwt, read, expected) };
  } catch (error) {
    if (!(error instanceof CredentialRefusal)) throw error;
    return { outcome: error.code === 'KEY_UNREACHABLE' ? 'UNKNOWN' : 'FAIL', faults: error.faults };
  }
}
