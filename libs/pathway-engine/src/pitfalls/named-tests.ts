import type { PathwayEngine as Engine } from '../engine.ts';
import type { Facts, Situation } from '../facts/facts.ts';
import type { PlanTerms } from '../facts/question.ts';
import type { Instance } from '../testing/index.ts';
import * as make from '../testing/builders.ts';

const { agreement, all, any, assigned, count, course, cred, credential, credits, facts, held, kOf, microCredential, situation } = make;

/** What a test is given to ask: the engine and the writer of integer programs, as they are or with a fault put back. */
export interface Subject {
  readonly PathwayEngine: typeof Engine;
  readonly lpTextOf: (instance: Instance) => string;
}

/** A test of one pitfall: what must be so, what there is, and what should be there. */
export interface NamedTest {
  readonly pitfall: number;
  readonly name: string;
  readonly have: (subject: Subject) => unknown;
  readonly want: unknown;
}

const unhurried = { nodes: 100_000, until: Infinity, now: () => 0 };

function planned({ PathwayEngine }: Subject, known: Facts, terms: PlanTerms = {}, who: Situation = situation()): unknown {
  const answer = new PathwayEngine(known).cheapest('cert', who, terms, unhurried);
  return 'plan' in answer ? { proof: answer.proof, plan: answer.plan } : { proof: answer.proof };
}

const optimal = (...plan: string[]) => ({ proof: 'OPTIMAL', plan });
const verdict = ({ PathwayEngine }: Subject, known: Facts, who: Situation): string => new PathwayEngine(known).audit('cert', who).verdict;
const costing = (costs: Readonly<Record<string, number>>) => Object.entries(costs).map(([id, cost]) => microCredential({ id, cost }));
const from = (...ids: string[]) => ids.map((id) => ({ microCredential: id }));
const giving = (...courses: string[]) => courses.map((one) => ({ course: one, credits: 300 }));

const chooseTwo = facts({
  microCredentials: costing({ a: 10_000, b: 11_000, d: 13_000 }),
  agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y'), agreement({ id: '3', from: from('d'), grants: giving('Y', 'Z') })],
  credentials: [credential(kOf('root', 2, course('X'), course('Y'), course('Z')))],
});

const eitherOr = facts({
  microCredentials: costing({ a: 10_000, b: 9_000 }),
  agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y')],
  credentials: [credential(any('either', course('X'), course('Y')))],
});

const bundle = (cost: number): Facts =>
  facts({
    microCredentials: costing({ a: 10_000, b: 10_000, c: cost }),
    agreements: [agreement({ id: '1', kind: 'CLUSTER', from: from('a', 'b'), grants: giving('X') }), assigned('2', 'c', 'X')],
    credentials: [credential(course('X'))],
  });

const manyEquals = facts({
  microCredentials: costing({ e: 100, f: 100, g: 100, h: 100, i: 100 }),
  credentials: [credential(any('root', ...['i', 'g', 'e', 'h', 'f'].map((id) => cred(`leaf ${id}`, id))))],
});

const twoVersions = [assigned('older', 'a', 'X', { recordedOn: 10 }), assigned('newer', 'a', 'Y', { recordedOn: 20 })];

const resident = (requirement = course('X')) =>
  facts({
    microCredentials: [microCredential({ id: 'away', cost: 5_000 }), microCredential({ id: 'own', cost: 9_000, issuer: 'R' })],
    agreements: [assigned('1', 'away', 'X'), assigned('2', 'own', 'X', { kind: 'STACK', sender: 'R' })],
    credentials: [credential(requirement, { limits: [{ id: 'residency', limit: 'RESIDENCY', min: 300 }] })],
  });

/** Each of two demands has cheap things enough that do for it alone; one that does for both at once is cheaper than two of these. */
const usedTwice = facts({
  microCredentials: costing({ art1: 6_000, art2: 6_100, upper1: 5_000, upper2: 5_100, both: 10_000 }),
  agreements: [
    ...['art1', 'art2'].map((id) => agreement({ id, from: from(id), grants: [{ subject: 'ART', level: 100, credits: 300 }] })),
    ...['upper1', 'upper2'].map((id) => agreement({ id, from: from(id), grants: [{ subject: 'DATA', level: 200, credits: 300 }] })),
    agreement({ id: 'both', from: from('both'), grants: [{ subject: 'ART', level: 200, credits: 300 }] }),
  ],
  credentials: [credential(all('root', credits('art', 300, { subjects: ['ART'] }), credits('upper', 300, { minLevel: 200 })), { sharing: { maxUses: 2 } })],
});

const wide: Instance = {
  facts: facts({
    microCredentials: Array.from({ length: 90 }, (_, index) => microCredential({ id: `m${index}`, cost: 10_001 + index })),
    agreements: Array.from({ length: 90 }, (_, index) => assigned(`a${index}`, `m${index}`, 'X', { grants: [{ subject: 'DATA', credits: 300 }] })),
    credentials: [credential(credits('data', 600, { subjects: ['DATA'] }))],
  }),
  credential: 'cert',
  situation: situation(),
  terms: {},
};

