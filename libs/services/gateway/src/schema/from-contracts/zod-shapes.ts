import { pointerTo } from '@mcr/event-kit';
import { z } from 'zod';

type Members = Readonly<Record<string, z.ZodType>>;

/** The schema inside `optional` and `default`, or behind a first look. */
export function withoutWrappers(schema: z.ZodType): z.ZodType {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodPipe) inner = inner.out as z.ZodType;
    else if (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) inner = inner.unwrap() as z.ZodType;
    else return inner;
  }
}

export const required = (schema: z.ZodType): boolean => !schema.safeParse(undefined).success;

/** The properties of an object schema; of a union of objects every property, required where each of them requires it. */
export function membersOf(schema: z.ZodType): Members | undefined {
  if (schema instanceof z.ZodLazy) return membersOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodObject) return schema.shape as Members;
  if (!(schema instanceof z.ZodUnion)) return undefined;
  const shapes = schema.options.map((option) => membersOf(option as z.ZodType) ?? {});
  const names = new Set(shapes.flatMap((shape) => Object.keys(shape)));
  return Object.fromEntries([...names].map((name) => [name, eitherOf(shapes.map((shape) => shape[name]))]));
}

function eitherOf(schemas: readonly (z.ZodType | undefined)[]): z.ZodType {
  const given = schemas.filter((schema) => schema !== undefined);
  return given.length === schemas.length ? given[0]! : given[0]!.optional();
}

/** A text by language tag, whatever its length: GraphQL cannot spell the tags, so it has names of its own for them. */
export const isLanguageMap = (schema: z.ZodType): boolean => schema instanceof z.ZodObject && 'en-CA' in schema.shape;

interface TextInLanguages {
  en: string;
  fr?: string | null;
}

/** What a caller wrote in GraphQL, as the command's schema has it: no nulls, and language maps by their tags. */
export function commandInput(wrapped: z.ZodType, value: unknown): unknown {
  const schema = withoutWrappers(wrapped);
  if (value === null || value === undefined) return undefined;
  if (isLanguageMap(schema)) {
    const { en, fr } = value as TextInLanguages;
    return { 'en-CA': en, ...(fr !== null && fr !== undefined && { 'fr-CA': fr }) };
  }
  if (schema instanceof z.ZodArray) return (value as unknown[]).map((item) => commandInput(schema.element as z.ZodType, item));
  const members = membersOf(schema);
  if (!members) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, commandInput(members[name] ?? z.unknown(), member)] as const);
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
}

const ENGLISH = pointerTo('en-CA');
const FRENCH = pointerTo('fr-CA');

/** A pointer into a command's input, as a pointer into what the caller wrote. */
export const inCallersWords = (pointer: string): string =>
  pointer.endsWith(ENGLISH) ? `${pointer.slice(0, -ENGLISH.length)}/en` : pointer.endsWith(FRENCH) ? `${pointer.slice(0, -FRENCH.length)}/fr` : pointer;
