import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addProof, didDocument, didKeyMethodOf, didKeyOf, SigningKey, signJwt } from '@mcr/credentials';
import { aBadge, BCIT, history, keys, NOW, signed } from './testing/badges.ts';
import { SavedTrust } from './testing/saved-trust.ts';

let saved: SavedTrust;
beforeAll(async () => void (saved = await SavedTrust.open()));
afterAll(() => saved.close());

describe('Who it comes from', () => {
  it('is not known when no document of the DID was saved', async () => {
    const stranger = { ...aBadge(), issuer: { id: 'did:web:elsewhere.example', type: ['Profile'] } };
    const document = await addProof(stranger, { key: keys.current, verificationMethod: 'did:web:elsewhere.example#key-1', created: new Date() });
    const { code, out, verdict } = await saved.verify(JSON.stringify(document));
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toMatch(/UNKNOWN {2}proof {14}KEY_UNREACHABLE/);
  });

  it('is nobody of the registry, though the signature is good', async () => {
    const key = SigningKey.generate();
    const document = { ...aBadge(), issuer: { id: didKeyOf(key.publicKey), type: ['Profile'] } };
    const { code, out, verdict } = await saved.verify(
      JSON.stringify(await addProof(document, { key, verificationMethod: didKeyMethodOf(key.publicKey), created: new Date() })),
    );
    expect([code, verdict]).toEqual([1, 'NOT_VERIFIED']);
    expect(out).toMatch(/FAIL {5}issuer_recognised {2}ISSUER_UNKNOWN/);
  });

  it('is not known of a suspended institution: the list does not say since when', async () => {
    const { out, verdict } = await saved.verify(await signed(), await saved.savedWhile('suspended', {}, 'SUSPENDED'));
    expect(out).toMatch(/UNKNOWN {2}issuer_recognised/);
    expect(verdict).toBe('INDETERMINATE');
  });
});

describe('The key that signed', () => {
  const at = (instant: string) => new Date(instant);
  // One key was good from 2025 until 1 November 2026, when it was retired; one as long until it was stolen; today's from 2026 on.
  it.each([
    ['is in use', 'current', '2026-10-02T00:00:00Z', 'PASS OK', 'VALID'],
    ['was retired after it signed', 'retired', '2026-10-02T00:00:00Z', 'PASS KEY_RETIRED_SINCE', 'VALID'],
    ['was retired a moment after it signed', 'retired', '2026-10-31T23:59:59Z', 'PASS KEY_RETIRED_SINCE', 'VALID'],
    ['was retired when it signed', 'retired', '2026-11-01T00:00:00Z', 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    ['was retired before it signed', 'retired', '2026-11-20T00:00:00Z', 'FAIL KEY_RETIRED', 'NOT_VERIFIED'],
    ['was not in use yet', 'retired', '2024-12-31T00:00:00Z', 'FAIL KEY_NOT_ACTIVE', 'NOT_VERIFIED'],
    ['was stolen, as its proof says later', 'stolen', '2026-10-02T00:00:00Z', 'UNKNOWN KEY_WITNESS_MISSING', 'INDETERMINATE'],
    ['was stolen, as its proof says before', 'stolen', '2026-11-20T00:00:00Z', 'UNKNOWN KEY_WITNESS_MISSING', 'INDETERMINATE'],
  ] as const)('%s', async (_when, key, created, found, expected) => {
    const { code, out, verdict } = await saved.verify(await signed(aBadge(), key, at(created)));
    const [outcome, reason] = found.split(' ') as [string, string];
    expect(out).toMatch(new RegExp(`${outcome.padEnd(7)}  key_state {10}${reason}`));
    expect([code, verdict]).toEqual([expected === 'VALID' ? 0 : 1, expected]);
  });

  it('was stolen, and nobody is told that it was good by asking about a time before: who has it can write any time', async () => {
    const { out, verdict } = await saved.verify(await signed(aBadge(), 'stolen'), saved.trust, '--as-of', '2026-10-10T00:00:00Z');
    expect(out).toMatch(/UNKNOWN {2}key_state {10}KEY_WITNESS_MISSING/);
    expect(verdict).toBe('INDETERMINATE');
  });

  it('was not in use yet at the time that is asked about', async () => {
    const { out } = await saved.verify(
      await signed(aBadge({ awardedDate: '2025-06-01' }), 'current', at('2025-06-02T00:00:00Z')),
      saved.trust,
      '--as-of',
      '2025-07-01T00:00:00Z',
    );
    expect(out).toMatch(/FAIL {5}key_state {10}KEY_NOT_ACTIVE/);
  });

  it('was rotated: another has taken its place, and what it signed stays good', async () => {
    const next = { id: `${BCIT}#next`, publicKeyMultibase: SigningKey.generate().publicKey.multibase, activatedAt: '2026-11-20T00:00:00Z' };
    const rotated = history.map((key) => (key.id === `${BCIT}#current` ? { ...key, retiredAt: '2026-11-20T00:00:00Z' } : key)).concat(next);
    const pages = {
      '/institutions/BCIT/did.json': JSON.stringify(didDocument(BCIT, rotated, NOW)),
      '/institutions/BCIT/keys.json': JSON.stringify({ did: BCIT, keys: rotated }),
    };
    const dir = await saved.savedWhile('rotated', pages);
    const { out } = await saved.verify(await signed(), dir);
    expect(out).toMatch(/PASS {5}key_state {10}KEY_RETIRED_SINCE/);
    const jwt = await signJwt(aBadge(), { key: keys.current, verificationMethod: `${BCIT}#current`, created: at('2026-10-02T00:00:00Z') });
    expect((await saved.verify(jwt, dir)).out).toMatch(/PASS {5}key_state {10}KEY_RETIRED_SINCE/);
  });

  it.each(['retired', 'stolen'] as const)('is not known of a %s key in a folder without its history', async (name) => {
    const dir = await saved.savedWhile(`without-history-${name}`, {});
    const file = join(dir, 'did-documents/BCIT.json');
    const { keys: _, ...others } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    await writeFile(file, JSON.stringify(others));
    const { code, out, verdict } = await saved.verify(await signed(aBadge(), name), dir);
    expect([code, verdict]).toEqual([1, 'INDETERMINATE']);
    expect(out).toMatch(/UNKNOWN {2}key_state {10}KEY_WITNESS_MISSING/);
    expect((await saved.verify(await signed(), dir)).verdict).toBe('VALID');
  });
});
