import { isDeepStrictEqual } from 'node:util';
import { pointerTo } from '@mcr/event-kit';

type Schema = Readonly<Record<string, unknown>>;

/** What only explains: it may change at will. */
const ANNOTATIONS = ['title', 'description', 'default', 'examples', '$comment'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const NESTED = ['properties', 'items', 'additionalProperties', 'propertyNames', 'anyOf', 'oneOf', 'allOf', '$defs'];

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where a JSON Schema no longer keeps the promise of its released form. Events of the released form are in the logs for
 * ever and must still be read; consumers of the released form must find all that they rely on. So properties may be added
 * when they are optional, values may be added to a list, and bounds may widen: everything else is another event type.
 */
export function breakingChanges(released: unknown, current: unknown, at = ''): string[] {
  if (!isSchema(released) || !isSchema(current)) return isDeepStrictEqual(released, current) ? [] : [`${at || '/'} changed`];
  if (takesItsLeast(released, current)) return breakingChanges({ ...released, ...least(released) }, current, at);
  const keywords = new Set([...Object.keys(released), ...Object.keys(current)]);
  return [...keywords]
    .filter((keyword) => !ANNOTATIONS.includes(keyword))
    .flatMap((keyword) => compare(keyword, released[keyword], current[keyword], at + pointerTo(keyword)));
}

/** What had to be above a number may now be that number too: `exclusiveMinimum` has become `minimum`. */
const takesItsLeast = (released: Schema, current: Schema): boolean =>
  released['exclusiveMinimum'] !== undefined && released['minimum'] === undefined && current['exclusiveMinimum'] === undefined;
const least = ({ exclusiveMinimum }: Schema): Schema => ({ exclusiveMinimum: undefined, minimum: exclusiveMinimum });

function compare(keyword: string, released: unknown, current: unknown, at: string): string[] {
  if (keyword === 'properties' || keyword === '$defs') return members(released, current, at);
  if (keyword === 'required') return sameMembers(released, current) ? [] : [`${at} changed`];
  if (keyword === 'type') return [released].flat().every((type) => [current].flat().includes(type)) ? [] : [`${at} changed`];
  if (keyword === 'enum') return list(released).every((value) => list(current).includes(value)) ? [] : [`${at} lost a value`];
  if (UPPER_BOUNDS.includes(keyword)) return current === undefined || Number(current) >= Number(released) ? [] : [`${at} became narrower`];
  if (LOWER_BOUNDS.includes(keyword)) return current === undefined || Number(current) <= Number(released) ? [] : [`${at} became narrower`];
  if (NESTED.includes(keyword)) return nested(released, current, at);
  return isDeepStrictEqual(released, current) ? [] : [`${at} changed`];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const sameMembers = (one: unknown, other: unknown): boolean => isDeepStrictEqual([...list(one)].sort(), [...list(other)].sort());

/** Each released member is still there and keeps its promise; new ones may stand beside. */
function members(released: unknown, current: unknown, at: string): string[] {
  const now = isSchema(current) ? current : {};
  return Object.entries(isSchema(released) ? released : {}).flatMap(([name, schema]) =>
    name in now ? breakingChanges(schema, now[name], at + pointerTo(name)) : [`${at}${pointerTo(name)} was removed`],
  );
}

function nested(released: unknown, current: unknown, at: string): string[] {
  if (!Array.isArray(released) || !Array.isArray(current)) return breakingChanges(released, current, at);
  if (current.length < released.length) return [`${at} lost an alternative`];
  return released.flatMap((schema, index) => breakingChanges(schema, current[index], at + pointerTo(index)));
}
