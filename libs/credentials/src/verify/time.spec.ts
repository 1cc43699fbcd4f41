import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../credential.ts';
import type { IssuerKey } from '../keys/did-document.ts';
import { SigningKey } from '../keys/signing-key.ts';
import { INSTITUTION, badge, checked, keyThat, signed, verified, type Registry } from '../testing/a-registry.ts';
import { NOW } from '../testing/an-issuer.ts';

const issuer = { id: INSTITUTION, name: 'BCIT', recognised: [{ from: '2020-01-01T00:00:00Z' }], keys: [] };
const fails = () => Promise.reject(new Error('away'));
const keyState = async (key: Partial<IssuerKey>, changes: Partial<Registry> = {}, asOf?: Date) => {
  const verification = await verified(await signed(), { issuer, keys: [keyThat(key)], ...changes }, asOf ? { asOf } : {});
  return [checked(verification, 'key_state'), verification.verdict];
};

// The proof was made on 2026-10-02 at midnight; the registry received the award five seconds later.
describe('The key that signed', () => {
  it.each<[string, Partial<IssuerKey>, string, string]>([
    ['is active', {}, 'PASS OK', 'VALID'],
    ['was activated just before', { activatedAt: '2026-10-02T00:00:00Z' }, 'PASS OK', 'VALID'],
    ['is not active yet', { activatedAt: '2026-12-01T00:00:00Z' }, 'FAIL KEY_NOT_ACTIVE', 'NOT_VERIFIED'],
    ['was retired later', { retiredAt: '2026-10-02T00:00:06Z' }, 'PASS KEY_RETIRED_SINCE', 'VALID'],
    ['was retired when the registry received it', { retiredAt: '2026-10-02T00:00:05Z' }, 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    ['was retired before', { retiredAt: '2026-10-01T00:00:00Z' }, 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    ['is to be retired', { retiredAt: '2027-01-01T00:00:00Z' }, 'PASS OK', 'VALID'],
    ['was compromised after the registry received it', { compromisedAt: '2026-10-02T00:00:06Z' }, 'PASS KEY_COMPROMISED_SINCE', 'VALID'],
    ['was compromised when the registry received it', { compromisedAt: '2026-10-02T00:00:05Z' }, 'FAIL KEY_COMPROMISED', 'NOT_VERIFIED'],
    ['was compromised before, whatever the proof says', { compromisedAt: '2026-10-02T00:00:03Z' }, 'FAIL KEY_COMPROMISED', 'NOT_VERIFIED'],
    [
      'was retired, then compromised, both later',
      { retiredAt: '2026-10-03T00:00:00Z', compromisedAt: '2026-10-04T00:00:00Z' },
      'PASS KEY_COMPROMISED_SINCE',
      'VALID',
    ],
    ['was retired before, then compromised', { retiredAt: '2026-10-01T00:00:00Z', compromisedAt: '2026-10-04T00:00:00Z' }, 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
  ])('%s', async (_when, key, found, verdict) => {
    expect(await keyState(key)).toEqual([found, verdict]);
  });

  it('was replaced by another one, and what it signed stays good', async () => {
    const next = { id: `${INSTITUTION}#key-2`, publicKeyMultibase: SigningKey.generate().publicKey.multibase, activatedAt: '2026-11-01T00:00:00Z' };
    const keys = [keyThat({ retiredAt: '2026-11-01T00:00:00Z' }), next];
    expect(await keyState({}, { keys })).toEqual(['PASS KEY_RETIRED_SINCE', 'VALID']);
  });

  it.each<[string, Partial<IssuerKey>, string]>([
    ['is active', {}, 'PASS OK'],
    ['was retired since', { retiredAt: '2026-11-01T00:00:00Z' }, 'PASS KEY_RETIRED_SINCE'],
    ['was compromised since', { compromisedAt: '2026-11-01T00:00:00Z' }, 'PASS KEY_COMPROMISED_SINCE'],
  ])('was waited for by the award, which the registry received before, and %s', async (_what, changes, found) => {
    const key = { activatedAt: '2026-10-03T00:00:00Z', ...changes };
    const document = await signed(badge(), { created: new Date('2026-10-03T00:00:01Z') });
    const verification = await verified(document, { issuer, keys: [keyThat(key)] });
    expect([checked(verification, 'key_state'), verification.verdict]).toEqual([found, 'VALID']);
  });

  it('is none of the issuer’s history', async () => {
    expect(await keyState({ id: `${INSTITUTION}#key-9` })).toEqual(['FAIL KEY_NOT_FOUND', 'NOT_VERIFIED']);
  });

  it.each<[string, Partial<IssuerKey>, Partial<Registry>, string, string]>([
    [
      'retired later, and only the proof says when',
      { retiredAt: '2026-10-02T00:00:01Z' },
      { lookups: { record: undefined } },
      'PASS KEY_RETIRED_SINCE',
      'VALID',
    ],
    [
      'retired later, and the proof is of the second in which it became active',
      { activatedAt: '2026-10-02T00:00:00.900Z', retiredAt: '2026-10-02T00:00:01.500Z' },
      { lookups: { record: undefined } },
      'PASS KEY_RETIRED_SINCE',
      'VALID',
    ],
    [
      'retired later, and the proof is of the second before it became active',
      { activatedAt: '2026-10-02T00:00:01Z', retiredAt: '2026-10-03T00:00:00Z' },
      { lookups: { record: undefined } },
      'FAIL KEY_NOT_ACTIVE',
      'NOT_VERIFIED',
    ],
    ['retired before, as the proof says itself', { retiredAt: '2026-10-02T00:00:00Z' }, { lookups: { record: undefined } }, 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    [
      'compromised, and nobody can say when it signed',
      { compromisedAt: '2026-11-01T00:00:00Z' },
      { lookups: { record: undefined } },
      'UNKNOWN KEY_WITNESS_MISSING',
      'INDETERMINATE',
    ],
    [
      'compromised, and the registry cannot be asked',
      { compromisedAt: '2026-11-01T00:00:00Z' },
      { lookups: { record: fails } },
      'UNKNOWN KEY_WITNESS_MISSING',
      'INDETERMINATE',
    ],
    ['compromised, and the registry never had it', { compromisedAt: '2026-11-01T00:00:00Z' }, { record: undefined }, 'FAIL KEY_COMPROMISED', 'NOT_VERIFIED'],
    ['of a history that cannot be looked up', {}, { lookups: { issuer: fails } }, 'UNKNOWN LOOKUP_FAILED', 'INDETERMINATE'],
  ])('is %s', async (_what, key, changes, found, verdict) => {
    expect(await keyState(key, changes)).toEqual([found, verdict]);
  });

  it('was not compromised yet at the instant that is asked about', async () => {
    const compromised = { compromisedAt: '2026-10-02T00:00:03Z' };
    expect(await keyState(compromised, {}, new Date('2026-10-02T00:00:02Z'))).toEqual(['PASS OK', 'VALID']);
  });
});

describe('The edges of validity', () => {
  const at = async (dates: JsonObject, asOf: string) => {
    const verification = await verified(await signed(badge(dates)), {}, { asOf: new Date(asOf) });
    return [checked(verification, 'not_before'), checked(verification, 'not_expired'), verification.verdict, verification.effectiveStatus];
  };
  const valid = ['PASS OK', 'PASS OK', 'VALID', 'ACTIVE'];
  const early = ['FAIL NOT_YET_VALID', 'PASS OK', 'NOT_VERIFIED', 'SCHEDULED'];
  const late = ['PASS OK', 'FAIL EXPIRED', 'EXPIRED', 'EXPIRED'];

  it.each<[string, JsonObject, string, readonly unknown[]]>([
    ['a millisecond before it begins', { validFrom: '2026-11-01T00:00:00Z' }, '2026-10-31T23:59:59.999Z', early],
    ['when it begins', { validFrom: '2026-11-01T00:00:00Z' }, '2026-11-01T00:00:00Z', valid],
    ['when it begins, with an offset', { validFrom: '2026-11-01T00:00:00-07:00' }, '2026-11-01T07:00:00Z', valid],
    ['a millisecond before it ends', { validUntil: '2026-12-01T00:00:00Z' }, '2026-11-30T23:59:59.999Z', valid],
    ['when it ends', { validUntil: '2026-12-01T00:00:00Z' }, '2026-12-01T00:00:00Z', late],
    ['at the end of a leap day', { validUntil: '2028-02-29T24:00:00Z' }, '2028-02-29T23:59:59.999Z', valid],
    ['after a leap day', { validUntil: '2028-02-29T24:00:00Z' }, '2028-03-01T00:00:00Z', late],
    ['on a leap day', { validFrom: '2028-02-29T00:00:00Z' }, '2028-02-29T00:00:00Z', valid],
    ['the day before a leap day', { validFrom: '2028-02-29T00:00:00Z' }, '2028-02-28T23:59:59Z', early],
    ['in an hour that the clock has twice', { validUntil: '2026-11-01T01:30:00-08:00' }, '2026-11-01T08:45:00Z', valid],
  ])('%s', async (_when, dates, asOf, expected) => {
    expect(await at(dates, asOf)).toEqual(expected);
  });

  it('a list counts until it ends, and says nothing afterwards', async () => {
    const document = await signed();
    const list = async (validUntil: string) => checked(await verified(document, { lists: { validUntil } }), 'revocation');
    expect(await list(NOW.toISOString())).toBe('PASS OK');
    expect(await list(new Date(NOW.getTime() - 1_000).toISOString())).toBe('UNKNOWN STATUS_LIST_EXPIRED');
  });

  it('of the past the registry’s record decides, because a list says only what is', async () => {
    const document = await signed();
    const asOf = new Date('2026-10-15T00:00:00Z');
    const then = async (changes: Partial<Registry>) => {
      const verification = await verified(document, changes, { asOf });
      return [checked(verification, 'revocation'), checked(verification, 'suspension'), verification.verdict];
    };
    expect(await then({ revoked: [4711] })).toEqual(['PASS OK', 'PASS OK', 'VALID']);
    expect(await then({ revoked: [4711], lookups: { record: undefined } })).toEqual([
      'UNKNOWN PAST_STATUS_UNKNOWN',
      'UNKNOWN PAST_STATUS_UNKNOWN',
      'INDETERMINATE',
    ]);
    expect(await then({ lookups: { record: undefined, suspensionListBeside: undefined } })).toEqual(['PASS OK', 'SKIPPED NO_STATUS_ENTRY', 'VALID']);
  });
});
