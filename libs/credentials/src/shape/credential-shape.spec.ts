import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CREDENTIALS_V2, OPEN_BADGES_3, bundledContexts } from '../contexts/bundled.ts';
import type { Json, JsonObject } from '../credential.ts';
import type { CredentialFaultCode } from '../faults.ts';
import { aCredential } from '../testing/an-issuer.ts';
import { faultsOfCredential } from './check-shape.ts';

type Refused = readonly [rule: string, changes: JsonObject, code: CredentialFaultCode, pointer: string];
type Taken = readonly [rule: string, changes: JsonObject];

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const found = async (changes: JsonObject) =>
  (await faultsOfCredential(JSON.parse(JSON.stringify(aCredential(changes))) as JsonObject)).map(({ code, pointer }) => [code, pointer]);

const terms = (context: Json): JsonObject => ({ '@context': [CREDENTIALS_V2, EXAMPLES, context] });
const sri = (algorithm: string, text: string): string => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
const base = bundledContexts.get(CREDENTIALS_V2)!;
const EARLIER_MULTIBASE = `u${Buffer.from(`122024a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9`, 'hex').toString('base64url')}`;
const resource = (changes: JsonObject = {}): JsonObject => ({ id: CREDENTIALS_V2, digestSRI: sri('sha384', base.text), ...changes });

