import { CREDENTIALS_V2, bundledContexts } from '../contexts/bundled.ts';
import type { Json } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject } from '../json.ts';
import type { Rule } from './rules.ts';

const importsAnother = (value: Json | undefined): boolean =>
  isObject(value)
    ? Object.entries(value).some(([member, inner]) => member === '@import' || importsAnother(inner))
    : Array.isArray(value) && value.some(importsAnother);

/** Contexts inside of a term's own definition could name a document again. */
const namesAnother = (value: Json | undefined): boolean =>
  isObject(value) &&
  Object.entries(value).some(
    ([member, inner]) =>
      (member === '@context' && (typeof inner === 'string' || (Array.isArray(inner) && inner.some((one) => typeof one === 'string')))) || namesAnother(inner),
  );

function contextFaults(context: Json, pointer: string): CredentialFault[] {
  if (typeof context === 'string') return bundledContexts.has(context) ? [] : [fault('CONTEXT_UNKNOWN', pointer)];
  if (!isObject(context)) return [fault('WRONG_TYPE', pointer, 'Expected the URL of a context, or an object that defines terms.')];
  if (importsAnother(context)) return [fault('CONTEXT_IMPORTS', pointer)];
  return namesAnother(context) ? [fault('CONTEXT_UNKNOWN', pointer, 'A term brings contexts by their URL.')] : [];
}

/** Each context is processed on top of all before it. */
const MOST_CONTEXTS = 16;

/** VCDM 2.0 §4.3: an ordered set that begins with the base context, then URLs and objects. Ours: every URL is a bundled one, and nothing is imported. */
export const contexts: Rule = (document) => {
  const value = document['@context'];
  if (value === undefined) return [fault('REQUIRED', '/@context', `Expected a list that begins with ${CREDENTIALS_V2}.`)];
  if (!Array.isArray(value)) return [fault('WRONG_TYPE', '/@context', `Expected a list that begins with ${CREDENTIALS_V2}.`)];
  const list = value as readonly Json[];
  if (list.length > MOST_CONTEXTS) return [fault('TOO_MANY', '/@context', `Expected at most ${MOST_CONTEXTS} contexts.`)];
  const first = list[0] === CREDENTIALS_V2 ? [] : [fault('INVALID_VALUE', '/@context/0', `The first context must be ${CREDENTIALS_V2}.`)];
  const texts = list.filter((context) => typeof context === 'string');
  const repeated = new Set(texts).size < texts.length ? [fault('DUPLICATE', '/@context', 'A context stands there twice.')] : [];
  return [...first, ...repeated, ...list.flatMap((context, index) => contextFaults(context, `/@context/${index}`))];
};
