import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../../engine.ts';
import { alikeCertificates, alikeInstance, alikeSeveral, bruteForcePlan, bruteForceTogether, howMany, leftOut, randomInstance } from '../../testing/index.ts';
import type { Instance } from '../../testing/index.ts';
import type { CoreElement } from './elements.ts';
import { elementsOf } from './elements.ts';

const unhurried = { nodes: 1_000_000, until: Infinity, now: () => 0 };
const seeds = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

type Question = Omit<Instance, 'credential'> & { readonly credentials: readonly string[] };

/** What is wrong with the core of one question that has no plan, and which kinds of elements the core has. */
function judged(seed: number, asked: Question, hasPlan: (question: Question) => boolean, how: 'core' | 'coreAmong' = 'core') {
  const { facts, credentials, situation, terms } = asked;
  const answer = new PathwayEngine(facts)[how](credentials, situation, terms, unhurried);
  if (answer.proof !== 'IMPOSSIBLE') return { kinds: [], wrong: [{ seed, what: answer.proof }] };
  const all = elementsOf(
    facts.credentials.filter(({ id }) => credentials.includes(id)),
    terms,
    new Set(situation.declares),
  );
  const key = (one: CoreElement) => JSON.stringify(one);
  const core = new Set(answer.core.map(key));
  const rest = all.filter((one) => !core.has(key(one)));
  const wrong = [
    ...(answer.minimal ? [] : ['not minimal']),
    ...(hasPlan(leftOut(asked, rest)) ? ['there is a plan if only the core is asked for'] : []),
    ...answer.core.filter((one) => !hasPlan(leftOut(asked, [...rest, one]))).map((one) => `there is none without ${key(one)}`),
  ];
  return { kinds: answer.core.map(({ element }) => element), wrong: wrong.map((what) => ({ seed, what })) };
}

describe('The core of a question that has no plan, against trying everything', () => {
  const hasPlan = ({ facts, credentials: [credential], situation, terms }: { credentials: readonly string[] } & Omit<Instance, 'credential'>) =>
    bruteForcePlan({ facts, credential: credential!, situation, terms }) !== undefined;

  it.each([
    { what: 'much alike', make: (seed: number) => alikeInstance(seed, { candidates: 5 }), from: 10_000, least: 15 },
    { what: 'of everything that there can be', make: (seed: number) => randomInstance(seed, { candidates: 5 }), from: 20_000, least: 25 },
  ])('$what: it has no plan, and has one without any one element', ({ make, from, least }) => {
    const impossible = seeds(from, howMany(60)).flatMap((seed) => {
      const instance = make(seed);
      return bruteForcePlan(instance) ? [] : [{ seed, asked: { ...instance, credentials: [instance.credential] } }];
    });
    const found = impossible.map(({ seed, asked }) => judged(seed, asked, hasPlan));
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(found.length).toBeGreaterThan(least);
  });

  it('for whichever of several credentials', () => {
    const anyHasPlan = (question: Question) => question.credentials.some((credential) => hasPlan({ ...question, credentials: [credential] }));
    const impossible = seeds(40_000, howMany(60)).flatMap((seed) => {
      const { facts, situation, terms } = alikeCertificates(seed, { candidates: 4, certificates: 2 });
      const narrow = { ...terms, budgets: { ...terms.budgets, COUNT: seed % 3 }, forbidden: facts.microCredentials.slice(0, seed % 2).map(({ id }) => id) };
      const asked = { facts, credentials: facts.credentials.map(({ id }) => id), situation, terms: narrow };
      return anyHasPlan(asked) ? [] : [{ seed, asked }];
    });
    const found = impossible.map(({ seed, asked }) => judged(seed, asked, anyHasPlan, 'coreAmong'));
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(found.length).toBeGreaterThan(15);
    for (const kind of ['BUDGET', 'FORBIDDEN']) expect(found.flatMap(({ kinds }) => kinds)).toContain(kind);
  });

  it('for several credentials at once', () => {
    const impossible = seeds(30_000, howMany(10)).flatMap((seed) => {
      const asked = alikeSeveral(seed, { candidates: 4, certificates: 2 });
      return bruteForceTogether(asked) ? [] : [{ seed, asked }];
    });
    const found = impossible.map(({ seed, asked }) => judged(seed, asked, (question) => bruteForceTogether(question) !== undefined));
    expect(found.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(found.flatMap(({ kinds }) => kinds)).toContain('SHARE_CAP');
  });
});
