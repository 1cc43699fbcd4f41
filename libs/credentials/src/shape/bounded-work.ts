import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject } from '../json.ts';
import type { Rule } from './rules.ts';
import { valuesIn } from './signed-content.ts';

/** Every object with a type may have all terms copied, those of the contexts and those that the document defines itself. */
const MOST_COPIED = 1_000_000;

/** Each value of a member is compared with all others of it. Fifty credentials for one micro-credential with fifty competencies are still read. */
const MOST_OF_A_KIND = 2_500;

/** All objects of a document, contexts aside. */
function* objectsIn(value: Json | undefined): Generator<JsonObject> {
  if (Array.isArray(value)) for (const entry of value as readonly Json[]) yield* objectsIn(entry);
  else if (isObject(value)) {
    yield value;
    for (const [member, inner] of Object.entries(value)) if (member !== '@context') yield* objectsIn(inner);
  }
}

/** How many values the contexts have that stand in a document itself, also in the credentials inside. */
function definedIn(document: JsonObject): number {
  let defined = 0;
  for (const { '@context': context } of objectsIn(document))
    for (const one of [context ?? []].flat() as readonly Json[]) if (isObject(one)) defined += valuesIn(one);
  return defined;
}

/** What is said of one thing stands together for JSON-LD, wherever it stands in the document. */
function mostOfAKind(document: JsonObject): number {
  const ofThings = new Map<string, number>();
  let most = 0;
  for (const object of objectsIn(document))
    for (const [member, value] of Object.entries(object)) {
      if (member === '@context' || !Array.isArray(value)) continue;
      const { id } = object;
      const before = typeof id === 'string' ? (ofThings.get(`${id}\n${member}`) ?? 0) : 0;
      const count = before + value.length;
      if (typeof id === 'string') ofThings.set(`${id}\n${member}`, count);
      most = Math.max(most, count);
    }
  return most;
}

/** So few values can ask for neither, whatever they are. */
const FEW = Math.sqrt(MOST_COPIED);

/**
 * The work of reading a document as JSON-LD grows with more than its size: with the terms that it defines times the objects in which they hold, and with
 * the square of what it says of one thing. Ours: a document of the size that is read may not ask for more than others of that size do.
 */
export const boundedWork: Rule = (document): CredentialFault[] => {
  const values = valuesIn(document);
  if (values <= FEW) return [];
  const copies = definedIn(document) * values > MOST_COPIED;
  const many = mostOfAKind(document) > MOST_OF_A_KIND;
  return [
    ...(copies ? [fault('TOO_COMPLEX', '/@context', 'The document defines more terms itself than are read with so many values.')] : []),
    ...(many ? [fault('TOO_COMPLEX', '', `One thing has at most ${MOST_OF_A_KIND.toLocaleString('en')} values of a kind.`)] : []),
  ];
};
