import { describe, expect, it } from '@jest/globals';
import type { Cryptosuite, Json, JsonObject, SecuredCredential } from '../credential.ts';
import { without } from '../json.ts';
import { refuse, type CredentialFaultCode } from '../faults.ts';
import { didKeyMethodOf } from '../keys/did.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { CREDENTIALS_V2 } from '../contexts/bundled.ts';
import { METHOD, NOW, aCredential, keyOfIssuer, onlyDidKeys, secured } from '../testing/an-issuer.ts';
import { addProof } from './add-proof.ts';
import { verifyProofs, type ProofExpectations } from './verify-proofs.ts';

const suites: readonly Cryptosuite[] = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'];
const expected: ProofExpectations = { lookup: onlyDidKeys, now: NOW, proofPurpose: 'assertionMethod' };
const verify = (document: JsonObject, more: Partial<ProofExpectations> = {}) => verifyProofs(document, { ...expected, ...more });
const codeOf = async (document: JsonObject, more: Partial<ProofExpectations> = {}): Promise<string> => {
  const result = await verify(document, more);
  return result.outcome === 'PASS' ? 'PASS' : `${result.outcome} ${result.faults[0]!.code}`;
};
const proofOf = ({ proof }: SecuredCredential): JsonObject => proof as JsonObject;
const withProof = (document: SecuredCredential, changes: JsonObject): JsonObject => ({ ...document, proof: { ...proofOf(document), ...changes } });
const other = SigningKey.generate();
const otherMethod = didKeyMethodOf(other.publicKey);

