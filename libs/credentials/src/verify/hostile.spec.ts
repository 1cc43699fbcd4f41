import { cpuUsage } from 'node:process';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CREDENTIALS_EXAMPLES_V2, CREDENTIALS_V2, OPEN_BADGES_3 } from '../contexts/bundled.ts';
import type { JsonObject } from '../credential.ts';
import { badge, checked, signed, verified } from '../testing/a-registry.ts';
import { NOW, onlyDidKeys } from '../testing/an-issuer.ts';
import type { Received } from './received.ts';
import { verifyCredential, type Verification } from './verify-credential.ts';
import { verifyPresentation } from './verify-presentation.ts';

const REFUSED_WITHIN_MS = 500;

/** CPU time, because the machine that runs this may do other things. */
async function timed(received: Received): Promise<{ verification: Verification; ms: number }> {
  const asked: string[] = [];
  const statusList = async (url: string): Promise<string> => {
    asked.push(url);
    throw new Error('nothing is asked for');
  };
  const before = cpuUsage();
  const verification = await verifyCredential(received, { lookups: { key: onlyDidKeys, statusList }, now: NOW });
  const { user, system } = cpuUsage(before);
  expect(asked).toEqual([]);
  return { verification, ms: (user + system) / 1_000 };
}

const found = ({ checks }: Verification): string => {
  const first = checks.find(({ outcome }) => outcome !== 'PASS')!;
  return `${first.id} ${first.outcome} ${first.code}`;
};

const nested = (levels: number, inner = '1'): string => '{"a":'.repeat(levels) + inner + '}'.repeat(levels);
const context = (extra: unknown): string => JSON.stringify({ ...badge(), '@context': [CREDENTIALS_V2, OPEN_BADGES_3, extra] });
const text = (changes: JsonObject): string => JSON.stringify({ ...badge(), ...changes });
const MEGABYTE = 1024 * 1024;

