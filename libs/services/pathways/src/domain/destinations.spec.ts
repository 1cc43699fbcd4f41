import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { circlesTo } from './destinations.ts';

const needed = (...ctids: string[]) => ctids.map((microCredential, at) => ({ microCredential, pointer: `/requirement/of/${at}/microCredential` }));

describe('The way to a micro-credential', () => {
  it('may lead through others, and meet again', () => {
    const ways = new Map([
      ['b', ['d', 'e']],
      ['c', ['d']],
    ]);
    expect(circlesTo('a', needed('b', 'c'), ways)).toEqual([]);
  });

  it('does not begin with itself', () => {
    expect(circlesTo('a', needed('b', 'a'), new Map())).toMatchObject([{ pointer: '/requirement/of/1/microCredential', code: 'CYCLE' }]);
  });

  it('does not lead through itself, and the circle is named by its shortest way', () => {
    const ways = new Map([
      ['b', ['c', 'd']],
      ['c', ['d']],
      ['d', ['e', 'a']],
    ]);
    const [circle] = circlesTo('a', needed('b'), ways);
    expect(circle!.message).toContain('a > b > d > a');
  });

  it('is looked at once, however many circles others have made', () => {
    const graph = fc.dictionary(fc.constantFrom(...'bcdefgh'), fc.array(fc.constantFrom(...'bcdefgh'), { maxLength: 4 }), { noNullPrototype: true });
    fc.assert(fc.property(graph, (ways) => expect(circlesTo('a', needed('b'), new Map(Object.entries(ways)))).toEqual([])));
  });
});
