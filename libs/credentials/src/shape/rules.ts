import type { Json, JsonObject } from '../credential.ts';
import { fault, type CredentialFault } from '../faults.ts';
import { isObject, listOf } from '../json.ts';

/** One rule of a specification: everything in the document that breaks it. */
export type Rule = (document: JsonObject) => readonly CredentialFault[];

export const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';

/** An absolute URL, as VCDM 2.0 §4.4 asks of every identifier: any scheme, no space. */
export const isUrl = (value: Json | undefined): value is string =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(value) && URL.canParse(value);

/** `/member` when the member stands alone, `/member/0` … when it is a list. */
export const entriesOf = (document: JsonObject, member: string): readonly (readonly [value: Json, pointer: string])[] => {
  const value = document[member];
  return listOf(value).map((entry, index) => [entry, Array.isArray(value) ? `/${member}/${index}` : `/${member}`] as const);
};

/** A member that must not be an empty list where it stands for one or more. */
export const notEmpty = (document: JsonObject, member: string): CredentialFault[] =>
  Array.isArray(document[member]) && listOf(document[member]).length === 0 ? [fault('INVALID_VALUE', `/${member}`, 'Expected at least one value.')] : [];

/** A single URL, or nothing. */
export function idFaults(value: Json | undefined, pointer: string, isRequired = false): CredentialFault[] {
  if (value === undefined) return isRequired ? [fault('REQUIRED', pointer, 'An id is required here: a URL.')] : [];
  return isUrl(value) ? [] : [fault(typeof value === 'string' ? 'INVALID_VALUE' : 'WRONG_TYPE', pointer, 'Expected a single URL.')];
}

/** One or more terms or URLs; whether they are defined is a matter of JSON-LD. */
export function typeFaults(value: Json | undefined, pointer: string, mustInclude?: string): CredentialFault[] {
  if (value === undefined) return [fault('REQUIRED', pointer, 'A type is required here.')];
  const types = listOf(value);
  if (types.length === 0 || !types.every(isText)) return [fault('WRONG_TYPE', pointer, 'Expected one or more types, each a text.')];
  if (mustInclude !== undefined && !types.includes(mustInclude)) return [fault('INVALID_VALUE', pointer, `Expected ${mustInclude} among the types.`)];
  return [];
}

/** Objects with a type, and with an id where one is given or asked for. */
export const typedObjects =
  (member: string, { idRequired = false }: { readonly idRequired?: boolean } = {}): Rule =>
  (document) => [
    ...notEmpty(document, member),
    ...entriesOf(document, member).flatMap(([entry, pointer]) =>
      isObject(entry)
        ? [...typeFaults(entry['type'], `${pointer}/type`), ...idFaults(entry['id'], `${pointer}/id`, idRequired)]
        : [fault('WRONG_TYPE', pointer, 'Expected an object with a type.')],
    ),
  ];

const LANGUAGE_TAG = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/;
const LANGUAGE_MEMBERS = ['@value', '@language', '@direction'];

function isLanguageValue(value: Json): boolean {
  if (!isObject(value) || !Object.keys(value).every((member) => LANGUAGE_MEMBERS.includes(member))) return false;
  const { '@value': text, '@language': language, '@direction': direction } = value;
  return (
    typeof text === 'string' &&
    (language === undefined || (typeof language === 'string' && LANGUAGE_TAG.test(language))) &&
    (direction === undefined || direction === 'ltr' || direction === 'rtl')
  );
}

/** A text, or the text in languages (VCDM 2.0 §11.1). */
export const naturalTextFaults = (value: Json | undefined, pointer: string): CredentialFault[] => {
  const values = listOf(value);
  const holds = value === undefined || typeof value === 'string' || (values.length > 0 && values.every(isLanguageValue));
  return holds ? [] : [fault('WRONG_TYPE', pointer, 'Expected a text, or objects with "@value", "@language" and "@direction" alone.')];
};
