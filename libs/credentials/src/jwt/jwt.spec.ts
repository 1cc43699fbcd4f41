import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../credential.ts';
import { didKeyMethodOf, didKeyOf } from '../keys/did.ts';
import type { KeyKind } from '../keys/multikey.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { NOW, aCredential, onlyDidKeys } from '../testing/an-issuer.ts';
import { signJwt } from './sign-jwt.ts';
import { readJwt, verifyJwt, type JwtResult } from './verify-jwt.ts';

const key = SigningKey.generate();
const kid = didKeyMethodOf(key.publicKey);
const credential = (changes: JsonObject = {}) => aCredential({ issuer: didKeyOf(key.publicKey), ...changes });
const part = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A JWT of any header and payload, signed over exactly these. */
function forged(header: unknown, payload: unknown, by = key): string {
  const signed = `${part(header)}.${part(payload)}`;
  return `${signed}.${by.sign(Buffer.from(signed)).toString('base64url')}`;
}
const header = (changes: JsonObject = {}) => ({ alg: 'EdDSA', kid, typ: 'vc+jwt', ...changes });

async function verify(jwt: string): Promise<JwtResult> {
  return verifyJwt(jwt, readJwt(jwt), { lookup: onlyDidKeys, now: NOW, proofPurpose: 'assertionMethod' });
}
const codeOf = async (jwt: string): Promise<string> => {
  try {
    const result = await verify(jwt);
    return result.outcome === 'PASS' ? 'PASS' : result.faults[0]!.code;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('vc+jwt (VC-JOSE-COSE 1.0)', () => {
  it.each<[KeyKind, string]>([
    ['Ed25519', 'EdDSA'],
    ['P-256', 'ES256'],
  ])('secures a credential with %s as %s, and gives it back as it was', async (kind, alg) => {
    const signer = SigningKey.generate(kind);
    const document = aCredential({ issuer: didKeyOf(signer.publicKey) });
    const jwt = await signJwt(document, { key: signer, verificationMethod: didKeyMethodOf(signer.publicKey) });
    const read = readJwt(jwt);
    expect(JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString())).toEqual({ alg, kid: read.header.kid, typ: 'vc+jwt', cty: 'vc' });
    expect(read.document).toEqual(document);
    expect(await verify(jwt)).toMatchObject({ outcome: 'PASS', key: { controller: document.issuer } });
  });

  it('says when it was signed, beside the credential and not in it', async () => {
    const jwt = await signJwt(credential(), { key, verificationMethod: kid, created: new Date('2026-10-02T00:00:00.999Z') });
    expect(readJwt(jwt).payload['iat']).toBe(Date.parse('2026-10-02T00:00:00Z') / 1_000);
    expect(readJwt(jwt).document).toEqual(credential());
    expect(await codeOf(jwt)).toBe('PASS');
  });

  it('reads what the control of these tests signs', async () => {
    expect(await codeOf(forged(header(), credential()))).toBe('PASS');
    expect(await codeOf(forged(header({ typ: 'application/VC+JWT', cty: 'vc' }), credential()))).toBe('PASS');
  });

  it.each<[string, unknown, string]>([
    ['no algorithm', header({ alg: undefined }), 'JWT_ALGORITHM'],
    ['the algorithm "none"', header({ alg: 'none' }), 'JWT_ALGORITHM'],
    ['a shared secret', header({ alg: 'HS256' }), 'JWT_ALGORITHM'],
    ['the algorithm of another kind of key', header({ alg: 'ES256' }), 'JWT_ALGORITHM'],
    ['an algorithm from the prototype', header({ alg: 'toString' }), 'JWT_ALGORITHM'],
    ['no type', header({ typ: undefined }), 'JWT_INVALID'],
    ['the type of an access token', header({ typ: 'at+jwt' }), 'JWT_INVALID'],
    ['a presentation instead', header({ typ: 'vp+jwt' }), 'JWT_INVALID'],
    ['another content type', header({ cty: 'json' }), 'JWT_INVALID'],
    ['no key id', header({ kid: undefined }), 'JWT_INVALID'],
    ['a key id that resolves to nothing', header({ kid: 'did:example:nobody#key-1' }), 'DID_INVALID'],
    ['a key of its own', header({ jwk: key.publicKey.key.export({ format: 'jwk' }) as JsonObject }), 'JWT_INVALID'],
    ['an address of keys', header({ jku: 'https://attacker.example/jwks' }), 'JWT_INVALID'],
    ['an address of certificates', header({ x5u: 'https://attacker.example/c' }), 'JWT_INVALID'],
    ['certificates', header({ x5c: ['MIIB'] }), 'JWT_INVALID'],
    ['critical extensions', header({ crit: ['exp'], exp: 0 }), 'JWT_INVALID'],
    ['an unencoded payload', header({ b64: false, crit: ['b64'] }), 'JWT_INVALID'],
    ['a header member twice', `{"alg":"EdDSA","kid":"${kid}","typ":"vc+jwt","alg":"none"}`, 'NOT_JSON'],
  ])('refuses %s in the header', async (_what, head, code) => {
    expect(await codeOf(forged(head, credential()))).toBe(code);
  });

  it.each<[string, unknown, string]>([
    ['a member twice', '{"@context":[],"@context":[]}', 'NOT_JSON'],
    ['no object', '[]', 'NOT_AN_OBJECT'],
    ['a claim "vc"', { vc: credential() }, 'JWT_INVALID'],
    ['another issuer as claim', credential({ iss: 'did:example:other' }), 'JWT_CLAIM_MISMATCH'],
    ['another id as claim', credential({ jti: 'urn:uuid:other' }), 'JWT_CLAIM_MISMATCH'],
    ['another subject as claim', credential({ sub: 'did:example:other' }), 'JWT_CLAIM_MISMATCH'],
    ['an end that has come', credential({ exp: NOW.getTime() / 1_000 }), 'PROOF_EXPIRED'],
    ['a beginning to come', credential({ nbf: NOW.getTime() / 1_000 + 1 }), 'PROOF_EXPIRED'],
    ['an end that is no number', credential({ exp: '2099' }), 'PROOF_EXPIRED'],
  ])('refuses %s in the payload', async (_what, payload, code) => {
    expect(await codeOf(forged(header(), payload))).toBe(code);
  });

  it('takes claims that agree, and leaves them out of the credential', async () => {
    const claims = { iss: didKeyOf(key.publicKey), sub: 'did:example:learner', exp: NOW.getTime() / 1_000 + 1, nbf: NOW.getTime() / 1_000, iat: 1 };
    const jwt = forged(header(), credential({ ...claims, jti: aCredential().id }));
    expect(await codeOf(jwt)).toBe('PASS');
    expect(readJwt(jwt).document).toEqual(credential());
  });

  it('refuses every change of a character', async () => {
    const jwt = forged(header(), credential());
    for (let at = 0; at < jwt.length; at += 7) {
      const other = jwt[at] === 'A' ? 'B' : 'A';
      expect(await codeOf(jwt.slice(0, at) + other + jwt.slice(at + 1))).not.toBe('PASS');
    }
    expect(await codeOf(`${jwt}A`)).not.toBe('PASS');
    expect(await codeOf(`${jwt}=`)).not.toBe('PASS');
    expect(await codeOf(jwt.slice(0, -1))).not.toBe('PASS');
    expect(await codeOf(forged(header(), credential(), SigningKey.generate()))).toBe('SIGNATURE_INVALID');
  });
});
