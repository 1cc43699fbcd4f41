import { dayOf } from '../facts/day.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';

/** Says everything that is wrong with a value by itself. `pointer` is where the value stands. */
export type Shape = (value: unknown, pointer: string) => FactFault[];

const wrongType = (value: unknown, pointer: string, wanted: string): FactFault[] =>
  value === undefined ? fault('REQUIRED', pointer, `${wanted} is required here.`) : fault('WRONG_TYPE', pointer, `This must be ${wanted.toLowerCase()}.`);

/** An integer from `least` to `most`: NaN, infinities and fractions are none. `unit` says what is counted. */
export const integer =
  (least: number, most: number, unit: string): Shape =>
  (value, pointer) => {
    if (typeof value !== 'number') return wrongType(value, pointer, 'A number');
    if (!Number.isInteger(value)) return fault('NOT_AN_INTEGER', pointer, `${value} is no integer.`, `Say it in ${unit}, without a fraction.`);
    if (value < least) return fault('TOO_SMALL', pointer, `${value} is less than ${least}.`, `It is counted in ${unit}.`);
    return value > most ? fault('TOO_BIG', pointer, `${value} is more than ${most}.`, `It is counted in ${unit}.`) : [];
  };

export const text: Shape = (value, pointer) => {
  if (typeof value !== 'string') return wrongType(value, pointer, 'A text');
  return value.trim() === '' ? fault('TOO_SMALL', pointer, 'The text is empty.') : [];
};

export const flag: Shape = (value, pointer) => (typeof value === 'boolean' ? [] : wrongType(value, pointer, 'True or false'));

export const oneOf =
  (values: readonly string[]): Shape =>
  (value, pointer) =>
    typeof value === 'string' && values.includes(value)
      ? []
      : fault(value === undefined ? 'REQUIRED' : 'INVALID_VALUE', pointer, `It must be one of ${values.join(', ')}.`);

export const optional =
  (shape: Shape): Shape =>
  (value, pointer) =>
    value === undefined ? [] : shape(value, pointer);

export const orNull =
  (shape: Shape): Shape =>
  (value, pointer) =>
    value === null ? [] : shape(value, pointer);

interface ListTerms {
  readonly least?: number;
  readonly most?: number;
  /** What no two elements may have in common, if anything. */
  readonly distinct?: (element: never) => unknown;
}

/** A list of so many elements, each of a shape. */
export const listOf =
  (element: Shape, { least = 0, most = Infinity, distinct }: ListTerms = {}): Shape =>
  (value, pointer) => {
    if (!Array.isArray(value)) return wrongType(value, pointer, 'A list');
    const short = value.length < least ? fault('TOO_SMALL', pointer, `The list has ${value.length} elements, and needs ${least}.`) : [];
    const long = value.length > most ? fault('TOO_BIG', pointer, `The list has ${value.length} elements, and may have ${most}.`) : [];
    return [
      ...short,
      ...long,
      ...value.flatMap((each, index) => element(each, `${pointer}/${index}`)),
      ...(distinct ? repeated(value, distinct, pointer) : []),
    ];
  };

function repeated(list: readonly unknown[], keyOf: (element: never) => unknown, pointer: string): FactFault[] {
  const firstAt = new Map<unknown, number>();
  return list.flatMap((element, index) => {
    const key = element === null || element === undefined ? undefined : keyOf(element as never);
    if (key === undefined) return [];
    const first = firstAt.get(key);
    if (first === undefined) firstAt.set(key, index);
    return first === undefined
      ? []
      : fault('DUPLICATE', `${pointer}/${index}`, `${String(key)} is there already, at ${pointer}/${first}.`, 'Remove one of them.');
  });
}

/** Texts, each once. */
export const texts = (least = 0): Shape => listOf(text, { least, distinct: (one: string) => one });

/** An object with these properties; others are not looked at. */
export const shape =
  (properties: Readonly<Record<string, Shape>>): Shape =>
  (value, pointer) => {
    if (!isObject(value)) return wrongType(value, pointer, 'An object');
    return Object.entries(properties).flatMap(([name, property]) => property(value[name], `${pointer}/${name}`));
  };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether faults are only of values: then the rules between values can be asked without care for what is an object or a list. */
export const isWhole = (faults: readonly FactFault[]): boolean => faults.every(({ code }) => code !== 'WRONG_TYPE' && code !== 'REQUIRED');

export const day = integer(dayOf('1900-01-01'), dayOf('9999-12-31'), 'days since 1970-01-01');
export const credits = integer(0, 1_000_000, 'hundredths of a credit');
export const grade = integer(0, 10_000, 'hundredths of a percentage point');
export const level = integer(0, 10_000, 'levels as in course numbers');
export const months = integer(1, 12_000, 'months');
export const number = (least: number): Shape => integer(least, 10_000, 'whole ones');

/** A half-open term that has a day in it. */
export function emptyTerm(from: number, until: number | null | undefined, pointer: string): FactFault[] {
  if (until === null || until === undefined || !(until <= from)) return [];
  return fault('EMPTY_TERM', pointer, 'The term ends before it has begun: no day is in it.', 'The end is the first day after the term, and is not in it.');
}

/** A range from a least to a most. */
export function reversed(least: number | undefined, most: number | undefined, pointer: string): FactFault[] {
  const isReversed = least !== undefined && most !== undefined && least > most;
  return isReversed ? fault('RANGE_REVERSED', pointer, `The range ends at ${most}, below its beginning at ${least}.`, 'Exchange the two.') : [];
}
