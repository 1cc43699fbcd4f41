import { describe, expect, it } from '@jest/globals';
import type { Agreement } from '../facts/agreement.ts';
import type { Limit } from '../facts/credential.ts';
import { dayOf } from '../facts/day.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Filter, Requirement } from '../facts/requirement.ts';
import * as make from '../testing/builders.ts';
import { checked, type RuleCase, type Setting } from '../testing/setting.ts';

const own: Filter = { issuers: ['R', 'S'] };
const { atMost, count, credits, directAt, distinct, grantAt, held, microCredential } = make;

/** Pieces a, b and c, all in one leaf `p` unless said otherwise; each of the three with what is said of it. */
const pieces = (tree: Requirement, some: readonly Partial<MicroCredential>[] = [], places: readonly string[] = ['p', 'p', 'p']): Setting => ({
  tree,
  microCredentials: ['a', 'b', 'c'].map((id, index) => microCredential({ id, ...some[index] })),
  held: places.map((_place, index) => held(['a', 'b', 'c'][index]!)),
  placements: places.map((place, index) => directAt(place, ['a', 'b', 'c'][index]!)),
});
const rule = (text: string, right: Setting, wrong: Partial<Setting>): RuleCase => ({ rule: text, right, change: wrong });
const inTree = (text: string, right: Requirement, wrong: Requirement, some: readonly Partial<MicroCredential>[] = [], places?: readonly string[]) =>
  rule(text, pieces(right, some, places), { tree: wrong });

const red: Filter = { areas: ['red'] };
const coloured = [{ areas: ['red'] }, { areas: ['red', 'green'] }, { areas: ['green'] }];
const nested = (outer: number, inner: number) => atMost('m', outer, {}, atMost('n', inner, red, credits('p', 600, own)));
const halves: Readonly<Record<string, Filter>> = { p: own, q: own };
const sectionsOf = (min: number, most: number, each: number, total: number) => make.sections('s', { min, most, each, total }, halves);
const [left, right] = [count('p', 1, own), count('q', 1, own)];
const days = ['2025-04-30', '2025-05-01', '2025-08-31'].map(dayOf);
const inTerms = (min: number): Setting => {
  return { ...pieces(distinct('p', 'TERM', min, own)), held: ['a', 'b', 'c'].map((id, index) => held(id, { completedOn: days[index] })) };
};

const values: RuleCase[] = [
  inTree('CREDITS counts credit', credits('p', 900, own), credits('p', 901, own)),
  inTree('COUNT counts pieces', count('p', 3, own), count('p', 4, own)),
  inTree('DISTINCT counts subjects, and none for a piece without', distinct('p', 'SUBJECT', 2, own), distinct('p', 'SUBJECT', 3, own), [
    { subject: 'X' },
    { subject: 'Y' },
  ]),
  inTree('DISTINCT counts every area of a piece', distinct('p', 'AREA', 2, own), distinct('p', 'AREA', 3, own), [{ areas: ['red', 'green'] }]),
  rule('DISTINCT counts terms, which begin in May and September', inTerms(2), inTerms(3)),
  inTree('AT_MOST limits credit of what it takes', atMost('m', 300, red, credits('p', 600, own)), atMost('m', 299, red, credits('p', 600, own)), coloured),
  inTree('AT_MOST limits pieces of what it takes', atMost('m', 1, red, count('p', 2, own)), atMost('m', 0, red, count('p', 2, own)), coloured),
  inTree('a piece belongs to the innermost AT_MOST', nested(300, 300), nested(600, 299), coloured),
  inTree('and not to those around', nested(300, 600), nested(0, 599), coloured),
  inTree('SECTIONS asks so many sections for so much', sectionsOf(2, 2, 300, 0), sectionsOf(2, 2, 301, 0), [], ['p', 'p', 'q']),
  inTree('SECTIONS counts the largest', sectionsOf(0, 1, 0, 600), sectionsOf(0, 1, 0, 601), [], ['p', 'p', 'q']),
];

const structure: RuleCase[] = [
  inTree('ALL', make.all('root', left), make.all('root', left, right), [], ['p']),
  rule('ANY', pieces(make.any('root', right, left), [], ['p']), { placements: [] }),
  inTree('K_OF', make.kOf('root', 1, right, left), make.kOf('root', 2, right, left), [], ['p']),
];

const branch = make.when('i', 'member', left, count('q', 1, own));
structure.push(
  rule('IF asks the one branch of who declares', { ...pieces(branch, [], ['p']), declares: ['member'] }, { declares: [] }),
  rule('IF asks the other branch of others', pieces(branch, [], ['q']), { declares: ['member'] }),
  rule('IF without another branch asks nothing of others', { ...pieces(make.when('i', 'member', left), [], []) }, { declares: ['member'] }),
);

