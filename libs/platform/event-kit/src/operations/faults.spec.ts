import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { faultsOf, pointerTo } from './faults.ts';
import { CalendarDate, Instant } from '../values/dates.ts';
import { HttpsUrl, isStorableText } from '../values/storable-text.ts';

const faultsIn = (schema: z.ZodType, input: unknown, prefix?: string) => {
  const { error } = schema.safeParse(input);
  return error ? faultsOf(error, input, prefix) : [];
};
const brief = (schema: z.ZodType, input: unknown, prefix?: string) => faultsIn(schema, input, prefix).map(({ pointer, code }) => `${pointer} ${code}`);

const Course = z.strictObject({
  title: z.string().min(2).max(5),
  hours: z.number().positive().max(100),
  kind: z.enum(['A', 'B']),
  page: z.url().optional(),
  parts: z.array(z.strictObject({ code: z.string().regex(/^[A-Z]+$/) })).default([]),
});

/** Resolves an RFC 6901 pointer. */
const at = (document: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((value, part) => (value as Record<string, unknown>)[part], document);

describe('faults of an input', () => {
  it('finds them all at once, each with its pointer and code', () => {
    const input = { title: 'x', hours: -1, kind: 'C', page: 'no', parts: [{ code: 'OK' }, { code: 'no' }, {}], extra: 1, 'a/b~c': 2 };
    expect(brief(Course, input)).toEqual([
      '/title TOO_SMALL',
      '/hours TOO_SMALL',
      '/kind INVALID_VALUE',
      '/page INVALID_FORMAT',
      '/parts/1/code INVALID_FORMAT',
      '/parts/2/code REQUIRED',
      '/extra UNKNOWN_PROPERTY',
      '/a~1b~0c UNKNOWN_PROPERTY',
    ]);
  });

  it.each([
    ['nothing at all', undefined, [' REQUIRED']],
    ['null', null, [' WRONG_TYPE']],
    ['a list', [], [' WRONG_TYPE']],
    ['null for a member', { title: null, hours: 1, kind: 'A' }, ['/title WRONG_TYPE']],
    ['text for a number', { title: 'abc', hours: '40', kind: 'A' }, ['/hours WRONG_TYPE']],
    ['too much', { title: 'abcdef', hours: 101, kind: 'A' }, ['/title TOO_BIG', '/hours TOO_BIG']],
    ['missing members', { title: 'abc' }, ['/hours REQUIRED', '/kind REQUIRED']],
    ['an infinite number', { title: 'abc', hours: Infinity, kind: 'A' }, ['/hours WRONG_TYPE']],
    ['no number', { title: 'abc', hours: NaN, kind: 'A' }, ['/hours WRONG_TYPE']],
  ])('says of %s what it is', (_what, input, expected) => {
    expect(brief(Course, input)).toEqual(expected);
  });

  it('says one thing once', () => {
    const Offer = z.strictObject({ from: Instant, page: HttpsUrl, day: CalendarDate });
    expect(brief(Offer, { from: 'soon', page: '\ud800', day: 'soon' })).toEqual(['/from INVALID_FORMAT', '/page INVALID_FORMAT', '/day INVALID_VALUE']);
  });

  it('puts the prefix before every pointer', () => {
    expect(brief(Course, { title: 'abc', hours: 1, kind: 'A', more: 1 }, '/data')).toEqual(['/data/more UNKNOWN_PROPERTY']);
    expect(brief(Course, 'text', '/data')).toEqual(['/data WRONG_TYPE']);
  });

  it('never repeats the value', () => {
    const secret = 'Jane-Doe-123456789';
    const faults = faultsIn(Course, { title: secret, hours: secret, kind: secret, page: secret, parts: [{ code: secret }] });
    expect(faults).toHaveLength(5);
    expect(JSON.stringify(faults)).not.toContain('Jane');
  });

  it('tells the way out of an unknown property', () => {
    expect(faultsIn(Course, { title: 'abc', hours: 1, kind: 'A', more: 1 })[0]?.hint).toContain('extensions');
  });
});

describe('pointers', () => {
  it('escape as RFC 6901 asks', () => {
    expect(pointerTo()).toBe('');
    expect(pointerTo('')).toBe('/');
    expect(pointerTo('a', 0, 'm~n', 'x/y', '~1')).toBe('/a/0/m~0n/x~1y/~01');
  });

  it('lead back to the value, whatever its name', () => {
    const name = fc.string({ unit: 'binary' }).filter((text) => isStorableText(text) && text !== '__proto__');
    fc.assert(fc.property(name, name, (outer, inner) => expect(at({ [outer]: [{ [inner]: 7 }] }, pointerTo(outer, 0, inner))).toBe(7)));
  });

  it('can always be stored, even when a property name cannot', () => {
    expect(pointerTo('a\u0000b', '\ud800')).toBe('/a\ufffdb/\ufffd');
  });
});
