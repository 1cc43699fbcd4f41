import { createReadStream } from 'node:fs';
import { CredentialRefusal, readBaked, type Received } from '@mcr/credentials';
import { CannotRun, reasonOf } from './cannot-run.ts';

/** The name that stands for standard input. */
export const STANDARD_INPUT = '-';

/** No picture or document above this is read by the library; of a larger file no more than this is taken in. */
const MOST_BYTES = 8 * 1024 * 1024;

async function bytesOf(chunks: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(Buffer.from(chunk as Uint8Array));
    length += chunk.length;
    if (length > MOST_BYTES) break;
  }
  return Buffer.concat(parts);
}

/** A PNG begins with a byte that begins no text; an SVG with a tag, which neither JSON nor a JWT does. */
const isPicture = (bytes: Uint8Array): boolean => /^(?:\x89PNG|(?:\xef\xbb\xbf)?\s*<)/.test(Buffer.from(bytes.subarray(0, 256)).toString('latin1'));

function bakedIn(file: string, picture: Uint8Array): string {
  try {
    return readBaked(picture);
  } catch (error) {
    if (!(error instanceof CredentialRefusal)) throw error;
    throw new CannotRun(`${file}: ${error.code}. ${error.message} Ask for the picture anew, or for the credential as JSON.`);
  }
}

/**
 * What was presented: the bytes of a file or of standard input, or what is baked into them. Whether it is a credential is still to be seen.
 * @throws CannotRun when there is nothing to verify.
 */
export async function readPresented(file: string, input: AsyncIterable<Uint8Array | string>): Promise<Received> {
  const bytes = await bytesOf(file === STANDARD_INPUT ? input : createReadStream(file)).catch((error: unknown) => {
    throw new CannotRun(`${reasonOf(error)}. Check the name: a file with a credential (JSON, a JWT, a PNG or SVG picture), or - for standard input.`);
  });
  if (bytes.length === 0) throw new CannotRun(`${file === STANDARD_INPUT ? 'Standard input' : file} is empty: there is nothing to verify.`);
  return isPicture(bytes) ? bakedIn(file, bytes) : bytes;
}
