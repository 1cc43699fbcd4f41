import { describe, expect, it } from '@jest/globals';
import { credentialHash } from '../credential-hash.ts';
import type { IssuerKey } from '../keys/did-document.ts';
import { signJwt } from '../jwt/sign-jwt.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { INSTITUTION, KEY, badge, keyThat, signed, signingKey } from '../testing/a-registry.ts';
import { NOW } from '../testing/an-issuer.ts';
import { readSigned } from './read-signed.ts';
import type { Received } from './received.ts';

const read = (received: Received, keys: readonly IssuerKey[] = [keyThat({})], at = NOW) => readSigned(received, { did: INSTITUTION, keys }, at);
const faultsIn = async (...given: Parameters<typeof read>) => {
  const reading = await read(...given);
  return reading.outcome === 'REFUSED' ? reading.faults.map(({ code, pointer }) => `${code} ${pointer}`) : [];
};
const jwt = () => signJwt(badge(), { key: signingKey, verificationMethod: KEY });

describe('Reading what an issuer signed', () => {
  it.each(['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const)('says the document, its hash and its key: %s', async (cryptosuite) => {
    const document = await signed(badge(), { cryptosuite });
    expect(await read(document)).toEqual({ outcome: 'SIGNED', document, hash: credentialHash(document), verificationMethod: KEY });
  });

  it('keeps the text of a JWT, also out of an envelope', async () => {
    const text = await jwt();
    const envelope = { '@context': 'https://www.w3.org/ns/credentials/v2', type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${text}` };
    for (const received of [text, envelope])
      expect(await read(received)).toMatchObject({ outcome: 'SIGNED', jwt: text, hash: credentialHash(text), document: { id: badge().id } });
  });

  it('counts the state of the key at the instant, to the millisecond', async () => {
    const document = await signed();
    const at = NOW.toISOString();
    const before = new Date(NOW.getTime() - 1);
    expect(await faultsIn(document, [keyThat({ activatedAt: at })])).toEqual([]);
    expect(await faultsIn(document, [keyThat({ activatedAt: at })], before)).toEqual(['KEY_NOT_FOR_PURPOSE /proof']);
    expect(await faultsIn(document, [keyThat({ retiredAt: at })], before)).toEqual([]);
    expect(await faultsIn(document, [keyThat({ retiredAt: at })])).toEqual(['KEY_NOT_FOR_PURPOSE /proof']);
    expect(await faultsIn(document, [keyThat({ compromisedAt: at })])).toEqual(['KEY_NOT_FOR_PURPOSE /proof']);
    expect(await faultsIn(await jwt(), [keyThat({ retiredAt: at })])).toEqual(['KEY_NOT_FOR_PURPOSE ']);
  });

  it('asks nobody for a key that is not among the issuer’s', async () => {
    expect(await faultsIn(await signed(), [])).toEqual(['KEY_NOT_FOUND /proof']);
    const elsewhere = await signed(badge(), { verificationMethod: 'did:web:elsewhere.example#key-1' });
    expect(await faultsIn(elsewhere)).toEqual(['KEY_UNREACHABLE /proof']);
    expect(await faultsIn(await signed(badge(), { key: SigningKey.generate() }))).toEqual(['SIGNATURE_INVALID /proof/proofValue']);
  });

  it('takes no signature that ends before the credential does', async () => {
    const end = '2027-06-01T00:00:00Z';
    const [before, then] = [new Date(Date.parse(end) - 1_000), new Date(end)];
    const ending = badge({ validUntil: end });
    const asJwt = (exp: Date, document = ending) => signJwt({ ...document, exp: exp.getTime() / 1_000 }, { key: signingKey, verificationMethod: KEY });
    expect(await faultsIn(await signed(ending, { expires: then }))).toEqual([]);
    expect(await faultsIn(await signed(ending, { expires: before }))).toEqual(['PROOF_EXPIRED /proof']);
    expect(await faultsIn(await signed(await signed(ending), { expires: before }))).toEqual(['PROOF_EXPIRED /proof']);
    expect(await faultsIn(await signed(badge({ validUntil: undefined }), { expires: then }))).toEqual(['PROOF_EXPIRED /proof']);
    expect(await faultsIn(await asJwt(then))).toEqual([]);
    expect(await faultsIn(await asJwt(before))).toEqual(['PROOF_EXPIRED /exp']);
    expect(await faultsIn(await asJwt(then, badge({ validUntil: undefined })))).toEqual(['PROOF_EXPIRED /exp']);
  });

  it.each<[string, () => Promise<Received>, string]>([
    ['another issuer', async () => signed(badge({ issuer: 'did:web:elsewhere.example' })), 'KEY_NOT_OF_ISSUER /issuer'],
    ['no proof', async () => badge(), 'PROOF_MISSING /proof'],
    ['what is no credential', async () => signed(badge({ validFrom: 'soon' })), 'INVALID_VALUE /validFrom'],
    ['no JSON', async () => '{', 'NOT_JSON '],
    ['a list', async () => '[]', 'NOT_AN_OBJECT '],
    ['ten thousand levels', async () => `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'NOT_JSON '],
  ])('refuses %s', async (_, make, fault) => expect(await faultsIn(await make())).toEqual([fault]));
});
