import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import type { Credential } from '../facts/credential.ts';
import type { Situation } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { PlanTerms } from '../facts/question.ts';
import { Graph } from '../graph/graph.ts';
import * as make from '../testing/index.ts';
import { checkAgreement, checkAgreementAgainst } from './agreement.ts';
import { checkCredential, checkCredentialAgainst } from './credential.ts';
import type { FactFault } from './fault.ts';
import { checkMicroCredential, checkMicroCredentialAgainst } from './micro-credential.ts';
import { checkPlanTerms, checkSituation } from './question.ts';

const { all, atMost, course, cred, credits, sections, when } = make;

const one = make.microCredential({
  id: 'a',
  subject: 'ART',
  level: 100,
  areas: ['red'],
  delivery: 'ONLINE',
  region: 'NORTH',
  sameAs: 't',
  prerequisites: [['a']],
  offeredUntil: 9,
});
const agreed = make.agreement({
  id: '1',
  from: [{ microCredential: 'a', minGrade: 1, maxGrade: 2 }],
  grants: [{ course: 'X', subject: 'ART', level: 100, areas: ['red'], credits: 300, waives: 'X' }],
  validUntil: 9,
  maxAgeMonths: 6,
  requiresUnexpired: true,
  programScope: ['cert'],
  conditions: [{ declares: 'd', text: 'Declared.' }],
  capBucket: 'b',
  exclusiveGroup: 'g',
});
const certificate = make.credential(
  all(
    'root',
    course('X'),
    cred('c', 'a', { minGrade: 1, maxAgeMonths: 1 }),
    atMost('m', 1, { areas: ['red'] }, credits('n', 1, { subjects: ['ART'], minLevel: 1, maxLevel: 2, microCredentials: ['a'] })),
    sections('s', { min: 1, most: 1, each: 1, total: 1 }, { one: { issuers: ['S'], courses: ['X'] } }),
    when('i', 'd', make.distinct('k', 'TERM', 1), make.manual('l')),
  ),
  { limits: [{ id: '1', limit: 'LEVEL', min: 1, level: 2 }, { id: '2', limit: 'CAP', bucket: 'b', max: 1 }], sharing: { maxUses: 2, together: [['X', 'c']] }, validUntil: 9, earlier: [make.credential(credits('n', 1), { validFrom: -9, validUntil: 9, limits: [{ id: '1', limit: 'TOTAL', min: 1 }] })] },
); // prettier-ignore
const asked = make.situation({ held: [make.held('a', { award: '1', grade: 1, expiresOn: make.today, status: 'ACTIVE' })], planned: ['a'], declares: ['d'] });
const terms: PlanTerms = { objectives: ['COST'], budgets: { COST: 1 }, issuers: ['S'], deliveries: ['x'], regions: ['y'], forced: ['a'], forbidden: [] };

const graph = Graph.of(make.facts({ microCredentials: [one], credentials: [certificate] }));

/** A check by itself, and beside the facts only where that finds nothing, as a service asks. */
const both =
  <Fact>(check: (fact: Fact) => FactFault[], against: (graph: Graph, fact: Fact) => FactFault[]) =>
  (fact: unknown): FactFault[] => {
    const faults = check(fact as Fact);
    return faults.length > 0 ? faults : against(graph, fact as Fact);
  };

const checks: [string, unknown, (fact: unknown) => FactFault[]][] = [
  ['a micro-credential', one, both<MicroCredential>(checkMicroCredential, checkMicroCredentialAgainst)],
  ['an agreement', agreed, both<Agreement>(checkAgreement, checkAgreementAgainst)],
  ['a credential', certificate, both<Credential>(checkCredential, checkCredentialAgainst)],
  ['a situation', asked, (fact) => checkSituation(graph, fact as Situation)],
  ['the terms of a plan', terms, (fact) => checkPlanTerms(graph, fact as PlanTerms)],
];

/** The pointers of a value and of everything within it. */
function pointersIn(value: unknown, pointer = ''): string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([name, each]) => pointersIn(each, `${pointer}/${name}`))];
}

const partsOf = (pointer: string) => pointer.split('/').slice(1);
const valueAt = (fact: unknown, pointer: string): unknown => partsOf(pointer).reduce((value, part) => (value as Record<string, unknown>)[part], fact);

function withValue(fact: unknown, pointer: string, value: unknown): unknown {
  const [last, ...above] = partsOf(pointer).reverse();
  if (last === undefined) return value;
  const copy = structuredClone(fact);
  (valueAt(copy, above.reverse().map((part) => `/${part}`).join('')) as Record<string, unknown>)[last] = value;
  return copy;
} // prettier-ignore

const wrongNumbers = [NaN, Infinity, -Infinity, 0.5, -40_000_000.5, 1e308, '5', null, {}, [], true];
const wrongTexts = ['', ' ', 5, null, {}, [], false];
const wrongOthers = [null, 5, 'text', NaN];

describe.each(checks)('In %s', (_what, fact, check) => {
  it('there is nothing wrong to begin with', () => {
    expect(check(fact)).toEqual([]);
  });

  it('every value that cannot be is a fault at its place, and nothing is thrown', () => {
    for (const pointer of pointersIn(fact)) {
      const right = valueAt(fact, pointer);
      const mayBeNull = pointer.endsWith('Until');
      const wrong = typeof right === 'number' ? wrongNumbers : typeof right === 'string' ? wrongTexts : wrongOthers;
      for (const value of wrong.filter((each) => each !== right && !(mayBeNull && each === null))) {
        const places = check(withValue(fact, pointer, value)).map((each) => each.pointer);
        const isSaid = places.some((place) => place === pointer || place.startsWith(`${pointer}/`));
        expect({ pointer, value, isSaid }).toEqual({ pointer, value, isSaid: true });
      }
      expect(() => check(withValue(fact, pointer, undefined))).not.toThrow();
    }
  });
});

const real = make.readCalifornia()?.slice(0, 5);

(real ? describe : describe.skip)('In facts of real articulation (skipped where ../shared/data/articulation is not there)', () => {
  it('there is nothing wrong', () => {
    for (const college of real ?? [])
      for (const receiver of new Set(college.rows.map((row) => row.receiver))) {
        const { microCredentials, agreements, credentials } = make.californiaFacts([college], receiver);
        const faults = [...microCredentials.flatMap(checkMicroCredential), ...agreements.flatMap(checkAgreement), ...credentials.flatMap(checkCredential)];
        expect(faults).toEqual([]);
      }
  });
});
