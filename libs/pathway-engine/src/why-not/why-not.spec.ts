import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import { agreement, all, assigned, course, held, situation, today } from '../testing/index.ts';
import { engineOf } from '../testing/why-not-setting.ts';
import type { WhyNotTarget } from './ask.ts';

const receiver: WhyNotTarget = { receiver: 'R' };
const cert: WhyNotTarget = { credential: 'cert' };
const at = (place: string): WhyNotTarget => ({ credential: 'cert', place });
const one = (some: Partial<Agreement> = {}, id = '1') => assigned(id, 'a', 'X', some);
const both = (id: string, some: Partial<Agreement> = {}) =>
  agreement({ id, kind: 'CLUSTER', from: [{ microCredential: 'a' }, { microCredential: 'b' }], grants: [{ course: 'X', credits: 300 }], ...some });

describe('What is held and not recognised', () => {
  it('has all reasons of one agreement at once, each with its fix', () => {
    const strict = one({ from: [{ microCredential: 'a', minGrade: 7000 }], maxAgeMonths: 6, conditions: [{ declares: 'admitted', text: 'Admitted.' }] });
    const [why] = engineOf({ agreements: [strict] }).whyNot(situation({ held: [held('a', { grade: 5000 })] }), receiver);
    expect(why!.paths).toHaveLength(1);
    expect(why!.paths[0]!.reasons.map(({ code, fix }) => [code, fix.fix])).toEqual([
      ['CONDITION_UNMET', 'DECLARE'],
      ['GRADE_BELOW_MIN', 'GRADE'],
      ['STALE_DATED', 'COMPLETE'],
    ]);
  });

  it('has several ways, the nearest first: the fewest fixes, and what the learner can do before what others would', () => {
    const ways = [
      both('far', { requiresUnexpired: true, from: [{ microCredential: 'a' }, { microCredential: 'c' }] }),
      both('cluster'),
      both('no nearer', { requiresUnexpired: true }),
      one({ validUntil: today - 500 }, 'ended'),
      one({ conditions: [{ declares: 'admitted', text: 'Admitted.' }] }, 'declared'),
    ];
    const [why] = engineOf({ agreements: ways }).whyNot(situation({ held: [held('a', { expiresOn: today })] }), receiver);
    expect(why!.paths.map((path) => path.agreement)).toEqual(['declared', 'cluster', 'ended', 'far']);
  });
});

describe('A question about what is held', () => {
  const engine = engineOf({ agreements: [one(), assigned('2', 'b', 'Y')] });
  const asked = situation({ held: [held('a'), held('b'), held('c')] });

  it('is answered for all of it, for a set, and for one', () => {
    const recognised = (items?: readonly string[]) => engine.whyNot(asked, receiver, items).map((each) => [each.microCredential, each.recognised]);
    expect(recognised()).toEqual([['a', true], ['b', true], ['c', false]]); // prettier-ignore
    expect(recognised(['c', 'a'])).toEqual([['c', false], ['a', true]]); // prettier-ignore
  });

  it('has an empty answer where it is recognised: by agreement, by its own institution, at a place, for a limit', () => {
    const own = engineOf({
      micros: [{ id: 'a', issuer: 'R' }],
      agreements: [assigned('2', 'b', 'X')],
      tree: all('root', course('X')),
      limits: [{ id: 'total', limit: 'TOTAL', min: 300 }],
    });
    const nothing = (item: string) => [{ microCredential: item, recognised: true, paths: [] }];
    expect(own.whyNot(asked, receiver, ['a'])).toEqual(nothing('a'));
    for (const target of [receiver, cert, at('root'), at('X'), at('total')]) expect(own.whyNot(asked, target, ['b'])).toEqual(nothing('b'));
  });

  it.each<[string, WhyNotTarget, string]>([
    ['a micro-credential that is not there', receiver, 'z'],
    ['a micro-credential that is not held', receiver, 'd'],
    ['a credential that is not there', { credential: 'z' }, 'a'],
    ['a place that is not there', at('z'), 'a'],
  ])('is refused about %s', (_what, target, item) => {
    expect(() => engine.whyNot(asked, target, [item])).toThrow(RangeError);
  });

  it('has the same answer again, and changes nothing', () => {
    const ask = () => engine.whyNot(asked, cert);
    const version = engine.graph.version;
    expect(ask()).toEqual(ask());
    expect(engine.graph.version).toBe(version);
  });
});
