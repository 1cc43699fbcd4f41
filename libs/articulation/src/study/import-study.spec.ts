import { describe, expect, it } from '@jest/globals';
import { newCtid } from '@mcr/event-kit';
import { directoryOf } from '../directory.ts';
import { importStudy } from './import-study.ts';
import { type StudyRow, readStudy } from './rows.ts';

const codes = ['MATH 1', 'MATH 2', 'MATH 3', 'CS 1', 'CS 2'];
const ctids = new Map(codes.map((code) => [code, newCtid()]));
const directory = directoryOf({
  institutions: [
    { code: 'COLL', names: ['A College'] },
    { code: 'COLB', names: ['B College'] },
    { code: 'UCX', names: [] },
  ],
  microCredentials: codes.map((codedNotation) => ({
    codedNotation,
    ctid: ctids.get(codedNotation)!,
    isNonCredit: codedNotation === 'CS 2',
    offeredBy: ['COLL'],
  })),
  requirements: [],
});
const terms = { startDate: '2025-09-01', rowCredit: 'AS_SENT', program: 'Computer Science', destinationType: 'DEGREE' } as const;

const row = (receiving: string, options: string[][], changes: Partial<StudyRow> = {}): StudyRow => ({
  receiver: 'UCX',
  group: receiving,
  set: 'A',
  required: 1,
  receiving,
  options,
  ...changes,
});
const courses = { 'MATH 1': 4, 'MATH 2': 4, 'MATH 3': 3, 'CS 1': 3, 'CS 2': 3 };
const importing = (...rows: StudyRow[]) => importStudy({ colleges: [{ college: 'A College', courses, rows }] }, directory, terms);
const told = (made: ReturnType<typeof importing>['agreements']) =>
  made.map(({ kind, from, grants, priority }) => ({
    kind,
    from: codes.filter((code) => from.some(({ microCredential }) => microCredential === ctids.get(code))),
    grants: grants.map(({ course, credits }) => `${course} ${credits}`),
    ...(priority !== undefined && { priority }),
  }));

