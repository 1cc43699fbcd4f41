import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
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
});