const refused: readonly Refused[] = [
  ['§4.3 a credential has contexts', { '@context': undefined }, 'REQUIRED', '/@context'],
  ['§4.3 the contexts are an ordered set', { '@context': CREDENTIALS_V2 }, 'WRONG_TYPE', '/@context'],
  ['§4.3 the contexts are a set', { '@context': [CREDENTIALS_V2, EXAMPLES, EXAMPLES] }, 'DUPLICATE', '/@context'],
  ['§4.3 the first context is the base context', { '@context': [EXAMPLES, CREDENTIALS_V2] }, 'INVALID_VALUE', '/@context/0'],
  ['§4.3 the contexts after it are URLs or objects', terms(7), 'WRONG_TYPE', '/@context/2'],
  ['§4.3 a context is processable as JSON-LD', terms({ badTerm: 7 }), 'TERMS_INVALID', ''],
  ['§4.3, ours: a context is a bundled one', terms('https://attacker.example/context'), 'CONTEXT_UNKNOWN', '/@context/2'],
  ['§4.3, ours: a context imports no other', terms({ '@version': 1.1, '@import': 'https://attacker.example/c' }), 'CONTEXT_IMPORTS', '/@context/2'],
  [
    '§4.3, ours: a term brings no context by its URL',
    terms({ x: { '@id': 'https://x.example/x', '@context': 'https://attacker.example/c' } }),
    'CONTEXT_UNKNOWN',
    '/@context/2',
  ],
  ['§4.4 an id is a single URL', { id: ['urn:uuid:1', 'urn:uuid:2'] }, 'WRONG_TYPE', '/id'],
  ['§4.4 an id is a URL', { id: 'not a url' }, 'INVALID_VALUE', '/id'],
  ['§4.4 a subject has a single id', { credentialSubject: { id: ['did:example:a', 'did:example:b'], level: 1 } }, 'WRONG_TYPE', '/credentialSubject/id'],
  ['§4.5 a credential has types', { type: undefined }, 'REQUIRED', '/type'],
  ['§4.5 one of the types is VerifiableCredential', { type: ['ExampleCredential'] }, 'INVALID_VALUE', '/type'],
  ['§4.5 a type is a text', { type: ['VerifiableCredential', 7] }, 'WRONG_TYPE', '/type'],
  [
    '§4.5 a type is defined',
    { '@context': [CREDENTIALS_V2], type: ['VerifiableCredential', 'Undefined'], credentialSubject: { id: 'did:example:a' } },
    'TERMS_INVALID',
    '',
  ],
  ['§4.6 a name is a text, or has a language', { name: 7 }, 'WRONG_TYPE', '/name'],
  ['§4.6 a name in a language has nothing else', { name: { '@value': 'x', '@language': 'en', url: 'https://x.example' } }, 'WRONG_TYPE', '/name'],
  ['§4.6 a description is a text, or has a language', { description: { text: 'x' } }, 'WRONG_TYPE', '/description'],
  ['§11.1 a language has its tag', { name: { '@value': 'x', '@language': 'not a tag' } }, 'WRONG_TYPE', '/name'],
  ['§11.1 a direction is one of two', { name: { '@value': 'x', '@direction': 'up' } }, 'WRONG_TYPE', '/name'],
  ['§4.7 a credential has an issuer', { issuer: undefined }, 'REQUIRED', '/issuer'],
  ['§4.7 an issuer is a URL', { issuer: 'BCIT' }, 'INVALID_VALUE', '/issuer'],
  ['§4.7 an issuer is one', { issuer: ['did:example:a', 'did:example:b'] }, 'WRONG_TYPE', '/issuer'],
  ['§4.7 an issuer as an object has an id', { issuer: { name: 'BCIT' } }, 'REQUIRED', '/issuer/id'],
  ['§4.7 the id of an issuer is a URL', { issuer: { id: 'BCIT' } }, 'INVALID_VALUE', '/issuer/id'],
  ['§4.6 the name of an issuer is a text, or has a language', { issuer: { id: 'did:example:a', name: 7 } }, 'WRONG_TYPE', '/issuer/name'],
  ['§4.8 a credential has a subject', { credentialSubject: undefined }, 'REQUIRED', '/credentialSubject'],
  ['§4.8 a subject is an object', { credentialSubject: 'did:example:a' }, 'WRONG_TYPE', '/credentialSubject'],
  ['§4.8 a subject has claims', { credentialSubject: {} }, 'INVALID_VALUE', '/credentialSubject'],
  ['§4.8 every subject has claims', { credentialSubject: [{ level: 1 }, {}] }, 'INVALID_VALUE', '/credentialSubject/1'],
  ['§4.9 validFrom is an instant', { validFrom: 'yesterday' }, 'INVALID_VALUE', '/validFrom'],
  ['§4.9 validFrom has an offset', { validFrom: '2026-10-01T00:00:00' }, 'INVALID_VALUE', '/validFrom'],
  ['§4.9 validFrom is a day that exists', { validFrom: '2026-02-29T00:00:00Z' }, 'INVALID_VALUE', '/validFrom'],
  ['§4.9 validFrom is a time that exists', { validFrom: '2026-10-01T25:00:00Z' }, 'INVALID_VALUE', '/validFrom'],
  ['§4.9 validUntil is an instant', { validUntil: '2027-10-01' }, 'INVALID_VALUE', '/validUntil'],
  ['§4.9 validUntil is not before validFrom', { validUntil: '2026-09-30T23:59:59Z' }, 'DATES_REVERSED', '/validUntil'],
  ['§4.10 a status has a type', { credentialStatus: { id: 'https://x.example/s#1' } }, 'REQUIRED', '/credentialStatus/type'],
  ['§4.10 a status has a single id', { credentialStatus: { id: ['https://x.example/1'], type: 'ExampleStatus' } }, 'WRONG_TYPE', '/credentialStatus/id'],
  ['§4.10 a status is an object', { credentialStatus: 'https://x.example/s#1' }, 'WRONG_TYPE', '/credentialStatus'],
  ['§4.11 a schema has an id', { credentialSchema: { type: 'JsonSchema' } }, 'REQUIRED', '/credentialSchema/id'],
  ['§4.11 a schema has a type', { credentialSchema: { id: 'https://x.example/schema' } }, 'REQUIRED', '/credentialSchema/type'],
  [
    '§4.11 every schema has a type',
    { credentialSchema: [{ id: 'https://x.example/1', type: 'JsonSchema' }, { id: 'https://x.example/2' }] },
    'REQUIRED',
    '/credentialSchema/1/type',
  ],
  ['§5.2 no context redefines a protected term', terms({ name: 'https://attacker.example/#name' }), 'TERMS_INVALID', ''],
  ['§5.2 no context redefines a protected type', terms({ VerifiableCredential: 'https://attacker.example/#VC' }), 'TERMS_INVALID', ''],
  ['§5.3 a related resource is an object', { relatedResource: ['https://x.example/r'] }, 'WRONG_TYPE', '/relatedResource/0'],
  ['§5.3 a related resource has an id', { relatedResource: { digestSRI: sri('sha256', 'x') } }, 'REQUIRED', '/relatedResource/id'],
  ['§5.3 the ids of related resources differ', { relatedResource: [resource(), resource()] }, 'DUPLICATE', '/relatedResource'],
  ['§5.3 a related resource has a digest', { relatedResource: { id: 'https://x.example/r' } }, 'REQUIRED', '/relatedResource/digestSRI'],
  ['§5.3 a digest is one', { relatedResource: resource({ digestSRI: 'sha384-%%%' }) }, 'INVALID_VALUE', '/relatedResource/digestSRI'],
  ['§5.3 a multibase digest is one', { relatedResource: resource({ digestMultibase: 'zzzz' }) }, 'INVALID_VALUE', '/relatedResource/digestMultibase'],
  [
    '§5.3 a digest is that of the resource',
    { relatedResource: resource({ digestSRI: sri('sha384', 'other') }) },
    'DIGEST_MISMATCH',
    '/relatedResource/digestSRI',
  ],
  [
    '§5.3 a multibase digest is that of the resource',
    { relatedResource: resource({ digestMultibase: `u${Buffer.concat([Buffer.from([0x12, 32]), Buffer.alloc(32)]).toString('base64url')}` }) },
    'DIGEST_MISMATCH',
    '/relatedResource/digestMultibase',
  ],
  ['§5.3 a media type is one', { relatedResource: resource({ mediaType: 'ld+json' }) }, 'INVALID_VALUE', '/relatedResource/mediaType'],
  ['§5.4 a refresh service has a type', { refreshService: { id: 'https://x.example/refresh' } }, 'REQUIRED', '/refreshService/type'],
  ['§5.4 a refresh service has a URL as its id', { refreshService: { id: 'refresh', type: 'ExampleRefresh' } }, 'INVALID_VALUE', '/refreshService/id'],
  ['§5.5 terms of use have a type', { termsOfUse: { id: 'https://x.example/terms' } }, 'REQUIRED', '/termsOfUse/type'],
  ['§5.6 evidence has a type', { evidence: { id: 'https://x.example/evidence' } }, 'REQUIRED', '/evidence/type'],
  ['§5.6 evidence is an object', { evidence: ['https://x.example/evidence'] }, 'WRONG_TYPE', '/evidence/0'],
  ['§5.10 a confidence method has a type', { confidenceMethod: { id: 'https://x.example/c' } }, 'REQUIRED', '/confidenceMethod/type'],
  ['§5.10 a render method has a type', { renderMethod: [{ id: 'https://x.example/r' }] }, 'REQUIRED', '/renderMethod/0/type'],
  [
    'Open Badges §B.1.1: an Open Badge has one status',
    {
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialSubject: { id: 'did:example:a', type: ['AchievementSubject'] },
      credentialStatus: [{ type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: '1', statusListCredential: 'https://x.example/s' }],
    },
    'TOO_MANY',
    '/credentialStatus',
  ],
  [
    'ours: nobody is sent to more than eight lists',
    { credentialStatus: Array.from({ length: 9 }, (_, nth) => ({ id: `https://x.example/${nth}`, type: 'ExampleStatus' })) },
    'TOO_MANY',
    '/credentialStatus',
  ],
  ['ours: nothing is null', { description: undefined, credentialSubject: { level: 1, note: null } }, 'NOT_ALLOWED', '/credentialSubject/note'],
  ['ours: no list is empty', { credentialSubject: { level: 1, topics: [] } }, 'NOT_ALLOWED', '/credentialSubject/topics'],
  [
    'ours: contexts stand at the top',
    { credentialSubject: { level: 1, '@context': { level: 'https://attacker.example/level' } } },
    'NOT_ALLOWED',
    '/credentialSubject/@context',
  ],
  ['ours: no keyword hides a value', { credentialSubject: { level: 1, '@index': 'x' } }, 'NOT_ALLOWED', '/credentialSubject/@index'],
];