describe('rows of a study', () => {
  it('make an agreement for each list of courses', () => {
    const { agreements, listed } = importing(row('CALC 1', [['MATH 1']]), row('CALC 2', [['MATH 2', 'MATH 3']]), row('LOGIC', []));
    expect(listed).toEqual([]);
    expect(told(agreements)).toEqual([
      { kind: 'ASSIGNED', from: ['MATH 1'], grants: ['CALC 1 4'] },
      { kind: 'CLUSTER', from: ['MATH 2', 'MATH 3'], grants: ['CALC 2 7'] },
    ]);
  });

  it('that the same courses fill share what was sent', () => {
    const { agreements } = importing(row('CALC 1', [['MATH 1']]), row('CALC 2', [['MATH 1']]), row('CALC 3', [['MATH 1']]));
    expect(told(agreements)).toEqual([{ kind: 'ASSIGNED', from: ['MATH 1'], grants: ['CALC 1 1.33', 'CALC 2 1.33', 'CALC 3 1.33'] }]);
  });

  it('that share some courses get the union beside them, and priorities that put the larger and then the first one first', () => {
    const { agreements } = importing(row('CALC 1', [['MATH 1', 'MATH 2']]), row('CALC 2', [['MATH 1', 'MATH 3']]));
    expect(told(agreements)).toEqual([
      { kind: 'CLUSTER', from: ['MATH 1', 'MATH 2'], grants: ['CALC 1 8'], priority: 2 },
      { kind: 'CLUSTER', from: ['MATH 1', 'MATH 3'], grants: ['CALC 2 7'], priority: 1 },
      { kind: 'CLUSTER', from: ['MATH 1', 'MATH 2', 'MATH 3'], grants: ['CALC 1 5.5', 'CALC 2 5.5'], priority: 3 },
    ]);
  });

  it('make a pathway: every group, in it any set, of that so many rows', () => {
    const calc = { group: 'Calc', required: 2, receiving: 'CALC 1; CALC 2' };
    const { pathways } = importing(row('', [['MATH 1']], calc), row('', [['MATH 2']], calc), row('HONOURS', [['MATH 3']], { group: 'Calc', set: 'B' }));
    const set = (id: string, title: string, k: number, ...of: string[]) => ({
      node: 'K_OF',
      id,
      title,
      k,
      of: of.map((course, index) => ({ node: 'COURSE', id: `row-${id.slice(4)}-${index + 1}`, course })),
    });
    expect(pathways).toMatchObject([
      {
        ownedBy: 'UCX',
        name: { 'en-CA': 'Computer Science' },
        requirement: {
          node: 'ALL',
          of: [{ node: 'ANY', title: 'Calc', of: [set('set-1', 'A', 2, 'CALC 1; CALC 2', 'CALC 1; CALC 2 #2'), set('set-2', 'B', 1, 'HONOURS')] }],
        },
      },
    ]);
  });

  it('leave to a person what is not known, and what the rest does not need goes on', () => {
    const { agreements, listed } = importing(
      row('CALC 1', [['MATH 1'], ['MATH 9']]),
      row('CODE', [['CS 2']]),
      row('ELSEWHERE', [['CS 1']], { receiver: 'UCY' }),
    );
    expect(told(agreements)).toEqual([{ kind: 'ASSIGNED', from: ['MATH 1'], grants: ['CALC 1 4'] }]);
    expect(listed.map((each) => [each.row, each.code])).toEqual([
      [1, 'MICRO_CREDENTIAL_UNKNOWN'],
      [2, 'NON_CREDIT'],
      [3, 'INSTITUTION_UNKNOWN'],
    ]);
  });

  it('of colleges that say differently how many rows are asked for leave the pathway out', () => {
    const college = (name: string, required: number) => ({
      college: name,
      courses,
      rows: [row('X', [], { group: 'g', required }), row('Y', [], { group: 'g', required })],
    });
    const { pathways, listed } = importStudy({ colleges: [college('A College', 1), college('B College', 2)] }, directory, terms);
    expect([pathways, listed.map(({ code }) => code)]).toEqual([[], ['REQUIRED_DIFFERS']]);
  });

  it('that all hang together are left to a person when there are too many combinations', () => {
    const many = Array.from({ length: 12 }, (_, index) => `HUB ${index}`);
    const wide = directoryOf({
      institutions: [{ code: 'COLL', names: ['A College'] }, { code: 'UCX', names: [] }],
      microCredentials: ['HUB', ...many].map((codedNotation) => ({ codedNotation, ctid: newCtid(), isNonCredit: false, offeredBy: ['COLL'] })),
      requirements: [],
    }); // prettier-ignore
    const rows = many.map((course) => row(`TO ${course}`, [['HUB', course]]));
    const { agreements, listed } = importStudy({ colleges: [{ college: 'A College', courses: {}, rows }] }, wide, terms);
    expect([agreements, listed.map(({ code }) => code)]).toEqual([[], ['TOO_MANY_COMBINATIONS']]);
  });
});

describe('a file of a study', () => {
  it.each([
    ['nothing', null],
    ['another thing', { rows: [] }],
    ['no college', { colleges: [] }],
    ['negative credit', { colleges: [{ college: 'A', courses: { 'MATH 1': -4 }, rows: [] }] }],
    ['a number in words', { colleges: [{ college: 'A', courses: {}, rows: [row('X', [], { required: '1' as never })] }] }],
    ['a fraction of a row', { colleges: [{ college: 'A', courses: {}, rows: [row('X', [], { required: 1.5 })] }] }],
    ['an empty list of courses', { colleges: [{ college: 'A', courses: {}, rows: [row('X', [[]])] }] }],
  ])('is refused as a whole for %s, with the place', (_what, value) => {
    const read = readStudy(value);
    expect('faults' in read && read.faults.length > 0 && read.faults.every(({ pointer }) => typeof pointer === 'string')).toBe(true);
  });
});
