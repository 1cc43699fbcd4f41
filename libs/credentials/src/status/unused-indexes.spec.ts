import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { LEAST_ENTRIES, roomIn } from './list-size.ts';
import { unusedIndexes } from './unused-indexes.ts';

const none = (length = LEAST_ENTRIES): Uint8Array => new Uint8Array(Math.ceil(length / 8));
const taken = (bits: Uint8Array): number[] =>
  [...bits].flatMap((byte, at) => [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => byte & (128 >> bit)).map((bit) => at * 8 + bit));

describe('Indexes of a status list', () => {
  it('are random, each in the list, and no two alike, up to three quarters of it', () => {
    const used = new Set<number>();
    let bits = none();
    while (roomIn(used.size) > 0) {
      const found = unusedIndexes(Math.min(10_000, roomIn(used.size)), { bits, used: used.size }, randomInt);
      for (const index of found.indexes) used.add(index);
      ({ bits } = found);
    }
    expect(used.size).toBe((LEAST_ENTRIES * 3) / 4);
    expect([...used].every((index) => Number.isInteger(index) && index >= 0 && index < LEAST_ENTRIES)).toBe(true);
    expect(taken(bits)).toEqual([...used].sort((a, b) => a - b));
    expect(() => unusedIndexes(1, { bits, used: used.size }, randomInt)).toThrow('The status list has room for 0 more entries, not for 1.');
  });

  it('never collide, however bad the randomness is, and the bits that were given stay as they were', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 70 }), fc.nat({ max: 99 }), (used, constant) => {
        const bits = none(100);
        for (const index of used) bits[index >> 3]! |= 128 >> (index & 7);
        const count = roomIn(used.length, 100);
        const found = unusedIndexes(count, { bits, used: used.length, length: 100 }, () => constant);
        expect(new Set([...used, ...found.indexes]).size).toBe(used.length + count);
        expect(taken(bits)).toEqual(used.toSorted((a, b) => a - b));
      }),
    );
  });

  it('say nothing about their order: the tenth part of the list that an index falls into is as likely as any other', () => {
    const { indexes } = unusedIndexes(20_000, { bits: none(), used: 0 }, randomInt);
    const tenths = new Array<number>(10).fill(0);
    for (const index of indexes) tenths[Math.floor((index * 10) / LEAST_ENTRIES)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(300);
  });
});
