import { describe, expect, it } from '@jest/globals';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { Filter } from '../facts/requirement.ts';
import {
  agreement,
  all,
  assigned,
  count,
  course,
  cred,
  credits,
  directAt,
  grantAt,
  held,
  manual,
  microCredential,
  sections,
  today,
} from '../testing/builders.ts';
import { checked, type RuleCase, type Setting } from '../testing/setting.ts';

const credOf = (some: Parameters<typeof cred>[2], completion: Parameters<typeof held>[1] = {}): Setting => {
  return { tree: cred('p', 'a', some), held: [held('a', completion)], placements: [directAt('p', 'a')] };
};
/** A micro-credential of the receiver itself, against a filter. */
const filtered = (from: Filter, some: Partial<MicroCredential> = {}): Setting => ({
  tree: count('p', 1, from),
  microCredentials: [microCredential({ id: 'a', issuer: 'R', subject: 'DATA', level: 200, areas: ['red', 'green'], ...some })],
  held: [held('a')],
  placements: [directAt('p', 'a')],
});
const fits = (rule: string, right: Setting, wrong: Setting): RuleCase => ({ rule, right, change: wrong, code: 'DOES_NOT_FIT' });
const waiver = agreement({ id: 't', kind: 'EXEMPTION', from: [{ microCredential: 'a' }], grants: [{ credits: 0, course: 'Y', waives: 'p' }] });
const waived: Setting = { tree: all('root', manual('p')), agreements: [waiver], held: [held('a')], placements: [grantAt('p', 't')] };
const ofCourse: Setting = { tree: course('X'), agreements: [assigned('t', 'a', 'X')], held: [held('a')], placements: [grantAt('X', 't')] };
const twins = [microCredential({ id: 'a', sameAs: 'same' }), microCredential({ id: 'b', sameAs: 'same' })];

const fitting: RuleCase[] = [
  fits('a COURSE takes a grant of that course', ofCourse, { ...ofCourse, agreements: [assigned('t', 'a', 'Y')] }),
  fits('a COURSE takes no micro-credential itself', ofCourse, { ...ofCourse, placements: [directAt('X', 'a')] }),
  fits('a CRED takes that one', credOf({}), { ...credOf({}), held: [held('b')], placements: [directAt('p', 'b')] }),
  fits(
    'a CRED takes a same one',
    { ...credOf({}), microCredentials: twins, held: [held('b')], placements: [directAt('p', 'b')] },
    {
      ...credOf({}),
      microCredentials: [],
      held: [held('b')],
      placements: [directAt('p', 'b')],
    },
  ),
  fits('a CRED asks for a grade', credOf({ minGrade: 5_000 }, { grade: 5_000 }), credOf({ minGrade: 5_000 }, { grade: 4_999 })),
  fits('a CRED asks for an age', credOf({ maxAgeMonths: 12 }), credOf({ maxAgeMonths: 11 })),
  fits('a grant with `waives` goes to that requirement only', waived, {
    ...waived,
    tree: all('root', course('Y', 'q'), manual('p')),
    placements: [grantAt('q', 't')],
  }),
  fits('a subject', filtered({ subjects: ['DATA'] }), filtered({ subjects: ['ART'] })),
  fits('what lacks a subject has none of those asked for', filtered({}, { subject: undefined }), filtered({ subjects: ['DATA'] }, { subject: undefined })),
  fits('the least level', filtered({ minLevel: 200 }), filtered({ minLevel: 201 })),
  fits('the greatest level', filtered({ maxLevel: 200 }), filtered({ maxLevel: 199 })),
  fits('what lacks a level is at none', filtered({}, { level: undefined }), filtered({ maxLevel: 199 }, { level: undefined })),
  fits('any one area', filtered({ areas: ['blue', 'green'] }), filtered({ areas: ['blue'] })),
  fits('a course', { ...ofCourse, tree: count('X', 1, { courses: ['X'] }) }, { ...ofCourse, tree: count('X', 1, { courses: ['Y'] }) }),
  fits('a micro-credential by its unit', filtered({ microCredentials: ['a'] }), filtered({ microCredentials: ['b'] })),
  fits('a grant is no micro-credential', { ...ofCourse, tree: count('X', 1) }, { ...ofCourse, tree: count('X', 1, { microCredentials: ['a'] }) }),
  fits('an issuer', filtered({ issuers: ['R'] }), filtered({ issuers: ['S'] })),
  fits('a foreign micro-credential needs a filter that asks for it', filtered({ issuers: ['S'] }, { issuer: 'S' }), filtered({}, { issuer: 'S' })),
];

