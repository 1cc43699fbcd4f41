import { beforeEach, describe, expect, it } from '@jest/globals';
import { SpentAssertions } from './spent-assertions.ts';

describe('SpentAssertions', () => {
  let now: number;
  let spent: SpentAssertions;

  beforeEach(() => {
    now = 1_000_000;
    spent = new SpentAssertions(() => now);
  });

  it('lets the first of two users win when both looked before either wrote', async () => {
    expect(await Promise.all([spent.find('a'), spent.find('a')])).toEqual([undefined, undefined]);
    await spent.upsert('a', {}, 60);
    await expect(spent.upsert('a', {}, 60)).rejects.toMatchObject({ error: 'invalid_client' });
  });

  it('remembers an assertion to its last second', async () => {
    await spent.upsert('a', { iss: 'bcit-publisher' }, 60);
    now += 59_999;
    expect(await spent.find('a')).toEqual({ iss: 'bcit-publisher' });
    now += 1;
    expect(await spent.find('a')).toBeUndefined();
  });

  it('drops what has expired', async () => {
    for (let index = 0; index < 100; index += 1) await spent.upsert(`${index}`, {}, 60);
    now += 61_000;
    await spent.upsert('new', {}, 60);
    expect(spent.size).toBe(1);
  });
});
