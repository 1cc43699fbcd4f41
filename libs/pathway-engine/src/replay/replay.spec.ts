import { describe, expect, it } from '@jest/globals';
import { PathwayEngine } from '../engine.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Graph } from '../graph/graph.ts';
import { alikeCertificates, chanceOf, everyAnswer, facts, howMany, microCredential, randomInstance } from '../testing/index.ts';
import type { Chance, Instance } from '../testing/index.ts';
import { canonicalText } from './canonical.ts';
import { changesBetween } from './changes.ts';

const budget = { nodes: 2_000, until: Infinity, now: () => 0 };
const seeds = Array.from({ length: howMany(8) }, (_, index) => index + 1);
const instanceOf = (seed: number): Instance =>
  seed % 2 === 0 ? alikeCertificates(seed, { candidates: 6, certificates: 1 }) : randomInstance(seed, { candidates: 5 });

const shuffled = <T>(chance: Chance, list: readonly T[]): T[] => chance.some(list, list.length);

const textsOf = (engine: PathwayEngine, { credential, situation, terms }: Omit<Instance, 'facts'>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(everyAnswer(engine, credential, situation, terms, budget)).map(([question, answer]) => [question, canonicalText(answer)]));

/** The same question as somebody else may have written it. */
function rewritten(chance: Chance, situation: Situation, terms: PlanTerms): { situation: Situation; terms: PlanTerms } {
  const reversed = <T extends object>(one: T): T => Object.fromEntries(Object.entries(one).reverse()) as T;
  const mixed = (list: readonly string[] | undefined) => list && shuffled(chance, list);
  const { issuers, deliveries, regions, forced, forbidden } = terms;
  return {
    situation: reversed({ ...situation, held: shuffled(chance, situation.held).map(reversed), declares: mixed(situation.declares) }),
    terms: reversed({
      ...terms,
      issuers: mixed(issuers),
      deliveries: mixed(deliveries),
      regions: mixed(regions),
      forced: mixed(forced),
      forbidden: mixed(forbidden),
    }),
  };
}

type Event = (graph: Graph) => void;

/** What may have happened to each fact before it was as it is: the events of each key in their order. */
function historiesOf(chance: Chance, { microCredentials, agreements, credentials }: Facts): Event[][] {
  const history = <One extends { readonly id: string }>(
    one: One,
    before: One,
    put: (graph: Graph, one: One) => void,
    remove: (graph: Graph, id: string) => void,
  ) => [
    ...(chance.is(0.4) ? [(graph: Graph) => put(graph, before)] : []),
    ...(chance.is(0.3) ? [(graph: Graph) => remove(graph, one.id)] : []),
    ...(chance.is(0.3) ? [(graph: Graph) => put(graph, before)] : []),
    (graph: Graph) => put(graph, one),
    // The same event twice.
    ...(chance.is(0.2) ? [(graph: Graph) => put(graph, one)] : []),
  ];
  return [
    ...microCredentials.map((one) =>
      history(
        one,
        { ...one, cost: 1, ...(chance.is(0.5) && { sameAs: 'what it was the same as' }), issuer: 'Q' },
        (graph, each) => graph.putMicroCredential(each),
        (graph, id) => graph.removeMicroCredential(id),
      ),
    ),
    ...agreements.map((one) =>
      history(
        one,
        { ...one, receiver: 'Q', grants: [], exclusiveGroup: 'old', from: chance.some(agreements, 1)[0]!.from },
        (graph, each) => graph.putAgreement(each),
        (graph, id) => graph.removeAgreement(id),
      ),
    ),
    ...credentials.map((one) =>
      history(
        one,
        { ...one, institution: 'Q' },
        (graph, each) => graph.putCredential(each),
        (graph, id) => graph.removeCredential(id),
      ),
    ),
  ];
}

