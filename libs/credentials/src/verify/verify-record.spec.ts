import { describe, expect, it } from '@jest/globals';
import { learnerRecordOf } from '../build/learner-record.ts';
import type { Credential, JsonObject, SecuredCredential } from '../credential.ts';
import { didDocument, type IssuerKey } from '../keys/did-document.ts';
import { keyLookup } from '../keys/key-lookup.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { addProof } from '../proofs/add-proof.ts';
import { INSTITUTION, KEY, REVOCATIONS, SUSPENSIONS, badge, checked, lookupsOf, signed, signingKey, type Registry } from '../testing/a-registry.ts';
import { NOW } from '../testing/an-issuer.ts';
import type { VerificationLookups } from './lookups.ts';
import { verifyCredential } from './verify-credential.ts';

const REGISTRY = 'did:web:registry.example';
const key = SigningKey.generate();
const registryKey: IssuerKey = { id: `${REGISTRY}#key-1`, publicKeyMultibase: key.publicKey.multibase, activatedAt: '2026-01-01T00:00:00Z' };

const plain = (credentials: readonly SecuredCredential[], publisher = REGISTRY): Credential =>
  learnerRecordOf({
    id: 'urn:uuid:9f8e7d6c-0b4f-4d5a-9d6f-0a4f7d1c2e3b',
    name: 'Micro-credentials earned in British Columbia',
    publisher: { id: publisher, name: 'Micro-credential registry' },
    recipient: { reference: 'urn:uuid:0b4f5a0c-0d53-4d5a-9d6f-0a4f7d1c2e3b' },
    credentials: credentials as [SecuredCredential],
    partial: false,
    validFrom: '2026-11-01T00:00:00Z',
  });
const record = (credentials: readonly SecuredCredential[]): Promise<SecuredCredential> =>
  addProof(plain(credentials), { key, verificationMethod: registryKey.id, created: new Date('2026-11-01T00:00:00Z') });

/** The lookups of a registry that has a key of its own, and the first of these badges. */
function lookups(of: JsonObject, changes: Partial<Registry> = {}): VerificationLookups {
  const institution = lookupsOf(of, changes);
  const own = keyLookup({ ownDocument: async () => didDocument(REGISTRY, [registryKey], NOW) });
  const itself = { id: REGISTRY, name: 'The registry', recognised: [{ from: '2026-01-01T00:00:00Z' }], keys: [registryKey], isRegistry: true } as const;
  return {
    ...institution,
    key: (id) => (id.startsWith(`${REGISTRY}#`) ? own(id) : institution.key(id)),
    issuer: async (id) => (id === REGISTRY ? itself : institution.issuer!(id)),
  };
}
const verify = (document: JsonObject, of: JsonObject, changes: Partial<Registry> = {}) =>
  verifyCredential(document, { lookups: lookups(of, changes), now: NOW });

