import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { vectorKeys, vectorsAreThere } from '../testing/vectors.ts';
import { readPublicJwk, readPublicKey, type KeyKind } from './multikey.ts';
import { SigningKey, isSignedBy, possesses, provePossession } from './signing-key.ts';

const kinds: readonly KeyKind[] = ['Ed25519', 'P-256'];
const bytes = Buffer.from('to be signed');

describe('Keys', () => {
  it.each(kinds)('of %s sign, and verify only what was signed', (kind) => {
    const key = SigningKey.generate(kind);
    const signature = key.sign(bytes);
    expect(signature).toHaveLength(64);
    expect(isSignedBy(key.publicKey, bytes, signature)).toBe(true);
    expect(isSignedBy(key.publicKey, Buffer.from('to be Signed'), signature)).toBe(false);
    expect(isSignedBy(SigningKey.generate(kind).publicKey, bytes, signature)).toBe(false);
    expect(isSignedBy(key.publicKey, bytes, signature.subarray(1))).toBe(false);
  });

  it.each(kinds)('of %s come back from their multibase forms', (kind) => {
    const key = SigningKey.generate(kind);
    const again = SigningKey.fromSecretKeyMultibase(key.secretKeyMultibase());
    expect(again.publicKey.multibase).toBe(key.publicKey.multibase);
    expect(isSignedBy(readPublicKey(key.publicKey.multibase), bytes, again.sign(bytes))).toBe(true);
    expect(readPublicJwk(key.publicKey.key.export({ format: 'jwk' })).multibase).toBe(key.publicKey.multibase);
  });

  it('of a seed are the same each time, and of nothing else than 32 bytes', () => {
    const seed = Buffer.alloc(32, 7);
    expect(isSignedBy(SigningKey.ofSeed(seed).publicKey, bytes, SigningKey.ofSeed(seed).sign(bytes))).toBe(true);
    expect(SigningKey.ofSeed(Buffer.alloc(32, 8)).publicKey.multibase).not.toBe(SigningKey.ofSeed(seed).publicKey.multibase);
    for (const length of [0, 31, 33, 64]) expect(() => SigningKey.ofSeed(Buffer.alloc(length))).toThrow('The key cannot be read');
  });

  it('are written as Multikey says: z6Mk for Ed25519, zDn for P-256', () => {
    expect(SigningKey.generate('Ed25519').publicKey.multibase).toMatch(/^z6Mk/);
    expect(SigningKey.generate('P-256').publicKey.multibase).toMatch(/^zDn/);
  });

  it.each(kinds)('of %s never show their secret', (kind) => {
    const key = SigningKey.generate(kind);
    const secret = key.secretKeyMultibase();
    const shown = [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key), String(key), JSON.stringify({ ...key }), Object.keys(key).join()];
    for (const text of shown) expect(text).not.toContain(secret.slice(4, 20));
    expect(JSON.parse(JSON.stringify(key))).toEqual({ publicKeyMultibase: key.publicKey.multibase });
  });

  it.each([
    ['nothing', '', 'KEY_INVALID'],
    ['another base', 'uAAAA', 'KEY_INVALID'],
    ['letters that base 58 has not', 'z0OIl', 'KEY_INVALID'],
    ['a key cut short', 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ', 'KEY_UNSUPPORTED'],
    ['secp256k1', 'zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme', 'KEY_UNSUPPORTED'],
    ['a megabyte', `z${'6'.repeat(1_000_000)}`, 'KEY_INVALID'],
  ])('refuse %s as a public key', (_what, multibase, code) => {
    expect(() => readPublicKey(multibase)).toThrow(expect.objectContaining({ code }) as unknown as Error);
    expect(() => SigningKey.fromSecretKeyMultibase(multibase)).toThrow();
  });

  it('refuse a private JSON Web Key where a public one belongs', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' };
    expect(() => readPublicJwk(jwk)).toThrow(expect.objectContaining({ code: 'KEY_INVALID' }) as unknown as Error);
  });

  it('prove possession by a signed nonce', () => {
    const key = SigningKey.generate();
    const proof = provePossession(key, 'nonce-1');
    expect(possesses(key.publicKey.multibase, 'nonce-1', proof)).toBe(true);
    expect(possesses(key.publicKey.multibase, 'nonce-2', proof)).toBe(false);
    expect(possesses(SigningKey.generate().publicKey.multibase, 'nonce-1', proof)).toBe(false);
    expect(possesses('not a key', 'nonce-1', proof)).toBe(false);
    expect(possesses(key.publicKey.multibase, 'nonce-1', 'not a signature')).toBe(false);
  });

  (vectorsAreThere ? it : it.skip)('read the pair of the published vectors (needs ../shared/data/eddsa-vectors)', () => {
    const { publicKeyMultibase, privateKeyMultibase } = vectorKeys();
    expect(SigningKey.fromSecretKeyMultibase(privateKeyMultibase).publicKey.multibase).toBe(publicKeyMultibase);
  });
});
