import { crc32 } from 'node:zlib';
import { refuse } from '../../faults.ts';

/** A piece of a PNG file: four letters and what they hold (PNG, third edition, §5.3). */
export interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const LARGEST_FILE = 8 * 1024 * 1024;
const MOST_CHUNKS = 20_000;

export const isPng = (file: Uint8Array): boolean => SIGNATURE.equals(file.subarray(0, SIGNATURE.length));

function damaged(message: string): never {
  return refuse('PICTURE_DAMAGED', '', message);
}

/**
 * The chunks of a PNG file, whose checksums are right, from IHDR to IEND. What follows after IEND is no part of the picture and is passed over.
 * @throws CredentialRefusal
 */
export function chunksOf(file: Uint8Array): Chunk[] {
  if (file.length > LARGEST_FILE) refuse('TOO_LARGE');
  if (!isPng(file)) refuse('PICTURE_UNSUPPORTED');
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; chunks.at(-1)?.type !== 'IEND';) {
    if (chunks.length === MOST_CHUNKS) refuse('PICTURE_UNSAFE');
    if (at + 12 > bytes.length) damaged('The PNG file ends too early.');
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length) damaged('A chunk of the PNG file is longer than the file.');
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) damaged('A chunk of the PNG file has no type.');
    if (crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) damaged('The checksum of a chunk of the PNG file is wrong.');
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  if (chunks[0]!.type !== 'IHDR') damaged('The PNG file does not begin with its header.');
  return chunks;
}

function bytesOf({ type, data }: Chunk): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

export const pngOf = (chunks: readonly Chunk[]): Uint8Array => Uint8Array.from(Buffer.concat([SIGNATURE, ...chunks.map(bytesOf)]));
