import { describe, expect, it } from '@jest/globals';
import { credentialHash } from '../credential-hash.ts';
import { refuse } from '../faults.ts';
import type { JsonObject, SecuredCredential } from '../credential.ts';
import { signJwt } from '../jwt/sign-jwt.ts';
import { didKeyOf } from '../keys/did.ts';
import { statusListOf } from '../status/list-credential.ts';
import { INSTITUTION, KEY, REVOCATIONS, SUSPENSIONS, badge, checked, lookupsOf, signed, signingKey, verified, type Registry } from '../testing/a-registry.ts';
import { NOW, keyOfIssuer, secured } from '../testing/an-issuer.ts';
import { checkIds } from './checks/check.ts';
import { verifyCredential } from './verify-credential.ts';

const fails = () => Promise.reject(new Error('away'));

describe('Verifying a credential', () => {
  it('is VALID when every check passes, and says where each answer comes from', async () => {
    const verification = await verified(await signed());
    expect(verification).toMatchObject({
      verdict: 'VALID',
      effectiveStatus: 'ACTIVE',
      asOf: NOW.toISOString(),
      issuer: { id: INSTITUTION, name: 'BCIT' },
      microCredential: { name: 'A micro-credential' },
    });
    expect(verification.checks.map(({ id }) => id)).toEqual(checkIds);
    expect(verification.checks.map(({ outcome }) => outcome)).toEqual(checkIds.map(() => 'PASS'));
    expect(verification.checks.map(({ source }) => source)).toEqual([
      'document',
      'document',
      KEY,
      'registry',
      'registry',
      'document',
      'document',
      REVOCATIONS,
      SUSPENSIONS,
      'registry',
      'registry',
    ]);
    for (const check of verification.checks) expect(check).toMatchObject({ code: 'OK', checkedAt: NOW.toISOString(), message: expect.any(String) });
  });

  it('is VALID for a JWT, for an envelope around it, for bytes and for text', async () => {
    const jwt = await signJwt(badge(), { key: signingKey, verificationMethod: KEY });
    expect(await verified(jwt)).toMatchObject({ verdict: 'VALID' });
    const lookups = lookupsOf(jwt);
    const envelope = { '@context': ['https://www.w3.org/ns/credentials/v2'], id: `data:application/vc+jwt,${jwt}`, type: 'EnvelopedVerifiableCredential' };
    for (const received of [envelope, Buffer.from(jwt), ` ${jwt}\n`, JSON.stringify(envelope)])
      expect(await verifyCredential(received, { lookups, now: NOW })).toMatchObject({ verdict: 'VALID' });
  });

  it('knows a JWT by its payload, and a document only with its proof', async () => {
    const record = { hashes: [credentialHash(badge())] };
    const jwt = await signJwt(badge(), { key: signingKey, verificationMethod: KEY });
    expect(await verified(jwt, { record })).toMatchObject({ verdict: 'VALID' });
    expect(checked(await verified(await signJwt(badge({ name: 'Another' }), { key: signingKey, verificationMethod: KEY }), { record }), 'registry_match')).toBe(
      'FAIL REGISTRY_MISMATCH',
    );
    expect(checked(await verified(await signed(), { record }), 'registry_match')).toBe('FAIL REGISTRY_MISMATCH');
  });

  it('repeats nothing of the learner', async () => {
    const document = badge();
    const { id } = document.credentialSubject as JsonObject;
    expect(id).toMatch(/^did:key:/);
    expect(JSON.stringify(await verified(await signed(document)))).not.toContain(id as string);
    expect(JSON.stringify(await verified({ ...(await signed(document)), name: 7 }))).not.toContain(id as string);
  });

  it.each<[string, (document: SecuredCredential) => JsonObject | string, string, string]>([
    ['what is no JSON', () => '{"a":', 'parse', 'FAIL NOT_JSON'],
    ['a shape that is not allowed', (document) => ({ ...document, validFrom: 'soon' }), 'schema', 'FAIL INVALID_VALUE'],
    ['a changed member', (document) => ({ ...document, name: 'Another' }), 'proof', 'FAIL SIGNATURE_INVALID'],
    ['no proof', ({ proof: _, ...document }) => document, 'proof', 'FAIL PROOF_MISSING'],
  ])('is NOT_VERIFIED for %s, and hides all behind it', async (_what, change, at, found) => {
    const verification = await verified(change(await signed()), { revoked: [4711] });
    expect(verification.verdict).toBe('NOT_VERIFIED');
    expect(checked(verification, at)).toBe(found);
    expect(verification).not.toHaveProperty('effectiveStatus');
    expect(verification).not.toHaveProperty('issuer');
    for (const { id, outcome, code } of verification.checks.slice(checkIds.indexOf(at as 'parse') + 1))
      expect([id, outcome, code]).toEqual([id, 'SKIPPED', 'HIDDEN']);
  });

  it('is INDETERMINATE, and hides what is unproven, when the key cannot be looked up', async () => {
    const verification = await verified(await signed(), { lookups: { key: async () => refuse('KEY_UNREACHABLE') } });
    expect([verification.verdict, checked(verification, 'proof'), checked(verification, 'revocation')]).toEqual([
      'INDETERMINATE',
      'UNKNOWN KEY_UNREACHABLE',
      'SKIPPED HIDDEN',
    ]);
  });

  it('is NOT_VERIFIED when somebody else signed for the issuer', async () => {
    const verification = await verified(await signed(badge({ issuer: { id: 'did:web:registry.example:institutions:UBC', type: ['Profile'] } })));
    expect([verification.verdict, checked(verification, 'proof')]).toEqual(['NOT_VERIFIED', 'FAIL KEY_NOT_OF_ISSUER']);
  });

  it.each<[string, Partial<Registry>, string, string, string, string | undefined]>([
    ['an unknown issuer', { issuer: undefined }, 'issuer_recognised', 'FAIL ISSUER_UNKNOWN', 'NOT_VERIFIED', undefined],
    [
      'an issuer that was not recognised yet',
      { issuer: { id: INSTITUTION, name: 'BCIT', recognised: [{ from: '2026-10-02T00:00:00-07:00' }], keys: [] } },
      'issuer_recognised',
      'FAIL ISSUER_NOT_RECOGNISED',
      'NOT_VERIFIED',
      undefined,
    ],
    [
      'an issuer that was recognised then, and is no more',
      { issuer: { id: INSTITUTION, name: 'BCIT', recognised: [{ from: '2020-01-01T00:00:00Z', until: '2026-10-02T00:00:00Z' }], keys: [] } },
      'issuer_recognised',
      'PASS OK',
      'VALID',
      'ACTIVE',
    ],
    ['issuers that cannot be looked up', { lookups: { issuer: fails } }, 'issuer_recognised', 'UNKNOWN LOOKUP_FAILED', 'INDETERMINATE', 'ACTIVE'],
    ['issuers that nobody can ask about', { lookups: { issuer: undefined } }, 'issuer_recognised', 'SKIPPED NOT_ASKED', 'VALID', 'ACTIVE'],
    ['a bit that is set', { revoked: [4711] }, 'revocation', 'FAIL REVOKED', 'REVOKED', 'REVOKED'],
    ['a bit that is set beside it', { revoked: [4710, 4712] }, 'revocation', 'PASS OK', 'VALID', 'ACTIVE'],
    ['a record that is revoked before the list is', { record: { status: 'REVOKED' } }, 'revocation', 'FAIL REVOKED', 'REVOKED', 'REVOKED'],
    ['a list that cannot be fetched', { lookups: { statusList: fails } }, 'revocation', 'UNKNOWN STATUS_LIST_UNREACHABLE', 'INDETERMINATE', undefined],
    ['a list that is nothing', { lookups: { statusList: async () => '{}' } }, 'revocation', 'UNKNOWN STATUS_LIST_NOT_VERIFIED', 'INDETERMINATE', undefined],
    ['a list whose time is over', { lists: { validUntil: '2026-11-28T11:59:59Z' } }, 'revocation', 'UNKNOWN STATUS_LIST_EXPIRED', 'INDETERMINATE', undefined],
    ['a suspension', { suspended: [4711] }, 'suspension', 'FAIL SUSPENDED', 'SUSPENDED', 'SUSPENDED'],
    ['a record that is suspended', { record: { status: 'SUSPENDED' } }, 'suspension', 'FAIL SUSPENDED', 'SUSPENDED', 'SUSPENDED'],
    ['a revocation beside a suspension', { revoked: [4711], suspended: [4711] }, 'suspension', 'FAIL SUSPENDED', 'REVOKED', 'REVOKED'],
    [
      'another one in its place',
      { record: { status: 'SUPERSEDED', supersededBy: 'urn:uuid:2' }, revoked: [] },
      'revocation',
      'FAIL SUPERSEDED',
      'SUPERSEDED',
      'SUPERSEDED',
    ],
    ['no record', { record: undefined }, 'registry_match', 'FAIL NOT_IN_REGISTRY', 'NOT_VERIFIED', undefined],
    ['a record of another content', { record: { hashes: ['0'.repeat(64)] } }, 'registry_match', 'FAIL REGISTRY_MISMATCH', 'NOT_VERIFIED', undefined],
    ['a record of another issuer', { record: { issuer: 'did:web:other.example' } }, 'registry_match', 'FAIL REGISTRY_MISMATCH', 'NOT_VERIFIED', undefined],
    ['records that cannot be looked up', { lookups: { record: fails } }, 'registry_match', 'UNKNOWN LOOKUP_FAILED', 'INDETERMINATE', 'ACTIVE'],
    ['records that nobody can ask about', { lookups: { record: undefined } }, 'registry_match', 'SKIPPED NOT_ASKED', 'VALID', 'ACTIVE'],
    ['a definition that is not listed', { definitions: [] }, 'definition_listed', 'FAIL DEFINITION_NOT_LISTED', 'NOT_VERIFIED', 'ACTIVE'],
    ['definitions that cannot be looked up', { lookups: { definition: fails } }, 'definition_listed', 'UNKNOWN LOOKUP_FAILED', 'INDETERMINATE', 'ACTIVE'],
  ])('with %s', async (_what, changes, id, found, verdict, effectiveStatus) => {
    const verification = await verified(await signed(), changes);
    expect([checked(verification, id), verification.verdict, verification.effectiveStatus]).toEqual([found, verdict, effectiveStatus]);
  });

  it('says what took its place', async () => {
    expect(await verified(await signed(), { record: { status: 'SUPERSEDED', supersededBy: 'urn:uuid:2' } })).toMatchObject({ supersededBy: 'urn:uuid:2' });
  });

  it.each<[string, JsonObject, string]>([
    [
      'a status of a type that nobody knows',
      { credentialStatus: { type: '1EdTechRevocationList', id: 'https://x.example/list' } },
      'UNKNOWN STATUS_ENTRY_MALFORMED',
    ],
    [
      'a purpose that nobody knows',
      { credentialStatus: { ...(badge().credentialStatus as JsonObject), statusPurpose: 'standing' } },
      'UNKNOWN STATUS_PURPOSE_MISMATCH',
    ],
  ])('never takes %s for "not revoked"', async (_what, changes, found) => {
    const context = [
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ];
    const verification = await verified(await signed(badge({ '@context': context, ...changes })), {
      lookups: { record: undefined, suspensionListBeside: undefined },
    });
    expect([checked(verification, 'revocation'), verification.verdict]).toEqual([found, 'INDETERMINATE']);
  });

  it('says when a credential has no status, and does not call that a pass', async () => {
    const { credentialStatus: _, ...document } = badge();
    const verification = await verified(await signed(document), { lookups: { record: undefined } });
    expect([checked(verification, 'revocation'), checked(verification, 'suspension')]).toEqual(['SKIPPED NO_STATUS_ENTRY', 'SKIPPED NO_STATUS_ENTRY']);
  });

  it('takes a list of somebody else only when it is said that they may keep it', async () => {
    const keeper = didKeyOf(keyOfIssuer.publicKey);
    const list = await statusListOf({
      id: REVOCATIONS,
      issuer: keeper,
      purpose: 'revocation',
      set: [4711],
      validFrom: '2026-11-28T00:00:00Z',
      validUntil: '2026-11-29T00:00:00Z',
      ttlMs: 1,
    });
    const text = JSON.stringify(await secured(list));
    const document = await signed();
    const lookups = { ...lookupsOf(document), statusList: async () => text };
    const told = async (statusIssuers?: readonly string[]) => checked(await verifyCredential(document, { lookups, now: NOW, statusIssuers }), 'revocation');
    expect(await told()).toBe('UNKNOWN STATUS_ISSUER_UNTRUSTED');
    expect(await told([keeper])).toBe('FAIL REVOKED');
  });
});