/** Everything that happened, in an order that keeps each key's own. */
function inSomeOrder(chance: Chance, histories: readonly (readonly Event[])[]): Event[] {
  const waiting = histories.map((events) => [...events]);
  const all: Event[] = [];
  for (let open = waiting; open.length > 0; open = waiting.filter(({ length }) => length > 0)) all.push(chance.pick(open).shift()!);
  return all;
}

describe('The same facts and the same question', () => {
  it('have the same answer, whichever fact was told first and however the question was written', () => {
    for (const seed of seeds) {
      const { facts: told, ...question } = instanceOf(seed);
      const chance = chanceOf(seed);
      const mixed = {
        microCredentials: shuffled(chance, told.microCredentials),
        agreements: shuffled(chance, told.agreements),
        credentials: shuffled(chance, told.credentials),
      };
      const again = { ...question, ...rewritten(chance, question.situation, question.terms) };
      expect({ seed, ...textsOf(new PathwayEngine(mixed), again) }).toEqual({ seed, ...textsOf(new PathwayEngine(told), question) });
    }
  });

  it('have the same answer when events brought the facts, in any order that keeps each one’s, and when all is told again from the beginning', () => {
    for (const seed of seeds) {
      const { facts: told, ...question } = instanceOf(seed);
      const chance = chanceOf(seed + 1_000);
      const histories = historiesOf(chance, told);
      const expected = { seed, ...textsOf(new PathwayEngine(told), question) };
      for (let turn = 0; turn < 2; turn += 1) {
        const engine = new PathwayEngine();
        for (const event of inSomeOrder(chance, histories)) {
          event(engine.graph);
          // What was asked on the way must not be remembered where it holds no more.
          if (chance.is(0.05) && engine.graph.credentials.has(question.credential)) textsOf(engine, question);
        }
        expect({ seed, ...textsOf(engine, question) }).toEqual(expected);
      }
    }
  });

  it('have the same answer when they are asked again after others', () => {
    for (const seed of seeds) {
      const { facts: told, ...question } = instanceOf(seed);
      const engine = new PathwayEngine(told);
      const first = textsOf(engine, question);
      textsOf(engine, { ...question, terms: {}, situation: { ...question.situation, held: [] } });
      expect({ seed, ...textsOf(engine, question) }).toEqual({ seed, ...first });
    }
  });
});

describe('A canonical text', () => {
  it('does not depend on the order of properties, or on those that say nothing', () => {
    expect(canonicalText({ b: [{ y: 1, x: 2 }], a: 'é', c: undefined })).toBe('{"a":"é","b":[{"x":2,"y":1}]}');
    expect(canonicalText({ a: 'é', b: [{ x: 2, y: 1 }] })).toBe('{"a":"é","b":[{"x":2,"y":1}]}');
  });

  it('keeps the order of lists, and tells numbers apart that JSON does not have', () => {
    expect(canonicalText([2, 1])).not.toBe(canonicalText([1, 2]));
    expect(canonicalText({ bound: Infinity })).toBe('{"bound":"Infinity"}');
  });
});

describe('What changed between two answers', () => {
  it('is named fact by fact', () => {
    const [a, b] = [microCredential({ id: 'a' }), microCredential({ id: 'b' })];
    const before = facts({ microCredentials: [a, b] });
    expect(changesBetween(before, facts({ microCredentials: [b, { ...a, cost: 1 }, microCredential({ id: 'c' })] }))).toEqual([
      { fact: 'MICRO_CREDENTIAL', id: 'a', change: 'CHANGED' },
      { fact: 'MICRO_CREDENTIAL', id: 'c', change: 'ADDED' },
    ]);
    expect(changesBetween(before, facts({ microCredentials: [a] }))).toEqual([{ fact: 'MICRO_CREDENTIAL', id: 'b', change: 'REMOVED' }]);
    expect(changesBetween(before, facts({ microCredentials: [{ ...b }, { ...a }] }))).toEqual([]);
  });
});
