import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { refuse } from '../faults.ts';
import { base58Bytes, formOf, publicKeyOf, readPublicKey, toBase58, type KeyKind, type PublicKey } from './multikey.ts';

/** PKCS #8 up to the secret itself. */
const PKCS8 = {
  Ed25519: Buffer.from('302e020100300506032b657004220420', 'hex'),
  'P-256': Buffer.from('304102010030130607' + '2a8648ce3d0201' + '06082a8648ce3d030107' + '042730250201010420', 'hex'),
} as const;

/**
 * A private key that signs. It never shows its secret when it is printed, inspected or put into JSON; only
 * `secretKeyMultibase()` gives it away, for encryption at rest.
 */
export class SigningKey {
  readonly publicKey: PublicKey;
  readonly #key: KeyObject;

  private constructor(key: KeyObject) {
    this.#key = key;
    this.publicKey = publicKeyOf(createPublicKey(key));
  }

  static generate(kind: KeyKind = 'Ed25519'): SigningKey {
    const pair = kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return new SigningKey(pair.privateKey);
  }

  /** The Ed25519 key of a seed of 32 secret bytes: the same key each time. */
  static ofSeed(seed: Uint8Array): SigningKey {
    if (seed.length !== 32) refuse('KEY_INVALID');
    return new SigningKey(createPrivateKey({ key: Buffer.concat([PKCS8.Ed25519, seed]), format: 'der', type: 'pkcs8' }));
  }

  /** Reads what `secretKeyMultibase()` gave. Refuses with KEY_INVALID, without a word about the text. */
  static fromSecretKeyMultibase(multibase: string): SigningKey {
    const bytes = base58Bytes(multibase) ?? refuse('KEY_INVALID');
    const kind = (['Ed25519', 'P-256'] as const).find((candidate) => bytes.subarray(0, 2).equals(formOf(candidate).secretPrefix)) ?? refuse('KEY_UNSUPPORTED');
    // Some software writes the seed with the public key behind it.
    const secret = bytes.subarray(2, 34);
    if (secret.length !== 32) refuse('KEY_INVALID');
    try {
      return new SigningKey(createPrivateKey({ key: Buffer.concat([PKCS8[kind], secret]), format: 'der', type: 'pkcs8' }));
    } catch {
      return refuse('KEY_INVALID');
    }
  }

  get kind(): KeyKind {
    return this.publicKey.kind;
  }

  /** Ed25519 signs the bytes themselves; P-256 their SHA-256, as 64 bytes r and s. */
  sign(bytes: Uint8Array): Buffer {
    return this.kind === 'Ed25519' ? sign(null, bytes, this.#key) : sign('sha256', bytes, { key: this.#key, dsaEncoding: 'ieee-p1363' });
  }

  /** The secret itself. Whoever calls this encrypts it before it goes anywhere. */
  secretKeyMultibase(): string {
    const { d } = this.#key.export({ format: 'jwk' });
    return toBase58(Buffer.concat([formOf(this.kind).secretPrefix, Buffer.from(d!, 'base64url')]));
  }

  toJSON(): { readonly publicKeyMultibase: string } {
    return { publicKeyMultibase: this.publicKey.multibase };
  }
}

/** Is this the signature of the bytes by that key? Never throws: a signature of the wrong length is a wrong one. */
export function isSignedBy({ key, kind }: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  return kind === 'Ed25519' ? verify(null, bytes, key, signature) : verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Proof of possession: whoever holds the private key of `publicKeyMultibase` has signed this nonce. Anything unreadable is a no. */
export function possesses(publicKeyMultibase: string, nonce: string, signatureMultibase: string): boolean {
  try {
    const signature = base58Bytes(signatureMultibase);
    return signature !== undefined && isSignedBy(readPublicKey(publicKeyMultibase), Buffer.from(nonce, 'utf8'), signature);
  } catch {
    return false;
  }
}

/** What `possesses` expects: the nonce signed, as multibase. */
export const provePossession = (key: SigningKey, nonce: string): string => toBase58(key.sign(Buffer.from(nonce, 'utf8')));
