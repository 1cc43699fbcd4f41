import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defineTopic, partitionOf } from './topic.ts';

describe('topics', () => {
  it.each(['mcr.awards.v1', 'mcr.inbound.bcit.v1', 'mcr.programs.v12'])('may be called %s', (name) => {
    expect(defineTopic({ name, partitions: 12, service: 'awards' })).toEqual({ name, partitions: 12, service: 'awards' });
  });

  it.each(['awards', 'mcr.awards', 'mcr.Awards.v1', 'mcr.awards.v0', 'mcr..v1', 'mcr.awards.v1 ', 'mcr.in_bound.v1'])('may not be called "%s"', (name) => {
    expect(() => defineTopic({ name, partitions: 1, service: 'awards' })).toThrow(TypeError);
  });

  it.each([0, -1, 1.5, Number.NaN])('may not have %p partitions', (partitions) => {
    expect(() => defineTopic({ name: 'mcr.awards.v1', partitions, service: 'awards' })).toThrow(TypeError);
  });

  it.each(['', 'Awards', 'mcr.awards'])('may not belong to a service called "%s"', (service) => {
    expect(() => defineTopic({ name: 'mcr.awards.v1', partitions: 1, service })).toThrow(TypeError);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(defineTopic({ name: 'mcr.awards.v1', partitions: 12, service: 'awards' }))).toBe(true);
  });
});

describe('the partition of a key', () => {
  it('is FNV-1a over UTF-8, so that no release moves a key', () => {
    // Published test vectors of 32-bit FNV-1a, reduced to a number that keeps them apart.
    const whole = 2 ** 32;
    expect(partitionOf('', whole)).toBe(0x811c9dc5);
    expect(partitionOf('a', whole)).toBe(0xe40c292c);
    expect(partitionOf('foobar', whole)).toBe(0xbf9cf968);
    expect(partitionOf('BCIT:2026-000017', 12)).toBe(partitionOf('BCIT:2026-000017', 12));
    expect(partitionOf('é', whole)).not.toBe(partitionOf('e', whole));
  });

  it('is a partition of the topic, whatever the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 64 }), (key, partitions) => {
        const partition = partitionOf(key, partitions);
        expect(Number.isInteger(partition) && partition >= 0 && partition < partitions).toBe(true);
      }),
    );
  });

  it('spreads keys over all partitions about evenly', () => {
    const counts = new Array<number>(12).fill(0);
    for (let number = 0; number < 12_000; number += 1) counts[partitionOf(`BCIT:BCIT-2026-${number}`, 12)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(700);
    expect(Math.max(...counts)).toBeLessThan(1300);
  });
});
