import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../credential.ts';
import { didDocument, keyStateAt, type IssuerKey } from './did-document.ts';
import { didKeyMethodOf, didKeyOf, didWebOf, urlOfDidWeb } from './did.ts';
import { keyLookup, type KeySources } from './key-lookup.ts';
import { SigningKey } from './signing-key.ts';

const DID = 'did:web:registry.example:institutions:BCIT';
const [first, second, third] = [SigningKey.generate(), SigningKey.generate(), SigningKey.generate('P-256')] as const;
const keys: readonly IssuerKey[] = [
  { id: `${DID}#key-1`, publicKeyMultibase: first.publicKey.multibase, activatedAt: '2026-01-01T00:00:00Z', retiredAt: '2026-06-01T00:00:00Z' },
  { id: `${DID}#key-2`, publicKeyMultibase: second.publicKey.multibase, activatedAt: '2026-06-01T00:00:00Z', compromisedAt: '2026-09-01T00:00:00Z' },
  { id: `${DID}#key-3`, publicKeyMultibase: third.publicKey.multibase, activatedAt: '2026-09-01T00:00:00Z' },
];
const documentAt = (at: string) => didDocument(DID, keys, new Date(at));
const idsOf = (methods: readonly { readonly id: string }[]): string[] => methods.map(({ id }) => id.split('#')[1]!);
const partsOf = (ids: readonly string[]): string[] => ids.map((id) => id.split('#')[1]!);

describe('The DID document of an institution', () => {
  it.each([
    ['2025-12-31T23:59:59Z', [], []],
    ['2026-01-01T00:00:00Z', ['key-1'], ['key-1']],
    ['2026-05-31T23:59:59Z', ['key-1'], ['key-1']],
    ['2026-06-01T00:00:00Z', ['key-1', 'key-2'], ['key-2']],
    ['2026-10-01T00:00:00Z', ['key-1', 'key-2', 'key-3'], ['key-3']],
  ])('at %s keeps the keys %j, of which %j may assert', (at, kept, active) => {
    const document = documentAt(at);
    expect(idsOf(document.verificationMethod)).toEqual(kept);
    expect(partsOf(document.assertionMethod)).toEqual(active);
  });

  it('says when a key was compromised, and nothing of it before', () => {
    expect(documentAt('2026-10-01T00:00:00Z').verificationMethod[1]).toMatchObject({ revoked: '2026-09-01T00:00:00Z' });
    expect(documentAt('2026-08-31T00:00:00Z').verificationMethod[1]).not.toHaveProperty('revoked');
  });

  it('has only Multikeys of its own, with the contexts that name their terms', () => {
    const document = documentAt('2026-10-01T00:00:00Z');
    expect(document['@context']).toEqual(['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1']);
    for (const method of document.verificationMethod) expect(method).toMatchObject({ type: 'Multikey', controller: DID });
    expect(JSON.stringify(document)).not.toMatch(/secret|private/i);
  });

  it.each([
    ['2025-12-31T23:59:59.999Z', 'NOT_YET_ACTIVE'],
    ['2026-01-01T00:00:00Z', 'ACTIVE'],
    ['2026-06-01T00:00:00Z', 'RETIRED'],
    ['2027-01-01T00:00:00Z', 'COMPROMISED'],
  ])('knows the state of a key at %s: %s', (at, state) => {
    expect(keyStateAt({ ...keys[0]!, compromisedAt: '2027-01-01T00:00:00Z' }, new Date(at))).toBe(state);
  });
});

describe('DIDs', () => {
  it.each([
    ['https://registry.example/institutions/BCIT', DID, 'https://registry.example/institutions/BCIT/did.json'],
    ['https://registry.example', 'did:web:registry.example', 'https://registry.example/.well-known/did.json'],
    ['https://registry.example:8443/a/b', 'did:web:registry.example%3A8443:a:b', 'https://registry.example:8443/a/b/did.json'],
  ])('of the web: %s is %s, found at %s', (url, did, place) => {
    expect(didWebOf(url)).toBe(did);
    expect(urlOfDidWeb(did)).toBe(place);
  });

  it.each([
    'did:web:',
    'did:web:registry.example:..:secrets',
    'did:web:registry.example:%2e%2e:secrets',
    'did:web:registry.example:a%2Fb',
    'did:web:user%40attacker.example',
    'did:web:registry.example%2Fpath',
    'did:web:registry.example%23x',
    'did:web:registry.example:a%00b%zz',
    'did:web:registry.example?x=y',
    'did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2',
    'https://registry.example',
  ])('refuse %j as a place to look', (did) => {
    expect(() => urlOfDidWeb(did)).toThrow(expect.objectContaining({ code: 'DID_INVALID' }) as unknown as Error);
  });
});

