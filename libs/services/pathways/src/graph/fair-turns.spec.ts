import { describe, expect, it } from '@jest/globals';
import { FairTurns } from './fair-turns.ts';

/** Takes a turn for each asker named, in this order, and tells in which order they had them. */
async function orderOf(askers: string): Promise<string> {
  const turns = new FairTurns();
  let order = '';
  await Promise.all([...askers].map((asker) => turns.take(asker, async () => void (order += asker))));
  return order;
}

describe('Turns of many askers', () => {
  it('are taken in the order of asking by who asks alone, and by who asks once', async () => {
    expect(await orderOf('')).toBe('');
    expect(await orderOf('aaaa')).toBe('aaaa');
    expect(await orderOf('abcd')).toBe('abcd');
  });

  it('come to who asks little before who asks much has had all of theirs', async () => {
    expect(await orderOf('aaaaab')).toBe('abaaaa');
    expect(await orderOf('aaaabbc')).toBe('abcabaa');
  });

  it('are counted anew once nobody waited', async () => {
    const turns = new FairTurns();
    await turns.take('a', async () => undefined);
    await new Promise(setImmediate);
    let order = '';
    const note = (asker: string) => turns.take(asker, async () => void (order += asker));
    await Promise.all([note('a'), note('b'), note('a')]);
    expect(order).toBe('aba');
  });

  it('go on after one that failed, at once or later, and say how many wait', async () => {
    const turns = new FairTurns();
    const failing = [
      turns.take('a', () => Promise.reject(new Error('later'))),
      turns.take('a', () => {
        throw new Error('at once');
      }),
    ];
    const good = turns.take('b', async () => 'good');
    expect([turns.waiting(), turns.waiting('a'), turns.waiting('b')]).toEqual([3, 2, 1]);
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await good).toBe('good');
    await new Promise(setImmediate);
    expect(turns.waiting()).toBe(0);
  });
});
