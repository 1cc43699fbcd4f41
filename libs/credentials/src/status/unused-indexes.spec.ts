import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { LEAST_ENTRIES, roomIn } from './list-size.ts';
import { unusedIndexes } from './unused-indexes.ts';

describe('Indexes of a status list', () => {
  it('are random, each in the list, and no two alike, up to three quarters of it', () => {
    const used = new Set<number>();
    while (roomIn(used.size) > 0) for (const index of unusedIndexes(Math.min(10_000, roomIn(used.size)), used, randomInt)) used.add(index);
    expect(used.size).toBe((LEAST_ENTRIES * 3) / 4);
    expect([...used].every((index) => Number.isInteger(index) && index >= 0 && index < LEAST_ENTRIES)).toBe(true);
    expect(() => unusedIndexes(1, used, randomInt)).toThrow('The status list has room for 0 more entries, not for 1.');
  });

  it('never collide, however bad the randomness is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 99 }), { maxLength: 70 }), fc.nat({ max: 99 }), (used, constant) => {
        const count = roomIn(used.length, 100);
        const found = unusedIndexes(count, new Set(used), () => constant, 100);
        expect(new Set([...used, ...found]).size).toBe(used.length + count);
      }),
    );
  });

  it('say nothing about their order: the tenth part of the list that an index falls into is as likely as any other', () => {
    const found = unusedIndexes(20_000, new Set(), randomInt);
    const tenths = new Array<number>(10).fill(0);
    for (const index of found) tenths[Math.floor((index * 10) / LEAST_ENTRIES)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(300);
  });
});
