import { describe, expect, it } from '@jest/globals';
import { type LearnerLink, decideLink } from './decide-link.ts';

const changedAt = new Date('2026-06-01T00:00:00Z');
const link = (changes: Partial<LearnerLink>): LearnerLink => ({ learnerRef: 'ana', isLinked: true, isThisSignIn: true, version: 1, changedAt, ...changes });

describe('A sign-in', () => {
  it.each([
    ['that nobody has, of somebody without one, is linked as the first version', [], { kind: 'TO_LINK', version: 1 }],
    ['that is the learner’s already stays as it is', [link({})], { kind: 'LINKED', since: changedAt }],
    ['of somebody else is refused', [link({ learnerRef: 'bo' })], { kind: 'REFUSED', fault: expect.objectContaining({ code: 'SUBJECT_TAKEN' }) }],
    ['beside another one is refused', [link({ isThisSignIn: false })], { kind: 'REFUSED', fault: expect.objectContaining({ code: 'LEARNER_TAKEN' }) }],
    [
      'after another one that was taken back is linked as the next version',
      [link({ isLinked: false, isThisSignIn: false, version: 2 })],
      { kind: 'TO_LINK', version: 3 },
    ],
    [
      'of somebody else, for somebody with another, is refused for the sign-in',
      [link({ isThisSignIn: false }), link({ learnerRef: 'bo' })],
      { kind: 'REFUSED', fault: expect.objectContaining({ pointer: '/subject' }) },
    ],
  ])('%s', (_what, known, decision) => {
    expect(decideLink('ana', known)).toEqual(decision);
  });
});