const limited = (text: string, holds: Limit, fails: Limit, some: readonly Partial<MicroCredential>[] = []): RuleCase =>
  rule(text, { ...pieces(count('p', 1, own), some), limits: [holds] }, { limits: [fails] });
const granted = (some: Partial<Agreement>, ...limits: Limit[]): Setting => ({
  tree: make.all('root', count('p', 1, own)),
  agreements: [
    make.agreement({
      id: 't',
      from: [{ microCredential: 'a' }],
      grants: [
        { credits: 300, level: 200 },
        { credits: 300, level: 200 },
      ],
      ...some,
    }),
  ],
  held: [held('a')],
  placements: [grantAt('p', 't', 0), grantAt('p', 't', 1)],
  limits,
});
const total = (min: number): Limit => ({ id: 'l', limit: 'TOTAL', min });
const level = (min: number): Limit => ({ id: 'l', limit: 'LEVEL', min, level: 200 });
const residency = (min: number): Limit => ({ id: 'l', limit: 'RESIDENCY', min });
const cap: Limit = { id: 'c', limit: 'CAP', bucket: 'x', max: 400 };
const gpa: Limit = { id: 'l', limit: 'GPA', min: 7_000 };
const grades = (a: number, b: number) => [held('a', { grade: a }), held('b', { grade: b }), held('c')];
const twice = (min: number): Setting => ({
  ...pieces(make.all('root', left, right), [], ['p']),
  placements: [directAt('p', 'a'), directAt('q', 'a')],
  sharing: { maxUses: 2 },
  limits: [total(min)],
});

const limits: RuleCase[] = [
  limited('TOTAL counts all', total(900), total(901)),
  limited('LEVEL counts that level and above', level(600), level(601), [{ level: 200 }, { level: 300 }, { level: 199 }]),
  limited('RESIDENCY counts the institution’s own', residency(300), residency(301), [{ issuer: 'R' }]),
  rule('RESIDENCY does not count assessed learning', granted({ sender: 'R' }, residency(600)), granted({ sender: 'R', kind: 'PLAR' }, residency(1))),
  rule('CAP limits within TOTAL', granted({ capBucket: 'x' }, cap, total(400)), granted({ capBucket: 'x' }, cap, total(401))),
  rule('CAP limits within LEVEL', granted({ capBucket: 'x' }, cap, level(400)), granted({ capBucket: 'x' }, cap, level(401))),
  rule(
    'CAP limits within RESIDENCY',
    granted({ capBucket: 'x', sender: 'R' }, cap, residency(400)),
    granted({ capBucket: 'x', sender: 'R' }, cap, residency(401)),
  ),
  rule('CAP leaves other buckets alone', granted({ capBucket: 'y' }, cap, total(600)), granted({ capBucket: 'x' }, cap, total(600))),
  rule('a piece with two places counts once', twice(300), twice(301)),
  rule('GPA is of what has a grade, by credit', { ...pieces(count('p', 1, own)), held: grades(8_000, 6_000), limits: [gpa] }, { held: grades(8_000, 5_999) }),
];

describe('values, structure and limits', () => {
  it.each([...values, ...structure, ...limits])('$rule', ({ right: holds, change }) => {
    expect(checked(holds)).toMatchObject({ verdict: 'COMPLETE', faults: [] });
    expect(checked({ ...holds, ...change })).toMatchObject({ verdict: 'INCOMPLETE', faults: [] });
  });

  it('says what there is and what is needed', () => {
    const { values: measured, credits: sums } = checked(pieces(make.all('root', credits('p', 1_000, own)), [{ issuer: 'R' }]));
    expect(measured).toEqual({ root: { met: false, have: 0, need: 1 }, p: { met: false, have: 900, need: 1_000 } });
    expect(sums).toEqual({ placed: 900, total: 900, resident: 300 });
  });

  it('leaves MANUAL to a person', () => {
    expect(checked(pieces(make.all('root', left, make.manual('m')), [], ['p'])).verdict).toBe('COMPLETE_EXCEPT_MANUAL');
  });

  it.each(['s', 'p', 'root'])('counts a waived %s as met', (waives) => {
    const tree = make.all('root', make.kOf('s', 2, credits('p', 300, own)));
    const waiver = make.agreement({ id: 't', from: [{ microCredential: 'a' }], grants: [{ credits: 0, waives }] });
    const verdict = checked({ tree, agreements: [waiver], held: [held('a')], placements: [grantAt(waives, 't')] }).verdict;
    expect(verdict).toBe(waives === 'p' ? 'INCOMPLETE' : 'COMPLETE');
  });
});
