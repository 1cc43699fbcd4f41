import type { Json, JsonObject } from './credential.ts';

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that may stand alone or in a list, as a list; nothing gives none. */
export const listOf = (value: Json | undefined): readonly Json[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly Json[]) : [value as Json];

/** A copy of an object without one member. */
export function without(document: JsonObject, member: string): JsonObject {
  const { [member]: _, ...rest } = document;
  return rest;
}
