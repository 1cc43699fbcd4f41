import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Agreement } from '../facts/agreement.ts';
import * as make from '../testing/index.ts';
import { engineOf } from '../testing/why-not-setting.ts';
import type { WhyNotTarget } from './ask.ts';

const { agreement, all, assigned, course, held, situation, today } = make;
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
    const recognised = (items?: readonly string[]) => engine.whyNot(asked, receiver, items && { items }).map((each) => [each.microCredential, each.recognised]);
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
    const nothing = (item: string) => [{ microCredential: item, recognised: true, paths: [], complete: true }];
    expect(own.whyNot(asked, receiver, { items: ['a'] })).toEqual(nothing('a'));
    for (const target of [receiver, cert, at('root'), at('X'), at('total')]) expect(own.whyNot(asked, target, { items: ['b'] })).toEqual(nothing('b'));
  });

  it.each<[string, WhyNotTarget, string]>([
    ['a micro-credential that is not there', receiver, 'z'],
    ['a micro-credential that is not held', receiver, 'd'],
    ['a credential that is not there', { credential: 'z' }, 'a'],
    ['a place that is not there', at('z'), 'a'],
  ])('is refused about %s', (_what, target, item) => {
    expect(() => engine.whyNot(asked, target, { items: [item] })).toThrow(RangeError);
  });

  it('has the answer that there is time for, and says that it is not all', () => {
    const budget = { nodes: 0, until: Infinity, now: () => 0 };
    expect(engine.whyNot(asked, receiver, { items: ['a', 'c'], budget })).toEqual([
      { microCredential: 'a', recognised: true, paths: [], complete: true },
      { microCredential: 'c', recognised: false, paths: [], complete: false },
    ]);
    expect(engine.whyNot(asked, receiver, { items: ['c'], budget: { ...budget, nodes: 1_000 } })[0]).toMatchObject({ complete: true });
    expect(engine.whyNot(asked, receiver, { items: ['c'], budget: { ...budget, nodes: 1_000, cancelled: () => true } })[0]).toMatchObject({ complete: false });
  });

  it('is answered for ten thousand that are held', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => make.microCredential({ id: `m${index}` }));
    const large = new PathwayEngine(make.facts({ microCredentials: many, agreements: many.slice(0, 5_000).map(({ id }) => assigned(id, id, 'X')) }));
    const answers = large.whyNot(situation({ held: many.map(({ id }) => held(id)) }), receiver);
    expect(answers.filter(({ recognised }) => recognised)).toHaveLength(5_000);
    expect(answers.filter(({ paths }) => paths[0]?.reasons[0]?.code === 'NO_AGREEMENT')).toHaveLength(5_000);
  });

  it('has the same answer again, and changes nothing', () => {
    const ask = () => engine.whyNot(asked, cert);
    const version = engine.graph.version;
    expect(ask()).toEqual(ask());
    expect(engine.graph.version).toBe(version);
  });
});
