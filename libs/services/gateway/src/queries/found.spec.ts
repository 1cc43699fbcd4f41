import { describe, expect, it } from '@jest/globals';
import DataLoader from 'dataloader';
import { allOf, found } from './found.ts';

const known = new Map([
  ['a', 'A'],
  ['b', 'B'],
]);
const registry = () => new DataLoader((ctids: readonly string[]) => Promise.resolve(ctids.map((ctid) => known.get(ctid))));
const broken = () => new DataLoader<string, string | undefined>(() => Promise.reject(new Error('The connection broke.')));

describe('What an answer names, in the registry', () => {
  it('is shown in its order, and what has not arrived there is left out where that may be', async () => {
    expect(await found(registry(), ['b', 'new', 'a'])).toEqual(['B', 'A']);
    expect(await allOf(registry(), ['b', 'a'])).toEqual(['B', 'A']);
  });

  it('is not shown with a part missing where all of it is meant', async () => {
    await expect(allOf(registry(), ['b', 'new', 'a'])).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 2 });
  });

  it('is not taken for missing when it could not be read', async () => {
    await expect(found(broken(), ['a'])).rejects.toThrow('The connection broke.');
    await expect(allOf(broken(), ['a'])).rejects.toThrow('The connection broke.');
  });
});
