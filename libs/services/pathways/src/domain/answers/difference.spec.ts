import { describe, expect, it } from '@jest/globals';
import { differencesOf } from './difference.ts';

describe('The differences of two answers', () => {
  it('are none where they are equal, in whatever order their members stand', () => {
    expect(differencesOf({ a: 1, b: [{ c: null }] }, { b: [{ c: null }], a: 1 })).toEqual([]);
  });

  it('are told by pointers, with what was and what is', () => {
    expect(differencesOf({ plan: ['a', 'b'], 'a/b': 1 }, { plan: ['a', 'c', 'd'], bound: 2, 'a/b': 2 })).toEqual([
      { pointer: '/plan/1', before: '"b"', after: '"c"' },
      { pointer: '/plan/2', after: '"d"' },
      { pointer: '/a~1b', before: '1', after: '2' },
      { pointer: '/bound', after: '2' },
    ]);
  });

  it('are of the whole where one thing took the place of another', () => {
    expect(differencesOf({ totals: { cost: 1 }, plan: [] }, { totals: null, plan: {} })).toEqual([
      { pointer: '/totals', before: '{"cost":1}', after: 'null' },
      { pointer: '/plan', before: '[]', after: '{}' },
    ]);
  });
});