describe.each(suites)('A proof of %s', (cryptosuite) => {
  const aSecured = (options = {}) => secured(aCredential(), { cryptosuite, ...options });

  it('verifies, and is the same each time', async () => {
    const document = await aSecured();
    expect(await verify(document)).toMatchObject({ outcome: 'PASS', keys: [{ id: METHOD }] });
    expect(await aSecured()).toEqual(document);
  });

  it('does not change the document that is given', async () => {
    const document = Object.freeze(aCredential());
    await secured(document, { cryptosuite });
    expect(document).toEqual(aCredential());
  });

  it.each<[string, JsonObject, CredentialFaultCode]>([
    ['§2.1 type is DataIntegrityProof', { type: 'Ed25519Signature2020' }, 'PROOF_INVALID'],
    ['§2.1 type is there', { type: undefined }, 'PROOF_INVALID'],
    ['§2.1 cryptosuite is there', { cryptosuite: undefined }, 'PROOF_INVALID'],
    ['§2.1 cryptosuite is known', { cryptosuite: 'eddsa-2099' }, 'CRYPTOSUITE_UNKNOWN'],
    ['§2.1 cryptosuite is no member of a prototype', { cryptosuite: 'constructor' }, 'CRYPTOSUITE_UNKNOWN'],
    ['§2.1 proofPurpose is there', { proofPurpose: undefined }, 'PROOF_INVALID'],
    ['§4.4 proofPurpose is the one that was expected', { proofPurpose: 'authentication' }, 'PROOF_PURPOSE_MISMATCH'],
    ['§2.1 verificationMethod is there', { verificationMethod: undefined }, 'PROOF_INVALID'],
    ['§2.1 verificationMethod is a URL', { verificationMethod: 'key-1' }, 'PROOF_INVALID'],
    ['§2.1 verificationMethod is a text', { verificationMethod: { id: METHOD } }, 'PROOF_INVALID'],
    ['§2.1 proofValue is there', { proofValue: undefined }, 'PROOF_INVALID'],
    ['EdDSA §3 proofValue is in base 58', { proofValue: 'uAAAA' }, 'PROOF_INVALID'],
    ['EdDSA §3 proofValue has the length of a signature', { proofValue: 'z2222' }, 'SIGNATURE_INVALID'],
    ['§2.1 created is an instant with an offset', { created: '2026-11-28T12:00:00' }, 'PROOF_INVALID'],
    ['§2.1 expires is an instant with an offset', { expires: 'never' }, 'PROOF_INVALID'],
    ['§2.1 id is a URL', { id: 'proof 1' }, 'PROOF_INVALID'],
    ['§2.1 domain is a text or several', { domain: 7 }, 'PROOF_INVALID'],
    ['§2.1 challenge is a text', { challenge: 7 }, 'PROOF_INVALID'],
    ['§2.1 nonce is a text', { nonce: {} }, 'PROOF_INVALID'],
    ['§2.1 previousProof is an id or several', { previousProof: [7] }, 'PROOF_INVALID'],
    ['§4.5 previousProof is in the document, as a text', { previousProof: 'urn:uuid:absent' }, 'PREVIOUS_PROOF_MISSING'],
    ['§4.5 previousProof is in the document, as a list', { previousProof: ['urn:uuid:absent'] }, 'PREVIOUS_PROOF_MISSING'],
    ['contexts of its own are the document’s', { '@context': [CREDENTIALS_V2] }, 'PROOF_CONTEXT_MISMATCH'],
  ])('is refused unless %s', async (_rule, changes, code) => {
    expect(await codeOf(withProof(await aSecured(), changes))).toBe(`FAIL ${code}`);
  });

  it('is missing where there is none', async () => {
    expect(await codeOf(aCredential())).toBe('FAIL PROOF_MISSING');
    expect(await codeOf({ ...aCredential(), proof: [] })).toBe('FAIL PROOF_MISSING');
    expect(await codeOf({ ...aCredential(), proof: 'z' as Json })).toBe('FAIL PROOF_INVALID');
  });

  it('covers every member of its own', async () => {
    const all = { id: 'urn:uuid:p1', expires: new Date('2027-01-01'), challenge: 'c', domain: 'd.example', nonce: 'n' };
    const document = await aSecured(all);
    expect(await codeOf(document)).toBe('PASS');
    for (const [member, value] of Object.entries({
      id: 'urn:uuid:p2',
      created: '2026-11-28T12:00:01Z',
      expires: '2027-01-02T00:00:00Z',
      challenge: 'x',
      domain: 'x',
      nonce: 'x',
    })) {
      expect([member, await codeOf(withProof(document, { [member]: value }))]).toEqual([member, 'FAIL SIGNATURE_INVALID']);
      expect([member, await codeOf({ ...document, proof: without(proofOf(document), member) })]).toEqual([member, 'FAIL SIGNATURE_INVALID']);
    }
  });

  it('§2.1 has expired at the instant that it says', async () => {
    const document = await aSecured({ expires: NOW });
    expect(await codeOf(document)).toBe('FAIL PROOF_EXPIRED');
    expect(await codeOf(document, { now: new Date(NOW.getTime() - 1) })).toBe('PASS');
  });

  it('§4.4 answers its challenge and stays in its domain', async () => {
    const document = await aSecured({ challenge: 'c-1', domain: ['a.example', 'b.example'] });
    expect(await codeOf(document, { challenge: 'c-1', domain: ['b.example', 'a.example'] })).toBe('PASS');
    expect(await codeOf(document, { challenge: 'c-2' })).toBe('FAIL CHALLENGE_MISMATCH');
    expect(await codeOf(document, { domain: 'a.example' })).toBe('FAIL DOMAIN_MISMATCH');
    expect(await codeOf(await aSecured(), { challenge: 'c-1' })).toBe('FAIL CHALLENGE_MISMATCH');
    expect(await codeOf(await aSecured(), { domain: 'a.example' })).toBe('FAIL DOMAIN_MISMATCH');
  });

  it('is UNKNOWN when its key cannot be looked up, and FAIL when the key is not there', async () => {
    const document = await aSecured();
    expect(await codeOf(document, { lookup: async () => refuse('KEY_UNREACHABLE') })).toBe('UNKNOWN KEY_UNREACHABLE');
    expect(await codeOf(document, { lookup: async () => refuse('KEY_NOT_FOUND') })).toBe('FAIL KEY_NOT_FOUND');
  });

  it('needs a key that may be used for the purpose today, unless its history is known', async () => {
    const document = await aSecured();
    const retired = { lookup: async (id: string) => ({ ...(await onlyDidKeys(id)), purposes: [] }) };
    expect(await codeOf(document, retired)).toBe('FAIL KEY_NOT_FOR_PURPOSE');
    expect(await codeOf(document, { ...retired, keys: 'any' })).toBe('PASS');
    expect(await codeOf(document, { lookup: async (id) => ({ ...(await onlyDidKeys(id)), revoked: '2026-01-01T00:00:00Z' }) })).toBe(
      'FAIL KEY_NOT_FOR_PURPOSE',
    );
  });

  it('stands beside others in a set, each by itself', async () => {
    const both = await addProof(await aSecured(), { key: other, verificationMethod: otherMethod, created: NOW, cryptosuite });
    expect(await verify(both)).toMatchObject({ outcome: 'PASS', keys: [{ id: METHOD }, { id: otherMethod }] });
    const [first, second] = both.proof as readonly JsonObject[];
    expect(await codeOf({ ...both, proof: second! })).toBe('PASS');
    expect(await codeOf({ ...both, proof: [first!, { ...second, created: '2026-11-28T12:00:01Z' }] })).toBe('FAIL SIGNATURE_INVALID');
  });

  it.each<[string, (id: string) => Json]>([
    ['a text', (id) => id],
    ['a list', (id) => [id]],
  ])('builds on another in a chain, named as %s', async (_form, named) => {
    const first = await aSecured({ id: 'urn:uuid:first' });
    const chain = await addProof(first, {
      key: other,
      verificationMethod: otherMethod,
      created: NOW,
      cryptosuite,
      previousProof: named('urn:uuid:first') as string,
    });
    expect(await codeOf(chain)).toBe('PASS');
    const [one, two] = chain.proof as readonly JsonObject[];
    expect(await codeOf({ ...chain, proof: [two!] })).toBe('FAIL PREVIOUS_PROOF_MISSING');
    const { previousProof: _, ...unchained } = two as { previousProof: Json };
    expect(await codeOf({ ...chain, proof: [one!, unchained] })).toBe('FAIL SIGNATURE_INVALID');
    const replaced = proofOf(await secured(aCredential(), { cryptosuite, id: 'urn:uuid:first', created: new Date('2020-01-01') }));
    expect(await codeOf({ ...chain, proof: [replaced, two!] })).toBe('FAIL SIGNATURE_INVALID');
  });

  it('is refused when it builds on itself, alone or with others, and when two have one id', async () => {
    const proof = proofOf(await aSecured({ id: 'urn:uuid:a' }));
    const circle = [
      { ...proof, previousProof: 'urn:uuid:b' },
      { ...proof, id: 'urn:uuid:b', previousProof: 'urn:uuid:a' },
    ];
    expect(await codeOf({ ...aCredential(), proof: { ...proof, previousProof: 'urn:uuid:a' } })).toBe('FAIL PREVIOUS_PROOF_CIRCULAR');
    expect(await codeOf({ ...aCredential(), proof: circle })).toBe('FAIL PREVIOUS_PROOF_CIRCULAR');
    expect(await codeOf({ ...aCredential(), proof: [proof, proof] })).toBe('FAIL DUPLICATE');
    expect(await codeOf({ ...aCredential(), proof: Array.from({ length: 17 }, () => proof) })).toBe('FAIL TOO_MANY');
  });

  it('is not made of what could not be verified again', async () => {
    const options = { key: keyOfIssuer, verificationMethod: METHOD, created: NOW, cryptosuite };
    await expect(addProof(aCredential(), { ...options, previousProof: 'urn:uuid:absent' })).rejects.toMatchObject({ code: 'PREVIOUS_PROOF_MISSING' });
    await expect(addProof(aCredential(), { ...options, verificationMethod: 'key-1' })).rejects.toMatchObject({ code: 'PROOF_INVALID' });
    await expect(addProof(aCredential(), { ...options, key: SigningKey.generate('P-256') })).rejects.toMatchObject({ code: 'KEY_UNSUPPORTED' });
    await expect(addProof(aCredential({ '@context': [CREDENTIALS_V2] }), options)).rejects.toMatchObject({ code: 'TERMS_INVALID' });
    await expect(addProof(aCredential({ '@context': ['https://attacker.example/'] }), options)).rejects.toMatchObject({ code: 'CONTEXT_UNKNOWN' });
    await expect(addProof(aCredential({ name: '\ud800' }), options)).rejects.toMatchObject({ code: 'NOT_JSON' });
  });
});

describe('A JSON proof without contexts', () => {
  it('is refused: EdDSA §3.3.1 has them in the proof, or the document’s could be changed', async () => {
    expect(await codeOf(withProof(await secured(aCredential(), { cryptosuite: 'eddsa-jcs-2022' }), { '@context': undefined }))).toBe(
      'FAIL PROOF_CONTEXT_MISMATCH',
    );
  });
});
