import { describe, expect, it } from '@jest/globals';
import { CREDENTIALS_V2 } from '../contexts/bundled.ts';
import type { JsonObject } from '../credential.ts';
import { signJwt } from '../jwt/sign-jwt.ts';
import { didKeyMethodOf, didKeyOf } from '../keys/did.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { addProof, type ProofOptions } from '../proofs/add-proof.ts';
import { KEY, REVOCATIONS, SUSPENSIONS, badge, lookupsOf, signed, signingKey } from '../testing/a-registry.ts';
import { METHOD, NOW, aCredential, keyOfIssuer, onlyDidKeys } from '../testing/an-issuer.ts';
import { verifyPresentation, type PresentationOptions } from './verify-presentation.ts';

const holderKey = SigningKey.generate();
const holder = didKeyOf(holderKey.publicKey);
const verificationMethod = didKeyMethodOf(holderKey.publicKey);
const credential = await signed();

const aPresentation = (changes: JsonObject = {}): JsonObject => ({
  '@context': [CREDENTIALS_V2],
  type: ['VerifiablePresentation'],
  holder,
  verifiableCredential: [credential],
  ...changes,
});
const presented = (changes: JsonObject = {}, options: Partial<ProofOptions> = {}) =>
  addProof(aPresentation(changes), {
    key: holderKey,
    verificationMethod,
    created: NOW,
    proofPurpose: 'authentication',
    challenge: 'c-1',
    domain: 'a.example',
    ...options,
  });
const verify = (document: JsonObject | string, options: Partial<PresentationOptions> = {}) =>
  verifyPresentation(document, { lookups: lookupsOf(credential), now: NOW, challenge: 'c-1', domain: 'a.example', ...options });
const told = async (document: JsonObject | string, options: Partial<PresentationOptions> = {}) => {
  const { outcome, checks, credentials } = await verify(document, options);
  return [outcome, checks.find((check) => check.outcome !== 'PASS')?.code ?? 'OK', credentials.map(({ verdict }) => verdict)];
};

describe('Verifying a presentation', () => {
  it('gives each credential its verdict, once the presentation is its holder’s', async () => {
    expect(await told(await presented())).toEqual(['PASS', 'OK', ['VALID']]);
    expect(await told(await presented({ verifiableCredential: [credential, { ...credential, name: 'Another' }] }))).toEqual([
      'PASS',
      'OK',
      ['VALID', 'NOT_VERIFIED'],
    ]);
    expect(await told(await presented({ verifiableCredential: undefined }))).toEqual(['PASS', 'OK', []]);
  });

  it.each<[string, () => Promise<JsonObject | string>, string]>([
    ['another challenge', () => presented({}, { challenge: 'c-2' }), 'CHALLENGE_MISMATCH'],
    ['no challenge', () => presented({}, { challenge: undefined }), 'CHALLENGE_MISMATCH'],
    ['another domain', () => presented({}, { domain: 'b.example' }), 'DOMAIN_MISMATCH'],
    ['one domain more', () => presented({}, { domain: ['a.example', 'b.example'] }), 'DOMAIN_MISMATCH'],
    ['a proof that asserts', () => presented({}, { proofPurpose: 'assertionMethod' }), 'PROOF_PURPOSE_MISMATCH'],
    ['another holder', () => presented({ holder: 'did:example:other' }), 'KEY_NOT_OF_ISSUER'],
    ['no proof', async () => aPresentation(), 'PROOF_MISSING'],
    ['another credential than was signed', async () => ({ ...(await presented()), verifiableCredential: [] }), 'NOT_ALLOWED'],
    ['a credential taken out', async () => ({ ...(await presented()), verifiableCredential: undefined }), 'SIGNATURE_INVALID'],
    ['a type of its own', async () => ({ ...(await presented()), type: ['Presentation'] }), 'INVALID_VALUE'],
    ['nothing', async () => '', 'NOT_JSON'],
  ])('refuses %s, and says nothing of the credentials', async (_what, document, code) => {
    expect(await told(await document())).toEqual(['FAIL', code, []]);
  });

  it('has each status list read once, however many credentials in it name it', async () => {
    const known = lookupsOf(credential);
    const asked: string[] = [];
    const lookups = { ...known, statusList: (url: string) => (asked.push(url), known.statusList(url)) };
    expect(await told(await presented({ verifiableCredential: [credential, credential, credential] }), { lookups })).toEqual([
      'PASS',
      'OK',
      Array(3).fill('VALID'),
    ]);
    expect(asked.sort()).toEqual([REVOCATIONS, SUSPENSIONS]);
  });

  it('reads no more of what is hidden in envelopes than of what is seen', async () => {
    const listed = () => Array.from({ length: 2_000 }, (_, nth) => `${nth}`);
    const large = aCredential({ credentialSubject: { a: listed(), b: listed(), c: listed(), d: listed() } });
    const jwt = await signJwt(large, { key: keyOfIssuer, verificationMethod: METHOD });
    const envelope = { '@context': [CREDENTIALS_V2], type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${jwt}` };
    const { credentials } = await verify(await presented({ verifiableCredential: Array(5).fill(envelope) }), {
      lookups: { key: onlyDidKeys, statusList: () => Promise.reject(new Error('none')) },
    });
    expect(credentials.map(({ verdict }) => verdict)).toEqual(['VALID', 'VALID', ...Array<string>(3).fill('NOT_VERIFIED')]);
    expect(credentials.at(-1)!.checks.find(({ outcome }) => outcome === 'FAIL')).toMatchObject({ id: 'schema', code: 'TOO_COMPLEX' });
  });

  it('knows presentations as JWTs, and credentials in envelopes', async () => {
    const jwt = await signJwt(badge(), {
      key: signingKey,
      verificationMethod: KEY,
    });
    const envelope = { '@context': [CREDENTIALS_V2], type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${jwt}` };
    const lookups = lookupsOf(jwt);
    expect(await told(await presented({ verifiableCredential: [envelope] }), { lookups })).toEqual(['PASS', 'OK', ['VALID']]);
    const claims = { nonce: 'c-1', aud: 'a.example' };
    const asJwt = (more: JsonObject) => {
      const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
      const text = `${part({ alg: 'EdDSA', kid: verificationMethod, typ: 'vp+jwt' })}.${part({ ...aPresentation({ verifiableCredential: [envelope] }), ...more })}`;
      return `${text}.${holderKey.sign(Buffer.from(text)).toString('base64url')}`;
    };
    expect(await told(asJwt(claims), { lookups })).toEqual(['PASS', 'OK', ['VALID']]);
    expect(
      await told({ '@context': [CREDENTIALS_V2], type: 'EnvelopedVerifiablePresentation', id: `data:application/vp+jwt,${asJwt(claims)}` }, { lookups }),
    ).toEqual(['PASS', 'OK', ['VALID']]);
    expect(await told(asJwt({ ...claims, nonce: 'c-2' }), { lookups })).toEqual(['FAIL', 'CHALLENGE_MISMATCH', []]);
    expect(await told(asJwt({ ...claims, aud: 'b.example' }), { lookups })).toEqual(['FAIL', 'DOMAIN_MISMATCH', []]);
  });
});