const taken: readonly Taken[] = [
  ['a credential as it is', {}],
  ['§4.3 contexts that define further terms', terms({ ex: 'https://x.example/#' })],
  ['§4.4 no id', { id: undefined }],
  ['§4.4 an id of any scheme', { id: 'did:example:credential' }],
  ['§4.5 a type alone, and a type that is a URL', { type: ['VerifiableCredential', 'https://x.example/#Type'] }],
  ['§4.5 no further type', { type: 'VerifiableCredential' }],
  [
    '§4.6 a name in two languages',
    {
      name: [
        { '@value': 'Fire', '@language': 'en-CA' },
        { '@value': 'Feu', '@language': 'fr-CA', '@direction': 'ltr' },
      ],
    },
  ],
  ['§4.7 an issuer as an object', { issuer: { id: 'https://bcit.example/', name: { '@value': 'BCIT', '@language': 'en' } } }],
  ['§4.8 several subjects', { credentialSubject: [{ id: 'did:example:a' }, { level: 2 }] }],
  ['§4.9 no validFrom', { validFrom: undefined }],
  ['§4.9 an offset, fractions, and a leap day', { validFrom: '2028-02-29T23:59:59.999-14:00', validUntil: '2028-03-01T13:59:59.999Z' }],
  ['§4.9 the end at the beginning', { validUntil: '2026-10-01T00:00:00Z' }],
  ['§4.10 a status without an id, of an unknown type', { credentialStatus: { type: 'ExampleStatus' } }],
  ['§4.10 a status for each purpose', { credentialStatus: Array.from({ length: 8 }, () => ({ type: 'ExampleStatus' })) }],
  ['§5.3 a related resource with its digest', { relatedResource: [resource({ mediaType: 'application/ld+json' })] }],
  ['§5.3 a digest of the base context of 2024-07-20', { relatedResource: { id: CREDENTIALS_V2, digestMultibase: EARLIER_MULTIBASE } }],
  ['§5.3 a related resource that is not held here, and never fetched', { relatedResource: { id: 'https://x.example/image', digestSRI: sri('sha256', 'x') } }],
  ['§5.4 a refresh service without an id', { refreshService: { type: 'https://x.example/#Refresh' } }],
];

describe('The shape of a credential (VCDM 2.0)', () => {
  it.each(refused)('%s', async (_rule, changes, code, pointer) => {
    expect(await found(changes)).toEqual([[code, pointer]]);
  });

  it.each(taken)('takes %s', async (_rule, changes) => {
    expect(await found(changes)).toEqual([]);
  });

  it('finds everything at once, and repeats no value', async () => {
    const faults = await faultsOfCredential(aCredential({ issuer: 'Jane Doe', validFrom: 'Jane Doe', id: 'Jane Doe', name: 7 }));
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/id', '/name', '/issuer', '/validFrom']);
    expect(JSON.stringify(faults)).not.toContain('Jane');
  });
});
