import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { EdDSASigner, ES256Signer, createJWS, verifyJWS } from 'did-jwt';
import fc from 'fast-check';
import { CompactSign, compactVerify } from 'jose';
import { openBadgeOf } from '../build/badge/open-badge.ts';
import { anySource } from '../build/testing/arbitraries.ts';
import { aSource } from '../build/testing/sources.ts';
import { CREDENTIALS_V2 } from '../contexts/bundled.ts';
import type { Credential, Cryptosuite, JsonObject } from '../credential.ts';
import { didKeyMethodOf, didKeyOf } from '../keys/did.ts';
import { base58Bytes, type KeyKind } from '../keys/multikey.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { signJwt } from '../jwt/sign-jwt.ts';
import { readJwt, verifyJwt } from '../jwt/verify-jwt.ts';
import { verifyProofs } from '../proofs/verify-proofs.ts';
import { verifyPresentation } from '../verify/verify-presentation.ts';
import { ISSUER, NOW, aCredential, onlyDidKeys, secured } from './an-issuer.ts';
import { issuedElsewhere, presentedElsewhere, verifiedElsewhere } from './digital-bazaar.ts';

const suites: readonly Cryptosuite[] = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'];
const ofIssuer = (credential: Credential): Credential => ({ ...credential, issuer: { ...(credential.issuer as JsonObject), id: ISSUER } });
const aBadge = ofIssuer(openBadgeOf(aSource()));

/** How many generated badges go both ways: a few here, more in a full run. */
const GENERATED = Number(process.env['MCR_GENERATED_PROOFS'] ?? 6);

const ours = (document: JsonObject) => verifyProofs(document, { lookup: onlyDidKeys, now: NOW, proofPurpose: 'assertionMethod' });

describe.each(suites)('%s and @digitalbazaar/vc', (cryptosuite) => {
  it.each<[string, Credential]>([
    ['an example', aCredential()],
    ['an Open Badge', aBadge],
  ])('verify what the other signs, and make the same proof of %s', async (_what, credential) => {
    const [here, there] = [await secured(credential, { cryptosuite }), await issuedElsewhere(credential, cryptosuite, NOW)];
    expect((here.proof as JsonObject)['proofValue']).toBe((there['proof'] as JsonObject)['proofValue']);
    expect(await verifiedElsewhere(here, cryptosuite, NOW)).toBe(true);
    expect(await ours(there)).toMatchObject({ outcome: 'PASS' });
  });

  it('refuse what was changed after the other signed it', async () => {
    const [here, there] = [await secured(aBadge, { cryptosuite }), await issuedElsewhere(aBadge, cryptosuite, NOW)];
    expect(await verifiedElsewhere({ ...here, name: 'Another' }, cryptosuite, NOW)).toBe(false);
    expect(await ours({ ...there, name: 'Another' })).toMatchObject({ outcome: 'FAIL' });
  });

  it('agree about generated badges', async () => {
    await fc.assert(
      fc.asyncProperty(anySource, async (source) => {
        const badge = ofIssuer(openBadgeOf(source));
        const later = new Date(Math.max(NOW.getTime(), Date.parse(badge.validFrom!)));
        const plain = JSON.parse(JSON.stringify({ ...badge, validUntil: undefined })) as Credential;
        expect(await verifiedElsewhere(await secured(plain, { cryptosuite }), cryptosuite, later)).toBe(true);
        expect(await ours(await issuedElsewhere(plain, cryptosuite, NOW))).toMatchObject({ outcome: 'PASS' });
      }),
      { numRuns: GENERATED },
    );
  });
});

describe('Presentations of @digitalbazaar/vc', () => {
  it('verify here, for their challenge and domain', async () => {
    const presentation = { '@context': [CREDENTIALS_V2], type: ['VerifiablePresentation'], holder: ISSUER, verifiableCredential: [await secured()] };
    const signed = await presentedElsewhere(presentation, 'c-1', 'verifier.example', NOW);
    const lookups = { key: onlyDidKeys, statusList: () => Promise.reject(new Error('none')) };
    expect(await verifyPresentation(signed, { lookups, now: NOW, challenge: 'c-1', domain: 'verifier.example' })).toMatchObject({
      outcome: 'PASS',
      credentials: [{ verdict: 'VALID' }],
    });
    expect(await verifyPresentation(signed, { lookups, now: NOW, challenge: 'c-2' })).toMatchObject({ outcome: 'FAIL', credentials: [] });
  });
});

describe.each<[KeyKind, string]>([
  ['Ed25519', 'EdDSA'],
  ['P-256', 'ES256'],
])('JWTs with %s', (kind, alg) => {
  const key = SigningKey.generate(kind);
  const kid = didKeyMethodOf(key.publicKey);
  const credential = aCredential({ issuer: didKeyOf(key.publicKey) });
  const header = { alg, kid, typ: 'vc+jwt' };
  const method = { id: kid, type: 'Multikey', controller: didKeyOf(key.publicKey), publicKeyMultibase: key.publicKey.multibase };
  const secret = base58Bytes(key.secretKeyMultibase())!.subarray(2);
  const verified = (jwt: string) => verifyJwt(jwt, readJwt(jwt), { lookup: onlyDidKeys, now: NOW, proofPurpose: 'assertionMethod' });

  it('are verified by jose and by did-jwt', async () => {
    const jwt = await signJwt(credential, { key, verificationMethod: kid });
    const { payload, protectedHeader } = await compactVerify(jwt, key.publicKey.key, { algorithms: [alg] });
    expect(protectedHeader).toMatchObject(header);
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(credential);
    expect(verifyJWS(jwt, { ...method, publicKeyJwk: key.publicKey.key.export({ format: 'jwk' }) } as never)).toBeTruthy();
    const tampered = jwt.replace(/\.(.)/, (_, first) => `.${first === 'e' ? 'f' : 'e'}`);
    await expect(async () => verifyJWS(tampered, method as never)).rejects.toThrow();
  });

  it('of did-jwt are verified here', async () => {
    const signer = kind === 'Ed25519' ? EdDSASigner(secret) : ES256Signer(secret);
    expect(await verified(await createJWS(credential as never, signer, header as never))).toMatchObject({ outcome: 'PASS' });
  });

  it('of jose are verified here', async () => {
    const { x, y, crv, kty } = key.publicKey.key.export({ format: 'jwk' });
    const secretKey = createPrivateKey({ key: { kty, crv, x, ...(y ? { y } : {}), d: secret.toString('base64url') } as never, format: 'jwk' });
    const jwt = await new CompactSign(Buffer.from(JSON.stringify(credential))).setProtectedHeader(header).sign(secretKey);
    expect(await verified(jwt)).toMatchObject({ outcome: 'PASS' });
  });
});
