import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../credential.ts';
import { isObject, listOf } from '../json.ts';

const ABSOLUTE = /^(?:[A-Za-z][A-Za-z0-9+.-]*|_):[^\s]*$/;
/** May be a term where a context reads values as terms, so it stands for itself. */
const WORD = /^[@A-Za-z][\w-]{0,63}$/;
/** Members whose values decide how the rest is read. */
const LITERAL = new Set(['@context', 'type', '@type', '@language', '@direction']);

function skeleton(value: Json): string {
  if (Array.isArray(value)) return `[${[...new Set((value as readonly Json[]).map(skeleton))].sort().join()}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([member, inner]) => `${JSON.stringify(member)}:${LITERAL.has(member) ? JSON.stringify(inner) : skeleton(inner!)}`)
      .sort()
      .join()}}`;
  if (typeof value !== 'string') return value === null ? '0' : typeof value === 'number' ? '1' : '2';
  if (ABSOLUTE.test(value)) return '3';
  return value === '' || WORD.test(value) ? JSON.stringify(value) : '4';
}

/**
 * Two documents with the same skeleton are read by the same terms, so JSON-LD takes both or neither: members, types and
 * contexts are in it, and of values only what they could be. Undefined where a document defines terms itself.
 */
export function termSkeleton(document: JsonObject): string | undefined {
  const contexts = listOf(document['@context']);
  return contexts.every((context) => typeof context === 'string') ? createHash('sha256').update(skeleton(document)).digest('base64') : undefined;
}
