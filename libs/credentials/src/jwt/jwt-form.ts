import type { JsonObject } from '../credential.ts';
import { refuse } from '../faults.ts';
import type { KeyKind } from '../keys/multikey.ts';

/** What a JWT secures, by its `typ` (VC-JOSE-COSE §6.1). */
export type JwtType = 'vc+jwt' | 'vp+jwt';

/** The algorithms that are taken, each with the one kind of key that it is for. */
export const kindOfAlgorithm: Readonly<Record<string, KeyKind>> = { EdDSA: 'Ed25519', ES256: 'P-256' };

/** Header members that bring a key or point to one: what a token says about its own key proves nothing. */
const KEYS_IN_HEADERS = ['jwk', 'jku', 'x5u', 'x5c', 'x5t', 'x5t#S256', 'crit', 'b64'];

export interface JwtHeader {
  readonly alg: string;
  readonly kid: string;
}

/** Checks a protected header against VC-JOSE-COSE §3.1 and RFC 7515 §4.1. */
export function checkHeader(header: JsonObject, type: JwtType): JwtHeader {
  const { alg, kid, typ, cty } = header;
  if (typeof alg !== 'string' || !Object.hasOwn(kindOfAlgorithm, alg)) return refuse('JWT_ALGORITHM');
  if (typeof typ !== 'string' || typ.toLowerCase().replace(/^application\//, '') !== type)
    return refuse('JWT_INVALID', '', `The header "typ" must be ${type}.`);
  if (cty !== undefined && cty !== type.slice(0, 2)) return refuse('JWT_INVALID', '', `The header "cty" must be ${type.slice(0, 2)}, or absent.`);
  if (typeof kid !== 'string') return refuse('JWT_INVALID', '', 'The header "kid" must be the URL of a verification method.');
  if (KEYS_IN_HEADERS.some((member) => Object.hasOwn(header, member))) return refuse('JWT_INVALID', '', 'The header brings a key of its own, or extensions.');
  return { alg, kid };
}

const REGISTERED_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'];

/** The document without the claims that only the JWT has. */
export const withoutClaims = (payload: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(payload).filter(([member]) => !REGISTERED_CLAIMS.includes(member)));
