import { gunzipSync } from 'node:zlib';
import { BitstringStatusList } from '@digitalbazaar/vc-bitstring-status-list';
import type { Json } from '../credential.ts';
import { StatusUnknown } from './status-codes.ts';

const MOST_CHARACTERS = 2_000_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Multibase: base64url without padding (§2.2). */
function compressedBytes(encoded: Json | undefined): Buffer {
  if (typeof encoded !== 'string') throw new StatusUnknown('STATUS_LIST_MALFORMED', '"encodedList" must be a text.');
  if (encoded.length > MOST_CHARACTERS) throw new StatusUnknown('STATUS_LIST_TOO_LARGE');
  const digits = encoded.slice(1);
  if (!/^u[\w-]+$/.test(encoded) || digits.length % 4 === 1)
    throw new StatusUnknown('STATUS_LIST_MALFORMED', '"encodedList" must be multibase, in base64url without padding.');
  return Buffer.from(digits, 'base64url');
}

function decompressed(compressed: Buffer): Uint8Array {
  try {
    return gunzipSync(compressed, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw new StatusUnknown('STATUS_LIST_TOO_LARGE');
    throw new StatusUnknown('STATUS_LIST_MALFORMED', '"encodedList" must be compressed with GZIP.');
  }
}

/**
 * The bits of a list (Bitstring Status List 1.0 §3.4), of which at most 8 MiB are ever decompressed.
 * @throws StatusUnknown
 */
export function expandList(encoded: Json | undefined): BitstringStatusList {
  const bytes = decompressed(compressedBytes(encoded));
  // A copy of its own: the package reads the whole buffer behind an array, and ours may be a part of a larger one.
  return new BitstringStatusList({ buffer: Uint8Array.from(bytes) });
}
