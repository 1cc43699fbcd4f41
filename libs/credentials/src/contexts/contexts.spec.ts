import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import jsonld from 'jsonld';
import { openBadgeOf } from '../build/badge/open-badge.ts';
import { anySource } from '../build/testing/arbitraries.ts';
import { CREDENTIALS_V2, bundledContexts } from './bundled.ts';
import { contextLoader, loadContext } from './load-context.ts';

describe('Bundled contexts', () => {
  it.each([...bundledContexts])('hold %s byte for byte', (_url, { text, sha256 }) => {
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['@context']);
  });

  it.each([
    'https://www.w3.org/2018/credentials/v1',
    'https://www.w3.org/ns/credentials/v2/',
    'http://www.w3.org/ns/credentials/v2',
    'https://WWW.w3.org/ns/credentials/v2',
    'https://www.w3.org/ns/credentials/v2#',
    'https://attacker.example/context',
    'data:application/ld+json,{}',
    'file:///etc/passwd',
    '__proto__',
    '',
  ])('refuse %j: an unknown context is never downloaded', async (url) => {
    await expect(loadContext(url)).rejects.toMatchObject({ code: 'CONTEXT_UNKNOWN' });
  });

  it('refuse a context whose bytes are not those of its digest', async () => {
    const original = bundledContexts.get(CREDENTIALS_V2)!;
    const altered = { ...original, text: original.text.replace('https://www.w3.org/2018/credentials#issuer', 'https://attacker.example/#issuer') };
    expect(altered.text).not.toBe(original.text);
    await expect(contextLoader(new Map([[CREDENTIALS_V2, altered]]))(CREDENTIALS_V2)).rejects.toMatchObject({ code: 'CONTEXT_ALTERED' });
  });

  it('mean the same with names for the contexts inside of them', async () => {
    const none = () => Promise.reject(new Error('Nothing is loaded.'));
    const read = (document: object, documentLoader: (url: string) => Promise<object>) =>
      jsonld.canonize(document, { documentLoader, safe: true, base: null } as never);
    for (const source of fc.sample(anySource, { numRuns: 25, seed: 20_261_128 })) {
      const badge = openBadgeOf(source);
      const asPublished = (badge['@context'] as readonly string[]).map(
        (url) => (JSON.parse(bundledContexts.get(url)!.text) as { '@context': object })['@context'],
      );
      expect(await read(badge, loadContext)).toBe(await read({ ...badge, '@context': asPublished }, none));
    }
  });

  it('have names inside that no other process knows, and no document can say', async () => {
    const { document } = await contextLoader()(CREDENTIALS_V2);
    const { VerifiableCredential: term } = document['@context'] as unknown as { VerifiableCredential: { '@context': string } };
    expect(term['@context']).toMatch(/^urn:uuid:[0-9a-f-]{36}:[0-9a-f]{64}$/);
    expect((await loadContext(term['@context'])).document).toHaveProperty('@context');
    const another = term['@context'].replace(/[0-9a-f]{12}:/, '000000000000:');
    await expect(loadContext(another)).rejects.toMatchObject({ code: 'CONTEXT_UNKNOWN' });
  });
});
