import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { decode, encode } from 'base58-universal';
import { CredentialRefusal, fault, refuse } from '../faults.ts';

/** The kinds of keys that sign and verify here: Ed25519 for Data Integrity and EdDSA, P-256 for ES256. */
export type KeyKind = 'Ed25519' | 'P-256';

/** A public key, ready to verify with; `multibase` is its Multikey form (CID §2.2.2). */
export interface PublicKey {
  readonly kind: KeyKind;
  readonly multibase: string;
  readonly key: KeyObject;
}

interface Form {
  readonly kind: KeyKind;
  readonly publicPrefix: Buffer;
  readonly secretPrefix: Buffer;
  readonly publicLength: number;
  readonly spki: Buffer;
}

/** Multicodec prefixes and DER beginnings; a P-256 point is compressed. */
const forms: readonly Form[] = [
  {
    kind: 'Ed25519',
    publicPrefix: Buffer.from([0xed, 0x01]),
    secretPrefix: Buffer.from([0x80, 0x26]),
    publicLength: 32,
    spki: Buffer.from('302a300506032b6570032100', 'hex'),
  },
  {
    kind: 'P-256',
    publicPrefix: Buffer.from([0x80, 0x24]),
    secretPrefix: Buffer.from([0x86, 0x26]),
    publicLength: 33,
    spki: Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex'),
  },
];

export const formOf = (kind: KeyKind): Form => forms.find((form) => form.kind === kind)!;

/** Longer than any key or signature of these kinds: decoding base 58 takes the square of the length. */
const LONGEST_BASE58 = 128;

/** The bytes of a multibase text in base 58 (`z…`), or undefined when it is none. */
export function base58Bytes(multibase: string): Buffer | undefined {
  if (!multibase.startsWith('z') || multibase.length > LONGEST_BASE58) return undefined;
  try {
    return Buffer.from(decode(multibase.slice(1)));
  } catch {
    return undefined;
  }
}

export const toBase58 = (bytes: Uint8Array): string => `z${encode(bytes)}`;

/** Making a key object costs as much as verifying with it, and a province has few keys. */
const KEPT_KEYS = 1_000;
const kept = new Map<string, PublicKey>();

function keep(key: PublicKey): PublicKey {
  if (kept.size >= KEPT_KEYS) kept.delete(kept.keys().next().value!);
  kept.set(key.multibase, key);
  return key;
}

/** Reads a `publicKeyMultibase`. Refuses with KEY_UNSUPPORTED another kind of key, and with KEY_INVALID what is no key. */
export function readPublicKey(multibase: string): PublicKey {
  const known = kept.get(multibase);
  if (known) return known;
  const bytes = base58Bytes(multibase) ?? refuse('KEY_INVALID');
  const form = forms.find(({ publicPrefix }) => bytes.subarray(0, 2).equals(publicPrefix)) ?? refuse('KEY_UNSUPPORTED');
  if (bytes.length !== form.publicLength + 2 || toBase58(bytes) !== multibase) refuse('KEY_INVALID');
  return keep({ kind: form.kind, multibase, key: importPublicKey(Buffer.concat([form.spki, bytes.subarray(2)])) });
}

function importPublicKey(spki: Buffer): KeyObject {
  try {
    return createPublicKey({ key: spki, format: 'der', type: 'spki' });
  } catch {
    throw new CredentialRefusal(fault('KEY_INVALID'));
  }
}

/** The Multikey form of a public key that Node already holds. */
export function publicKeyOf(key: KeyObject): PublicKey {
  const { crv, x, y } = key.export({ format: 'jwk' });
  const point = Buffer.from(x ?? '', 'base64url');
  if (crv === 'Ed25519') return readPublicKey(toBase58(Buffer.concat([formOf('Ed25519').publicPrefix, point])));
  if (crv !== 'P-256') return refuse('KEY_UNSUPPORTED');
  const isOdd = Buffer.from(y ?? '', 'base64url').at(-1)! & 1;
  return readPublicKey(toBase58(Buffer.concat([formOf('P-256').publicPrefix, Buffer.from([2 + isOdd]), point])));
}

/** Reads a public JSON Web Key. A private one is refused: whoever sends one has made a mistake. */
export function readPublicJwk(jwk: JsonWebKey): PublicKey {
  if (jwk.d !== undefined) refuse('KEY_INVALID');
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    return refuse('KEY_INVALID');
  }
  return publicKeyOf(key);
}
