import { describe, expect, it } from '@jest/globals';
import type { Cryptosuite, Json, JsonObject } from '../credential.ts';
import { readPublicKey } from '../keys/multikey.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { NOW, lookupOf, onlyDidKeys } from '../testing/an-issuer.ts';
import { publishedChain, vectorJson, vectorKeys, vectorText, vectorsAreThere } from '../testing/vectors.ts';
import { addProof } from './add-proof.ts';
import { canonicalFormOf } from './canonical.ts';
import { hashData } from './hash-data.ts';
import { verifyProofs } from './verify-proofs.ts';

const suites: readonly (readonly [Cryptosuite, string])[] = [
  ['eddsa-rdfc-2022', 'DataInt'],
  ['eddsa-jcs-2022', 'JCS'],
];
const withNewline = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

(vectorsAreThere ? describe : describe.skip)('The published vectors of EdDSA Cryptosuites 1.0 (need ../shared/data/eddsa-vectors)', () => {
  describe.each(suites)('%s', (suite, name) => {
    const text = (what: string): string => vectorText(`${suite}/${what}${name}.txt`).trim();
    const config = () => vectorJson(`${suite}/proofConfig${name}.json`);
    const signed = () => vectorJson(`${suite}/signed${name}.json`);

    it('has the canonical document and the canonical proof, byte for byte', async () => {
      const canonical = canonicalFormOf[suite];
      expect(withNewline(await canonical(vectorJson('unsigned.json')))).toBe(withNewline(text('canonDoc')));
      expect(withNewline(await canonical(config()))).toBe(withNewline(text('proofCanon')));
    });

    it('has the hash that is signed', async () => {
      expect((await hashData(suite, vectorJson('unsigned.json'), config())).toString('hex')).toBe(text('combinedHash'));
    });

    it('is signed to the very proof', async () => {
      const key = SigningKey.fromSecretKeyMultibase(vectorKeys().privateKeyMultibase);
      const { verificationMethod, created } = config() as { verificationMethod: string; created: string };
      const document = await addProof(vectorJson('unsigned.json'), { key, verificationMethod, created: new Date(created), cryptosuite: suite });
      expect(document).toEqual(signed());
      expect((document.proof as JsonObject)['proofValue']).toBe(text('sigBTC58'));
    });

    it('verifies', async () => {
      const result = await verifyProofs(signed(), { lookup: onlyDidKeys, now: NOW, proofPurpose: 'assertionMethod' });
      expect(result).toMatchObject({ outcome: 'PASS', keys: [{ publicKey: { multibase: vectorKeys().publicKeyMultibase } }] });
    });
  });

  describe('the chain of two, one and one proofs (§B.4)', () => {
    const methods = publishedChain.map(({ verificationMethod }) => verificationMethod);
    const keys = Object.fromEntries(
      methods.map((id) => [id, { id, controller: id.split('#')[0]!, publicKey: readPublicKey(id.split('#')[1]!), purposes: ['assertionMethod' as const] }]),
    );
    const verify = (proof: unknown) =>
      verifyProofs({ ...vectorJson('unsigned.json'), proof: proof as Json }, { lookup: lookupOf(keys), now: NOW, proofPurpose: 'assertionMethod' });

    it.each([1, 2, 3, 4])('verifies with its first %i', async (count) => {
      expect(await verify(publishedChain.slice(0, count))).toMatchObject({ outcome: 'PASS' });
    });

    it('does not verify once a proof that others build on is another one', async () => {
      const [first, second, ...rest] = publishedChain;
      const faults = [
        { code: 'SIGNATURE_INVALID', pointer: '/proof/0/proofValue' },
        { code: 'SIGNATURE_INVALID', pointer: '/proof/2/proofValue' },
      ];
      expect(await verify([{ ...first, created: '2023-02-24T23:36:39Z' }, second, ...rest])).toMatchObject({ outcome: 'FAIL', faults });
    });

    it('does not verify without one that others build on', async () => {
      expect(await verify(publishedChain.slice(1))).toMatchObject({
        outcome: 'FAIL',
        faults: [{ code: 'PREVIOUS_PROOF_MISSING', pointer: '/proof/1/previousProof' }],
      });
    });
  });
});