const root = (...of: Parameters<typeof all>[1][]) => all('root', ...of);
const own: Filter = { issuers: ['S'] };
const two: Setting = {
  tree: root(credits('p', 300, own), credits('q', 300, own)),
  sharing: { maxUses: 2 },
  held: [held('a')],
  placements: [directAt('p', 'a'), directAt('q', 'a')],
};
const withGrant: Setting = {
  tree: root(course('X'), count('q', 1, own)),
  agreements: [assigned('t', 'a', 'X')],
  held: [held('a'), held('b')],
  placements: [grantAt('X', 't'), directAt('q', 'b')],
};
const sameCourse: Setting = {
  tree: root(course('X'), course('X', 'again')),
  agreements: [assigned('t', 'a', 'X'), assigned('u', 'b', 'X')],
  held: [held('a'), held('b')],
  placements: [grantAt('X', 't'), grantAt('again', 'u')],
};
const sharing = (maxUses: number, ...together: [string, string][]) => ({ sharing: { maxUses, together } });
const second = (code: RuleCase['code'], rule: string, right: Setting, change: Partial<Setting>): RuleCase => ({ rule, right, change, code });

const assigning: RuleCase[] = [
  second('OCCUPIED', 'a COURSE takes one piece', sameCourse, { placements: [grantAt('X', 't'), grantAt('X', 'u')] }),
  second(
    'OCCUPIED',
    'a CRED takes one piece',
    {
      tree: root(cred('p', 'a'), count('q', 1, own)),
      microCredentials: twins,
      held: [held('a'), held('c')],
      placements: [directAt('p', 'a'), directAt('q', 'c')],
    },
    {
      held: [held('a'), held('b')],
      placements: [directAt('p', 'a'), directAt('p', 'b')],
    },
  ),
  second(
    'OCCUPIED',
    'what is waived takes nothing else',
    { ...waived, tree: root(credits('p', 300, own), count('q', 1, own)), held: [held('a'), held('b')], placements: [grantAt('p', 't'), directAt('q', 'b')] },
    {
      placements: [grantAt('p', 't'), directAt('p', 'b')],
    },
  ),
  second('TOO_MANY_USES', 'a piece has one place', two, { sharing: undefined }),
  second('PLACED_TWICE', 'a pair is there once', two, { placements: [directAt('p', 'a'), directAt('p', 'a')] }),
  second('NOT_TOGETHER', 'two places of a piece may be listed', { ...two, ...sharing(2, ['q', 'p']) }, sharing(2, ['p', 'r'])),
  second('OTHER_SOURCE', 'learning counts directly or through an agreement', withGrant, { placements: [grantAt('X', 't'), directAt('q', 'a')] }),
  second(
    'OTHER_SOURCE',
    'twins count once',
    { ...two, held: [held('a'), held('b')], placements: [directAt('p', 'a'), directAt('q', 'b')] },
    { microCredentials: twins },
  ),
  second(
    'NOT_HELD',
    'what has expired is not there directly',
    { ...two, held: [held('a', { expiresOn: today + 1 }), held('b')], placements: [directAt('p', 'b'), directAt('q', 'a')] },
    {
      held: [held('a', { expiresOn: today }), held('b')],
    },
  ),
  second('UNKNOWN_PLACE', 'a place is in the tree', two, { placements: [directAt('p', 'a'), directAt('nowhere', 'a')] }),
  second('UNKNOWN_SOURCE', 'a source is in the facts', two, { placements: [directAt('p', 'a'), directAt('q', 'nothing')] }),
];

describe('what fits where', () => {
  it.each(fitting)('$rule', ({ right, change, code }) => {
    expect(checked(right)).toMatchObject({ verdict: 'COMPLETE', faults: [] });
    expect(checked({ ...right, ...change })).toMatchObject({ verdict: 'INCOMPLETE', faults: [{ code, placement: 0 }] });
  });
});

describe('an assignment', () => {
  it.each(assigning)('$rule', ({ right, change, code }) => {
    expect(checked(right)).toMatchObject({ verdict: 'COMPLETE', faults: [] });
    expect(checked({ ...right, ...change })).toMatchObject({ verdict: 'INCOMPLETE', faults: [{ code, placement: 1 }] });
  });

  it('waives no section', () => {
    const tree = sections('s', { min: 1, most: 1, each: 100, total: 100 }, { p: {} });
    expect(checked({ ...waived, tree }).faults).toEqual([{ code: 'DOES_NOT_FIT', placement: 0 }]);
  });

  it('may list three uses, of which every two are listed', () => {
    const tree = root(credits('p', 300, own), credits('q', 300, own), credits('r', 300, own));
    const thrice = { ...two, tree, placements: [...two.placements, directAt('r', 'a')] };
    expect(checked({ ...thrice, ...sharing(3, ['p', 'q'], ['q', 'r'], ['r', 'p']) })).toMatchObject({ verdict: 'COMPLETE', faults: [] });
    expect(checked({ ...thrice, ...sharing(3, ['p', 'q'], ['q', 'r']) }).faults).toEqual([{ code: 'NOT_TOGETHER', placement: 2 }]);
  });
});
