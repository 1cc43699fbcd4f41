import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('answers what the assertion answers as soon as it holds', async () => {
    let tries = 0;
    const third = await eventually(() => {
      if (++tries < 3) throw new Error('not yet');
      return tries;
    });
    expect(third).toBe(3);
  });

  it('passes on what the assertion said last when the time is over', async () => {
    let tries = 0;
    const never = eventually(() => Promise.reject(new Error(`no, for the time ${++tries}`)), { timeoutMs: 50 });
    await expect(never).rejects.toThrow(/^no, for the time [2-9]$/);
  });
});
