import { describe, expect, it } from '@jest/globals';
import { NotYet, patiently } from './patience.ts';

describe('patience', () => {
  it('repeats what is not ready yet until it is', async () => {
    let asked = 0;
    const answer = await patiently(() => {
      asked += 1;
      return asked < 3 ? Promise.reject(new NotYet('The fact is on its way.', 0)) : Promise.resolve('here');
    });
    expect([answer, asked]).toEqual(['here', 3]);
  });

  it('lets every other error through at once', async () => {
    let asked = 0;
    const work = () => {
      asked += 1;
      return Promise.reject(new Error('refused'));
    };
    await expect(patiently(work)).rejects.toThrow('refused');
    expect(asked).toBe(1);
  });
});
