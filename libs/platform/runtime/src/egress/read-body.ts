import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { EgressRefused } from './egress-refused.ts';

const unzip = promisify(gunzip);

async function received(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new EgressRefused('EGRESS_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body of an answer, decompressed. Neither what is received nor what it unpacks to is ever more than `maxBytes`. */
export async function readBody(stream: AsyncIterable<Uint8Array>, encoding: string, maxBytes: number): Promise<Uint8Array> {
  if (encoding !== '' && encoding !== 'identity' && encoding !== 'gzip') throw new EgressRefused('EGRESS_ENCODING_UNKNOWN');
  const bytes = await received(stream, maxBytes);
  if (encoding !== 'gzip') return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    throw new EgressRefused((cause as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? 'EGRESS_TOO_LARGE' : 'EGRESS_ENCODING_UNKNOWN', { cause });
  }
}