describe('A DID of ten thousand characters', () => {
  it('is refused before it is read', () => {
    expect(() => urlOfDidWeb(`did:web:${'a'.repeat(10_000)}`)).toThrow(expect.objectContaining({ code: 'DID_INVALID' }) as unknown as Error);
  });
});

describe('Looking up a verification method', () => {
  const own: KeySources = { ownDocument: async (did) => (did === DID ? documentAt('2026-10-01T00:00:00Z') : undefined) };
  const served = (document: Json): KeySources => ({ egress: async () => ({ body: Buffer.from(JSON.stringify(document)) }) });
  const found = (sources: KeySources, id: string) => keyLookup(sources)(id);

  it('needs nothing for did:key', async () => {
    const key = await found({}, didKeyMethodOf(first.publicKey));
    expect(key).toMatchObject({ controller: didKeyOf(first.publicKey), publicKey: { multibase: first.publicKey.multibase } });
  });

  it('reads the DIDs of the registry from its own store, without the network', async () => {
    expect(await found(own, `${DID}#key-3`)).toMatchObject({ controller: DID, purposes: ['assertionMethod'], publicKey: { kind: 'P-256' } });
    expect(await found(own, `${DID}#key-1`)).toMatchObject({ purposes: [] });
    expect(await found(own, `${DID}#key-2`)).toMatchObject({ purposes: [], revoked: '2026-09-01T00:00:00Z' });
  });

  it('asks the egress for others, once for each document', async () => {
    const asked: string[] = [];
    const lookup = keyLookup({
      egress: async (url) => {
        asked.push(url);
        return { body: Buffer.from(JSON.stringify(documentAt('2026-10-01T00:00:00Z'))) };
      },
    });
    await Promise.all([lookup(`${DID}#key-1`), lookup(`${DID}#key-3`)]);
    expect(asked).toEqual(['https://registry.example/institutions/BCIT/did.json']);
  });

  it('reads JSON Web Keys, embedded methods and relative ids, and HTTPS controllers', async () => {
    const id = 'https://issuer.example/keys';
    const jwk = third.publicKey.key.export({ format: 'jwk' }) as JsonObject;
    const document = { id, assertionMethod: [{ id: '#j', type: 'JsonWebKey', controller: id, publicKeyJwk: jwk }] };
    expect(await found(served(document), `${id}#j`)).toMatchObject({ purposes: ['assertionMethod'], publicKey: { multibase: third.publicKey.multibase } });
  });

  it.each<[string, KeySources, string, string]>([
    ['a key that is not in the document', own, `${DID}#key-9`, 'KEY_NOT_FOUND'],
    ['no key at all', own, DID, 'KEY_NOT_FOUND'],
    ['a document without an egress to fetch it', {}, `${DID}#key-1`, 'KEY_UNREACHABLE'],
    ['a fetch that fails', { egress: () => Promise.reject(new Error('refused')) }, `${DID}#key-1`, 'KEY_UNREACHABLE'],
    ['a store that fails', { ownDocument: () => Promise.reject(new Error('gone')) }, `${DID}#key-1`, 'KEY_UNREACHABLE'],
    ['what is no JSON', { egress: async () => ({ body: Buffer.from('<html>') }) }, `${DID}#key-1`, 'KEY_UNREACHABLE'],
    ['a document that is somebody else’s', served({ ...documentAt('2026-10-01T00:00:00Z'), id: 'did:web:other.example' }), `${DID}#key-1`, 'KEY_NOT_FOUND'],
    [
      'a key that another one controls',
      served({ id: DID, verificationMethod: [{ id: `${DID}#k`, controller: 'did:web:other.example', publicKeyMultibase: first.publicKey.multibase }] }),
      `${DID}#k`,
      'KEY_NOT_OF_ISSUER',
    ],
    ['a method that is not supported', {}, 'did:example:abc#key-1', 'DID_INVALID'],
    ['a did:key whose fragment is another key', {}, `${didKeyOf(first.publicKey)}#${second.publicKey.multibase}`, 'DID_INVALID'],
  ])('refuses %s', async (_what, sources, id, code) => {
    await expect(found(sources, id)).rejects.toMatchObject({ code });
  });
});
