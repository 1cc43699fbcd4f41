import type { Json, JsonObject } from '../credential.ts';

export type Path = readonly (string | number)[];

/** Where every member and every entry of a list stands. */
export function memberPaths(value: Json, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const keys: readonly (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) => [[...path, key], ...memberPaths((value as Record<string | number, Json>)[key]!, [...path, key])]);
}

export const memberAt = (document: Json, path: Path): Json => path.reduce<Json>((value, key) => (value as Record<string | number, Json>)[key]!, document);

/** A copy in which one member has another value, or none. */
export function withMember(document: JsonObject, path: Path, value: Json | undefined): JsonObject {
  const copy = structuredClone(document);
  const parent = memberAt(copy, path.slice(0, -1)) as unknown as Record<string | number, Json> & Json[];
  const key = path.at(-1)!;
  if (value !== undefined) parent[key as number] = value;
  else if (Array.isArray(parent)) parent.splice(key as number, 1);
  else delete parent[key as number];
  return copy;
}

const objectPaths = (document: JsonObject): readonly Path[] => [[], ...memberPaths(document).filter((path) => isObjectAt(document, path))];

const isObjectAt = (document: JsonObject, path: Path): boolean => {
  const value = memberAt(document, path);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
};

/** Another value of the same kind, near the first. */
function changed(value: Json): Json {
  if (typeof value === 'string') return /^[A-Za-z0-9]/.test(value) ? value.slice(0, -1) + (value.endsWith('0') ? '1' : '0') : `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (Array.isArray(value)) return [...(value as readonly Json[]), (value as readonly Json[])[0] ?? 'x'];
  return value === null ? 'x' : { ...(value as JsonObject), description: 'x' };
}

export interface Mutant {
  readonly what: string;
  readonly document: JsonObject;
}

const additions: readonly (readonly [string, Json])[] = [
  ['description', 'Added'],
  ['name', 'Added'],
  ['id', 'urn:uuid:added'],
  ['type', 'Added'],
  ['image', { id: 'https://attacker.example/i.png', type: 'Image' }],
  ['@index', 'added'],
  ['description', null],
  ['alignment', []],
];

/** Every document that differs from `document` by one member: changed, removed, moved into each other object nearby, or added. */
export function* mutantsOf(document: JsonObject): Generator<Mutant> {
  const objects = objectPaths(document);
  for (const path of memberPaths(document)) {
    const value = memberAt(document, path);
    yield { what: `change /${path.join('/')}`, document: withMember(document, path, changed(value)) };
    yield { what: `remove /${path.join('/')}`, document: withMember(document, path, undefined) };
    const key = path.at(-1)!;
    const target = objects.find(
      (object) => object.join('/') !== path.slice(0, -1).join('/') && !isWithin(object, path) && !(key in (memberAt(document, object) as object)),
    );
    if (typeof key === 'string' && target)
      yield { what: `move /${path.join('/')} to /${target.join('/')}`, document: withMember(withMember(document, [...target, key], value), path, undefined) };
  }
  for (const object of objects)
    for (const [member, value] of additions)
      if (JSON.stringify((memberAt(document, object) as JsonObject)[member]) !== JSON.stringify(value))
        yield { what: `add /${[...object, member].join('/')}`, document: withMember(document, [...object, member], value) };
}

const isWithin = (inner: Path, outer: Path): boolean => outer.every((key, index) => inner[index] === key);
