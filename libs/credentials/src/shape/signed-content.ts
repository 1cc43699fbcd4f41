import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject } from '../json.ts';
import type { Rule } from './rules.ts';

/** Members that may bring a whole credential with contexts of its own (Open Badges endorsements, CLR §5, VCDM §4.13). */
const CREDENTIALS_INSIDE = ['verifiableCredential', 'endorsement'];

const KEYWORDS = new Set(['@value', '@language', '@direction', '@type', '@context']);

function* faultsAt(value: Json, pointer: string, mayHaveContext: boolean): Generator<CredentialFault> {
  if (value === null) yield fault('NOT_ALLOWED', pointer, 'A null says nothing, and no graph proof covers it.');
  else if (Array.isArray(value)) {
    if (value.length === 0) yield fault('NOT_ALLOWED', pointer, 'An empty list says nothing, and no graph proof covers it.');
    for (const [index, entry] of (value as readonly Json[]).entries()) yield* faultsAt(entry, `${pointer}/${index}`, mayHaveContext);
  } else if (isObject(value)) yield* faultsIn(value, pointer, mayHaveContext);
}

function* faultsIn(document: JsonObject, pointer: string, mayHaveContext: boolean): Generator<CredentialFault> {
  for (const [member, value] of Object.entries(document)) {
    const at = `${pointer}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (member === '@context') {
      if (!mayHaveContext) yield fault('NOT_ALLOWED', at, 'Contexts stand at the top of a credential.');
    } else if (member.startsWith('@') && !KEYWORDS.has(member)) yield fault('NOT_ALLOWED', at, 'This keyword of JSON-LD has no place in a credential.');
    else if (member !== 'proof') yield* faultsAt(value!, at, CREDENTIALS_INSIDE.includes(member));
  }
}

/**
 * What JSON-LD drops, reorders or reads otherwise than it looks is not covered by a graph proof, so somebody could add it:
 * nulls, empty lists, keywords, and contexts inside. Our own rule, for all securing mechanisms alike.
 */
export const onlySignedContent: Rule = (document) => [...faultsIn(document, '', true)];

/** A learner's record with dozens of awards stays below this; reading more as JSON-LD would take seconds. */
export const MOST_VALUES = 10_000;

function countUpTo(limit: number, value: Json | undefined): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const inner of Object.values(value) as Json[]) {
    count += countUpTo(limit - count, inner);
    if (count > limit) return count;
  }
  return count;
}

/** How many values a document has, as far as its size is limited: every member and entry, and what is in it. */
export const valuesIn = (document: JsonObject): number => countUpTo(Infinity, document);

/** Asked before everything else, so that nothing is done for a document that is too large to be done anything for. */
export const sizeFaults: Rule = (document) =>
  countUpTo(MOST_VALUES, document) > MOST_VALUES ? [fault('TOO_COMPLEX', '', `A document has at most ${MOST_VALUES.toLocaleString('en')} values.`)] : [];