describe('Hostile input', () => {
  // What is compiled and cached at the first use is not the time of a refusal.
  beforeAll(async () => {
    await verified(await signed());
  });

  it.each<[string, () => Received, string]>([
    ['100 MB of text', () => `"${'x'.repeat(100 * MEGABYTE)}"`, 'parse FAIL TOO_LARGE'],
    ['100 MB of bytes', () => Buffer.alloc(100 * MEGABYTE, 0x5b), 'parse FAIL TOO_LARGE'],
    ['100 MB that could be a JWT', () => `${'e'.repeat(100 * MEGABYTE)}.e.e`, 'parse FAIL TOO_LARGE'],
    ['4 MB of opened lists', () => '['.repeat(4 * MEGABYTE), 'parse FAIL NOT_JSON'],
    ['4 MB of backslashes', () => `{"a":"${'\\'.repeat(4 * MEGABYTE - 20)}`, 'parse FAIL NOT_JSON'],
    ['4 MB of dots', () => '.'.repeat(4 * MEGABYTE), 'parse FAIL NOT_JSON'],
    ['objects 10,000 deep', () => nested(10_000), 'parse FAIL NOT_JSON'],
    ['lists 10,000 deep', () => '['.repeat(10_000) + ']'.repeat(10_000), 'parse FAIL NOT_JSON'],
    ['an object 10,000 deep that was parsed elsewhere', () => JSON.parse(nested(10_000)) as JsonObject, 'parse FAIL NOT_JSON'],
    ['33 levels', () => nested(33), 'parse FAIL NOT_JSON'],
    ['a member twice', () => '{"issuer":"did:example:a","issuer":"did:example:b"}', 'parse FAIL NOT_JSON'],
    ['a member twice, once in escapes', () => '{"issuer":"did:example:a","\\u0069ssuer":"did:example:b"}', 'parse FAIL NOT_JSON'],
    ['__proto__', () => '{"__proto__":{"issuer":"did:example:a"}}', 'parse FAIL NOT_JSON'],
    ['half a surrogate pair', () => '{"name":"\\ud800"}', 'parse FAIL NOT_JSON'],
    ['a number beyond 2^53', () => '{"level":9007199254740993}', 'parse FAIL NOT_JSON'],
    ['NaN', () => '{"level":NaN}', 'parse FAIL NOT_JSON'],
    ['bytes that are no UTF-8', () => Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'parse FAIL NOT_UTF8'],
    ['a byte order mark', () => Buffer.from('\ufeff{}'), 'parse FAIL NOT_JSON'],
    ['a list', () => '[]', 'parse FAIL NOT_AN_OBJECT'],
    ['nothing', () => '', 'parse FAIL NOT_JSON'],
    [
      'an envelope in an envelope',
      () => JSON.stringify({ '@context': [CREDENTIALS_V2], type: 'EnvelopedVerifiableCredential', id: 'data:application/vc+jwt,x' }),
      'parse FAIL JWT_INVALID',
    ],
    ['an unknown context', () => context('https://attacker.example/context.jsonld'), 'schema FAIL CONTEXT_UNKNOWN'],
    ['a context on this machine', () => context('file:///etc/passwd'), 'schema FAIL CONTEXT_UNKNOWN'],
    ['@import', () => context({ '@version': 1.1, '@import': CREDENTIALS_V2 }), 'schema FAIL CONTEXT_IMPORTS'],
    [
      '@import inside of a term',
      () => context({ x: { '@id': 'https://x.example/', '@context': { '@import': 'https://attacker.example/' } } }),
      'schema FAIL CONTEXT_IMPORTS',
    ],
    [
      'a context inside',
      () => text({ credentialSubject: { '@context': { achievement: 'https://attacker.example/' }, id: 'did:example:a' } }),
      'schema FAIL NOT_ALLOWED',
    ],
    [
      'two statuses where one is legal',
      () => text({ credentialStatus: [badge().credentialStatus as JsonObject, badge().credentialStatus as JsonObject] }),
      'schema FAIL TOO_MANY',
    ],
    ['a list with the one status that is legal', () => text({ credentialStatus: [badge().credentialStatus as JsonObject] }), 'schema FAIL TOO_MANY'],
    [
      '1,000 contexts',
      () =>
        JSON.stringify({
          ...badge(),
          '@context': [CREDENTIALS_V2, ...Array.from({ length: 1_000 }, (_, nth) => ({ [`t${nth}`]: `https://x.example/${nth}` }))],
        }),
      'schema FAIL TOO_MANY',
    ],
    ['10,000 contexts', () => text({ '@context': [CREDENTIALS_V2, ...Array.from({ length: 10_000 }, () => ({}))] }), 'schema FAIL TOO_COMPLEX'],
    ['100,000 subjects', () => text({ credentialSubject: Array.from({ length: 100_000 }, () => ({})) }), 'schema FAIL TOO_COMPLEX'],
    [
      'a proof of an unknown cryptosuite',
      () =>
        text({
          proof: {
            type: 'DataIntegrityProof',
            cryptosuite: 'eddsa-2099',
            proofPurpose: 'assertionMethod',
            verificationMethod: 'did:example:a#b',
            proofValue: 'z2',
          },
        }),
      'proof FAIL CRYPTOSUITE_UNKNOWN',
    ],
    [
      'a proof of an old kind',
      () => text({ proof: { type: 'Ed25519Signature2018', jws: 'x', proofPurpose: 'assertionMethod', verificationMethod: 'did:example:a#b' } }),
      'proof FAIL PROOF_INVALID',
    ],
    ['1,000 proofs', () => text({ proof: Array.from({ length: 1_000 }, () => ({})) }), 'proof FAIL TOO_MANY'],
    [
      'a signature of 100,000 characters',
      () =>
        text({
          proof: {
            type: 'DataIntegrityProof',
            cryptosuite: 'eddsa-jcs-2022',
            '@context': badge()['@context'],
            proofPurpose: 'assertionMethod',
            verificationMethod: 'did:example:a#b',
            proofValue: `z${'2'.repeat(100_000)}`,
          },
        }),
      'proof FAIL PROOF_INVALID',
    ],
  ])('%s is refused with a code, soon', async (_what, received, code) => {
    const given = received();
    const { verification, ms } = await timed(given);
    expect([verification.verdict, found(verification)]).toEqual(['NOT_VERIFIED', code]);
    expect(ms).toBeLessThan(REFUSED_WITHIN_MS);
  });

  it.each<[string, unknown]>([
    ['a protected term redefined', { name: 'https://attacker.example/name' }],
    ['a protected type redefined', { OpenBadgeCredential: 'https://attacker.example/' }],
    ['an undefined term', {}],
    ['contexts nulled', { '@vocab': null }],
  ])('%s is refused, in whichever form it is secured', async (what, extra) => {
    const document = JSON.parse(context(extra)) as JsonObject;
    const undefinedTerm = what === 'an undefined term' || what === 'contexts nulled' ? { unheardOf: 'x' } : {};
    const proof = (cryptosuite: string): JsonObject => ({
      type: 'DataIntegrityProof',
      cryptosuite,
      proofPurpose: 'assertionMethod',
      verificationMethod: 'did:example:a#b',
      proofValue: `z${'2'.repeat(87)}`,
      ...(cryptosuite === 'eddsa-jcs-2022' ? { '@context': document['@context'] } : {}),
    });
    for (const cryptosuite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022']) {
      const { verification } = await timed({ ...document, ...undefinedTerm, proof: proof(cryptosuite) });
      expect([cryptosuite, verification.verdict, checked(verification, 'schema')]).toEqual([cryptosuite, 'NOT_VERIFIED', 'FAIL TERMS_INVALID']);
    }
  });

  it('a graph that is made to be slow is refused, soon', async () => {
    // Blank nodes that all know each other: telling them apart takes the factorial of their number.
    const knows = Array.from({ length: 12 }, (_, from) => ({
      id: `_:b${from}`,
      knows: Array.from({ length: 12 }, (__, to) => ({ id: `_:b${to}` })).filter((___, to) => to !== from),
    }));
    const document = {
      '@context': [CREDENTIALS_V2, { knows: { '@id': 'https://x.example/knows', '@type': '@id' } }],
      type: ['VerifiableCredential'],
      issuer: 'did:example:a',
      credentialSubject: { id: 'did:example:b', knows },
      proof: {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        proofPurpose: 'assertionMethod',
        verificationMethod: 'did:example:a#b',
        proofValue: `z${'2'.repeat(87)}`,
      },
    };
    const { verification, ms } = await timed(document as unknown as JsonObject);
    expect([verification.verdict, found(verification)]).toEqual(['NOT_VERIFIED', 'schema FAIL TOO_COMPLEX']);
    expect(ms).toBeLessThan(REFUSED_WITHIN_MS);
  });

  const graphProof = (changes: JsonObject = {}): JsonObject => ({
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    proofPurpose: 'assertionMethod',
    verificationMethod: 'did:example:a#b',
    proofValue: `z${'2'.repeat(87)}`,
    ...changes,
  });
  const claiming = (subject: JsonObject, changes: JsonObject = {}): JsonObject => ({
    '@context': [CREDENTIALS_V2, CREDENTIALS_EXAMPLES_V2],
    type: ['VerifiableCredential'],
    issuer: 'did:example:a',
    credentialSubject: { id: 'did:example:b', ...subject },
    proof: graphProof(),
    ...changes,
  });
  const several = <T>(length: number, of: (nth: number) => T): T[] => Array.from({ length }, (_, nth) => of(nth));
  /** Members of 900 objects each, about 3,600 values. */
  const much = { ones: several(900, (nth) => ({ n: `${nth}` })), others: several(900, (nth) => ({ n: `-${nth}` })) };
  const types = Object.fromEntries(
    several(300, (nth) => [`T${nth}`, { '@id': `https://x.example/T${nth}`, '@context': { [`t${nth}`]: 'https://x.example/t' } }]),
  );

  it.each<[string, JsonObject, string]>([
    ['much with sixteen proofs', claiming(much, { proof: several(16, () => graphProof()) }), 'proof FAIL DID_INVALID'],
    [
      'much with sixteen proofs that build on each other',
      claiming(much, { proof: several(16, (nth) => graphProof({ id: `urn:p:${nth}`, ...(nth > 0 && { previousProof: `urn:p:${nth - 1}` }) })) }),
      'schema FAIL TOO_COMPLEX',
    ],
    [
      '300 types of its own, each with terms of its own, in 900 objects',
      claiming(
        { all: several(900, (nth) => ({ type: [`T${nth % 300}`, `T${(nth + 1) % 300}`] })) },
        { '@context': [CREDENTIALS_V2, CREDENTIALS_EXAMPLES_V2, types] },
      ),
      'schema FAIL TOO_COMPLEX',
    ],
    ['9,000 values of one member', claiming({ all: several(9_000, (nth) => `${nth}`) }), 'schema FAIL TOO_COMPLEX'],
    [
      '9,000 values of one thing in nine places',
      claiming({ all: several(9, (place) => ({ id: 'urn:x:y', all: several(990, (nth) => `${place} ${nth}`) })) }),
      'schema FAIL TOO_COMPLEX',
    ],
  ])('a small document that asks for much work is answered soon: %s', async (_what, document, code) => {
    const { verification, ms } = await timed(document);
    expect([verification.verdict, found(verification)]).toEqual(['NOT_VERIFIED', code]);
    expect(ms).toBeLessThan(REFUSED_WITHIN_MS);
  });

  it('a presentation of 1,000 credentials is refused before the first of them is looked at', async () => {
    const presentation = { '@context': [CREDENTIALS_V2], type: ['VerifiablePresentation'], verifiableCredential: Array.from({ length: 1_000 }, () => badge()) };
    const lookups = { key: onlyDidKeys, statusList: () => Promise.reject(new Error('none')) };
    const { outcome, checks } = await verifyPresentation(presentation, { lookups, now: NOW });
    expect([outcome, checks[1]!.code]).toEqual(['FAIL', 'TOO_MANY']);
  });
});
