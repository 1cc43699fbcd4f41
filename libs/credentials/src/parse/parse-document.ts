import { StrictJsonError, parseStrictJson } from '@mcr/event-kit';
import type { JsonObject } from '../credential.ts';
import { CredentialRefusal, fault, refuse } from '../faults.ts';
import { isObject } from '../json.ts';

/** A record of a learner over all institutions stays below this; status lists have their own limit. */
const LARGEST_DOCUMENT = 4 * 1024 * 1024;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return refuse('NOT_UTF8');
  }
}

/**
 * Reads the bytes of a document as every reader reads them: UTF-8, no member twice, no `__proto__`, at most 32 levels,
 * no number beyond 2^53, no half of a surrogate pair. Anything else is refused with a code, in a time that does not grow
 * with the size beyond `maxBytes`.
 */
export function parseDocument(received: Uint8Array | string, { maxBytes = LARGEST_DOCUMENT }: { readonly maxBytes?: number } = {}): JsonObject {
  if (received.length > maxBytes) refuse('TOO_LARGE');
  const text = typeof received === 'string' ? received : textOf(received);
  let value: unknown;
  try {
    value = parseStrictJson(text, { portable: true });
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    throw new CredentialRefusal(fault('NOT_JSON', '', error.message));
  }
  return isObject(value) ? value : refuse('NOT_AN_OBJECT');
}
