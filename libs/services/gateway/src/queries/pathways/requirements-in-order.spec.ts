import { describe, expect, it } from '@jest/globals';
import type { Requirement } from '@mcr/contracts';
import { requirementsInOrder } from './requirements-in-order.ts';

const course = (id: string): Requirement => ({ node: 'COURSE', id, course: 'DATA 101' });

describe('A tree of requirements as a list', () => {
  it('names every parent before its children, whatever holds them', () => {
    const tree: Requirement = {
      node: 'ALL',
      id: 'root',
      of: [
        { node: 'IF', id: 'if', declares: 'X', then: course('then'), otherwise: course('otherwise') },
        { node: 'AT_MOST', id: 'cap', max: 1, from: {}, within: { node: 'COUNT', id: 'count', min: 1, from: {} } },
        { node: 'K_OF', id: 'some', k: 1, of: [{ node: 'ANY', id: 'any', of: [course('a')] }] },
      ],
    };
    expect(requirementsInOrder(tree).map(({ id, parent }) => [id, parent])).toEqual([
      ['root', null],
      ['if', 'root'],
      ['then', 'if'],
      ['otherwise', 'if'],
      ['cap', 'root'],
      ['count', 'cap'],
      ['some', 'root'],
      ['any', 'some'],
      ['a', 'any'],
    ]);
  });
});