describe('A learner record', () => {
  it('is VALID with everything in it, and each credential has its own verdict', async () => {
    const own = await signed();
    const verification = await verify(await record([own]), own);
    expect(verification).toMatchObject({ verdict: 'VALID', issuer: { id: REGISTRY, name: 'The registry' } });
    expect(verification.checks.filter(({ outcome }) => outcome === 'FAIL' || outcome === 'UNKNOWN')).toEqual([]);
    expect(checked(verification, 'registry_match')).toBe('SKIPPED RECORD_NOT_KEPT');
    expect(verification.credentials).toMatchObject([{ verdict: 'VALID', effectiveStatus: 'ACTIVE', issuer: { id: INSTITUTION } }]);
  });

  it.each<[string, Partial<Registry>, string]>([
    ['revoked', { revoked: [4711] }, 'REVOKED'],
    ['suspended', { suspended: [4711] }, 'SUSPENDED'],
    ['unknown to the registry', { record: undefined }, 'NOT_VERIFIED'],
    ['of a status that nobody can tell', { lookups: { statusList: () => Promise.reject(new Error('away')) } }, 'INDETERMINATE'],
  ])('is not VALID with a credential in it that is %s, and its own checks say that it is not to blame', async (_what, changes, verdict) => {
    const own = await signed();
    const verification = await verify(await record([own]), own, changes);
    expect([verification.verdict, verification.credentials!.map((each) => each.verdict)]).toEqual([verdict, [verdict]]);
    expect(checked(verification, 'proof')).toBe('PASS OK');
    expect(verification).not.toHaveProperty('effectiveStatus');
  });

  it('has the gravest verdict of what is in it', async () => {
    const own = await signed();
    const stranger = await signed(badge({ id: 'urn:uuid:11111111-2222-4333-8444-555555555555' }));
    const verification = await verify(await record([own, stranger]), own, { revoked: [4711] });
    expect([verification.verdict, verification.credentials!.map(({ verdict }) => verdict)]).toEqual(['NOT_VERIFIED', ['REVOKED', 'NOT_VERIFIED']]);
  });

  it('has each status list read once, however many credentials in it name it', async () => {
    const own = await signed();
    const known = lookups(own);
    const asked: string[] = [];
    const statusList = (url: string) => (asked.push(url), known.statusList(url));
    const { verdict } = await verifyCredential(await record([own, own, own]), { lookups: { ...known, statusList }, now: NOW });
    expect([verdict, asked.sort()]).toEqual(['VALID', [REVOCATIONS, SUSPENSIONS]]);
  });

  it('shows nothing of what is in it once a letter was changed, there or in itself', async () => {
    const own = await signed();
    const text = JSON.stringify(await record([own]));
    for (const changed of [text.replace('"partial":false', '"partial":true'), text.replace('"awardedDate":"2026', '"awardedDate":"2025')]) {
      expect(changed).not.toBe(text);
      const verification = await verify(JSON.parse(changed) as JsonObject, own);
      expect([verification.verdict, checked(verification, 'proof'), verification.credentials]).toEqual(['NOT_VERIFIED', 'FAIL SIGNATURE_INVALID', undefined]);
    }
  });

  it('is the registry’s own: an institution that signs one has written something that the registry does not know', async () => {
    const own = await signed();
    const made = await addProof(plain([own], INSTITUTION), { key: signingKey, verificationMethod: KEY, created: new Date('2026-11-01T00:00:00Z') });
    const verification = await verify(made, own);
    expect([verification.verdict, checked(verification, 'registry_match')]).toEqual(['NOT_VERIFIED', 'FAIL NOT_IN_REGISTRY']);
    const types = ['VerifiableCredential', 'ClrCredential', 'OpenBadgeCredential'];
    const asAward = { ...badge(), '@context': plain([own])['@context'], id: 'urn:uuid:11111111-2222-4333-8444-555555555555', type: types };
    expect((await verify(await signed(asAward as Credential), own)).verdict).toBe('NOT_VERIFIED');
  });

  it('that is in a record, in a record, and so on is looked into as long as that is little work', async () => {
    const own = await signed();
    const asJson = (document: Credential) => addProof(document, { key, verificationMethod: registryKey.id, created: NOW, cryptosuite: 'eddsa-jcs-2022' });
    const recordOf = async (...credentials: SecuredCredential[]) => asJson(plain(credentials));
    const little = await recordOf(await recordOf(await recordOf(own)));
    expect((await verify(little, own)).verdict).toBe('VALID');
    const much = await recordOf(await recordOf(await recordOf(...Array<SecuredCredential>(75).fill(own))));
    const verification = await verify(much, own);
    expect(verification.verdict).toBe('NOT_VERIFIED');
    expect(JSON.stringify(verification)).toContain('"TOO_COMPLEX"');
  });

  it('holds a hundred credentials at most, and only learner records are looked into', async () => {
    const own = await signed();
    const many = plain(Array.from({ length: 101 }, () => own));
    expect((await verify(many, own)).checks.find(({ id }) => id === 'schema')).toMatchObject({
      outcome: 'FAIL',
      faults: [{ code: 'TOO_MANY', pointer: '/credentialSubject/verifiableCredential' }],
    });
    expect(await verify(own, own)).not.toHaveProperty('credentials');
  });
});
