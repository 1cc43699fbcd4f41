import { describe, expect, it } from '@jest/globals';
import { column } from './column.ts';

const of = (...values: (string | number | Date | null | undefined)[]) => column(values, (value) => value);

describe('A column of values', () => {
  it('is an array literal', () => {
    expect(of(1, null, 2.5)).toBe('{1,NULL,2.5}');
    expect(of('a', undefined, '')).toBe('{"a",NULL,""}');
    expect(of(new Date('2026-06-15T12:00:00.001Z'))).toBe('{"2026-06-15T12:00:00.001Z"}');
  });

  it('means its values whatever characters they have', () => {
    expect(of('NULL', '{a,b}', 'say "no"', 'back\\slash')).toBe('{"NULL","{a,b}","say \\"no\\"","back\\\\slash"}');
  });

  it('is null when there is no value at all', () => expect(of(null, undefined)).toBeNull());
});
