import { describe, expect, it } from '@jest/globals';
import { CREDENTIALS_EXAMPLES_V2, CREDENTIALS_V2 } from '../contexts/bundled.ts';
import type { JsonObject } from '../credential.ts';
import type { CredentialFaultCode } from '../faults.ts';
import { aCredential } from '../testing/an-issuer.ts';
import { faultsOfPresentation } from './check-shape.ts';

const found = async (document: JsonObject) =>
  (await faultsOfPresentation(JSON.parse(JSON.stringify(document)) as JsonObject)).map(({ code, pointer }) => [code, pointer]);
const aPresentation = (changes: JsonObject = {}): JsonObject => ({
  '@context': [CREDENTIALS_V2],
  type: ['VerifiablePresentation'],
  verifiableCredential: [aCredential()],
  ...changes,
});
const envelope = (type: string, changes: JsonObject = {}): JsonObject => ({
  '@context': CREDENTIALS_V2,
  id: 'data:application/vc+jwt,a.b.c',
  type,
  ...changes,
});

describe('The shape of a presentation (VCDM 2.0 §4.13)', () => {
  it.each<[string, JsonObject, CredentialFaultCode, string]>([
    ['§4.3 has contexts', { '@context': undefined }, 'REQUIRED', '/@context'],
    ['§4.3 begins with the base context', { '@context': [CREDENTIALS_EXAMPLES_V2] }, 'INVALID_VALUE', '/@context/0'],
    ['§4.5 has types', { type: undefined }, 'REQUIRED', '/type'],
    ['§4.13 is a VerifiablePresentation', { type: ['VerifiableCredential'] }, 'INVALID_VALUE', '/type'],
    ['§4.13 has a URL as its id', { id: 'p1' }, 'INVALID_VALUE', '/id'],
    ['§4.13 has a URL as its holder', { holder: 'me' }, 'INVALID_VALUE', '/holder'],
    ['§4.13 has a holder with an id', { holder: { name: 'me' } }, 'REQUIRED', '/holder/id'],
    ['§4.13 has credentials that are objects', { verifiableCredential: ['a.b.c'] }, 'WRONG_TYPE', '/verifiableCredential/0'],
    [
      '§4.13.1 has envelopes with a data URL',
      { verifiableCredential: envelope('EnvelopedVerifiableCredential', { id: 'a.b.c' }) },
      'INVALID_VALUE',
      '/verifiableCredential/id',
    ],
    [
      '§4.13.1 has envelopes with the base context',
      { verifiableCredential: [envelope('EnvelopedVerifiableCredential', { '@context': [] })] },
      'INVALID_VALUE',
      '/verifiableCredential/0/@context',
    ],
    ['§5.5 has terms of use with a type', { termsOfUse: { id: 'https://x.example/t' } }, 'REQUIRED', '/termsOfUse/type'],
  ])('%s', async (_rule, changes, code, pointer) => {
    expect(await found(aPresentation(changes))).toContainEqual([code, pointer]);
  });

  it.each<[string, JsonObject]>([
    ['one credential', {}],
    ['no credential', { verifiableCredential: undefined }],
    ['a credential alone', { verifiableCredential: aCredential() }],
    ['an envelope', { verifiableCredential: [envelope('EnvelopedVerifiableCredential')] }],
    ['a holder', { holder: 'did:example:holder' }],
  ])('takes %s', async (_what, changes) => {
    expect(await found(aPresentation(changes))).toEqual([]);
  });

  it('§4.13.2 takes an enveloped presentation only with its data URL', async () => {
    const good = envelope('EnvelopedVerifiablePresentation', { id: 'data:application/vp+jwt,a.b.c' });
    expect(await found(good)).toEqual([]);
    expect(await found({ ...good, id: 'a.b.c' })).toEqual([['INVALID_VALUE', '/id']]);
    expect(await found({ ...good, '@context': [CREDENTIALS_EXAMPLES_V2] })).toEqual([['INVALID_VALUE', '/@context']]);
  });
});