/** One test for each pitfall that others fell into; the ninth has two. */
export const namedTests: readonly NamedTest[] = [
  {
    pitfall: 1,
    name: 'of k out of n the cheapest single choice need not be in the best one',
    have: (subject) => planned(subject, chooseTwo),
    want: optimal('d'),
  },
  { pitfall: 2, name: 'of a choice every branch is looked at, not the first one alone', have: (subject) => planned(subject, eitherOr), want: optimal('b') },
  { pitfall: 3, name: 'of a bundle all are needed, not any one', have: (subject) => planned(subject, bundle(30_000)), want: optimal('a', 'b') },
  { pitfall: 4, name: 'a bundle costs as much as all that is in it', have: (subject) => planned(subject, bundle(15_000)), want: optimal('c') },
  {
    pitfall: 5,
    name: 'of equals the same plan is the best one every time',
    have: (subject) => Array.from({ length: 6 }, () => planned(subject, manyEquals)),
    want: Array.from({ length: 6 }, () => optimal('e')),
  },
  {
    pitfall: 6,
    name: 'which agreement goes first does not depend on which came first',
    have: (subject) =>
      [twoVersions, twoVersions.toReversed()].map((agreements) => {
        const known = facts({ microCredentials: costing({ a: 1 }), agreements, credentials: [credential(course('Y'))] });
        return verdict(subject, known, situation({ held: [held('a')] }));
      }),
    want: ['COMPLETE', 'COMPLETE'],
  },
  {
    pitfall: 7,
    name: 'a count takes what others can do without, and not whatever comes first',
    have: (subject) => {
      const known = facts({
        microCredentials: costing({ a: 1, b: 1 }),
        agreements: [assigned('1', 'a', 'X'), assigned('2', 'b', 'Y')],
        credentials: [credential(all('root', count('any one', 1, { courses: ['X', 'Y'] }), course('X')))],
      });
      return verdict(subject, known, situation({ held: [held('a'), held('b')] }));
    },
    want: 'COMPLETE',
  },
  {
    pitfall: 8,
    name: 'what must come before is chosen together with what it is for',
    have: (subject) => {
      const later = microCredential({ id: 'later', cost: 100, prerequisites: [['c', 'd']] });
      const known = facts({
        microCredentials: [...costing({ c: 12_000, d: 13_000 }), later, microCredential({ id: 'b', cost: 11_000, minutes: 9_000 })],
        agreements: [assigned('1', 'later', 'X'), assigned('2', 'b', 'X')],
        credentials: [credential(course('X'))],
      });
      return planned(subject, known);
    },
    want: optimal('b'),
  },
  { pitfall: 9, name: 'what is dearer is kept where only it counts for a limit', have: (subject) => planned(subject, resident()), want: optimal('own') },
  { pitfall: 9, name: 'what is dearer is kept where it may be used twice', have: (subject) => planned(subject, usedTwice), want: optimal('both') },
  {
    pitfall: 10,
    name: 'three tenths of a credit and six tenths are nine tenths',
    have: (subject) => {
      const known = facts({
        microCredentials: costing({ a: 1, b: 1 }),
        agreements: [30, 60].map((hundredths, index) => assigned(String(index), 'ab'[index]!, 'X', { grants: [{ subject: 'DATA', credits: hundredths }] })),
        credentials: [credential(credits('data', 90, { subjects: ['DATA'] }))],
      });
      return verdict(subject, known, situation({ held: [held('a'), held('b')] }));
    },
    want: 'COMPLETE',
  },
  {
    pitfall: 11,
    name: 'a cap lessens what counts, and fails nobody for having more',
    have: (subject) => {
      const known = facts({
        microCredentials: costing({ a: 1, b: 1 }),
        agreements: [assigned('1', 'a', 'X', { capBucket: 'assessed' }), assigned('2', 'b', 'Y', { capBucket: 'assessed' })],
        credentials: [credential(all('root', course('X'), course('Y')), { limits: [{ id: 'cap', limit: 'CAP', bucket: 'assessed', max: 300 }] })],
      });
      return verdict(subject, known, situation({ held: [held('a'), held('b')] }));
    },
    want: 'COMPLETE',
  },
  {
    pitfall: 12,
    name: 'the agreement is the one of the day of completion, not of today',
    have: (subject) => {
      const known = facts({
        microCredentials: costing({ a: 1 }),
        agreements: [assigned('then', 'a', 'X', { validUntil: make.today - 30 }), assigned('now', 'a', 'Y', { validFrom: make.today - 30 })],
        credentials: [credential(course('X'))],
      });
      return verdict(subject, known, situation({ held: [held('a', { completedOn: make.today - 31 })] }));
    },
    want: 'COMPLETE',
  },
  {
    pitfall: 13,
    name: 'an integer program is written in lines that every reader can read',
    have: ({ lpTextOf }) =>
      lpTextOf(wide)
        .split('\n')
        .filter((line) => line.length > 560),
    want: [],
  },
  {
    pitfall: 14,
    name: 'what has expired is planned again where it must not have',
    have: (subject) => {
      const cluster = agreement({ id: '1', kind: 'CLUSTER', from: from('a', 'b'), grants: giving('X'), requiresUnexpired: true });
      const known = facts({ microCredentials: costing({ a: 1_000, b: 1_000 }), agreements: [cluster], credentials: [credential(course('X'))] });
      return planned(subject, known, {}, situation({ held: [held('a', { expiresOn: make.today })] }));
    },
    want: optimal('a', 'b'),
  },
];
