import { describe, expect, it } from '@jest/globals';
import { classifyDetail } from './detail.ts';

const classify = (detail: string) => classifyDetail(detail, (name) => ['UBC', 'UBCV'].includes(name.toUpperCase()));
const course = (subject: string, number: string, credits: number) => ({
  course: `${subject} ${number}`,
  subject,
  level: Number(number[0]) * 100,
  credits,
});

describe('the detail of a row', () => {
  it.each([
    ['UBC HIST 125 (3)', [course('HIST', '125', 3)]],
    ['HIST 125 (3)', [course('HIST', '125', 3)]],
    ['ubcv hist 125 (1.5).', [course('HIST', '125', 1.5)]],
    ['UBC MATH 100 (3), UBC MATH 101 (3)', [course('MATH', '100', 3), course('MATH', '101', 3)]],
    ['MATH 100 (3) & PHYS 101 (3) and CHEM 121 (4)', [course('MATH', '100', 3), course('PHYS', '101', 3), course('CHEM', '121', 4)]],
    ['MATH 100 (3) + MATH 101 (3) = 6', [course('MATH', '100', 3), course('MATH', '101', 3)]],
    ['MATH 100 (1.1); MATH 101 (2.2) (total 3.3)', [course('MATH', '100', 1.1), course('MATH', '101', 2.2)]],
  ])('%s gives courses', (detail, grants) => {
    expect(classify(detail)).toEqual({ kind: 'COURSES', grants });
  });

  it.each([
    ['FREN 1XX (3)', [{ subject: 'FREN', level: 100, credits: 3 }]],
    ['UBC FREN 2xx (3)', [{ subject: 'FREN', level: 200, credits: 3 }]],
    ['ARTS 1st (6)', [{ subject: 'ARTS', level: 100, credits: 6 }]],
    ['ARTS 2nd year (3), FREN 1XX (3)', [{ subject: 'ARTS', level: 200, credits: 3 }, { subject: 'FREN', level: 100, credits: 3 }]], // prettier-ignore
  ])('%s gives credit of a subject', (detail, grants) => {
    expect(classify(detail)).toEqual({ kind: 'SUBJECT_CREDIT', grants });
  });

  it.each([
    ['Individual assessment', { kind: 'INDIVIDUAL_ASSESSMENT' }],
    ['NO CREDIT', { kind: 'NO_CREDIT' }],
    ['No transfer credit.', { kind: 'NO_CREDIT' }],
    ['exempt LING 311', { kind: 'EXEMPTION', courses: [{ subject: 'LING', course: 'LING 311' }] }],
    ['Exemption from UBC LING 311 and LING 312', { kind: 'EXEMPTION', courses: [{ subject: 'LING', course: 'LING 311' }, { subject: 'LING', course: 'LING 312' }] }], // prettier-ignore
  ])('%s is understood', (detail, expected) => {
    expect(classify(detail)).toEqual(expected);
  });

  it.each([
    ['HIST 125 (3) or HIST 126 (3)', 'ALTERNATIVES'],
    ['either HIST 125 (3)', 'ALTERNATIVES'],
    ['HIST 125/126 (3)', 'ALTERNATIVES'],
    ['HIST 125', 'CREDIT_MISSING'],
    ['HIST 125 (0)', 'CREDIT_MISSING'],
    ['HIST 125 (3) & HIST 126', 'CREDIT_MISSING'],
    ['MATH 100 (3) + MATH 101 (3) = 7', 'TOTAL_DIFFERS'],
    ['MATH 100 (3), MATH 101 (3) total 5 credits', 'TOTAL_DIFFERS'],
    ['SFU HIST 125 (3)', 'OTHER_RECEIVER'],
    ['exempt SFU LING 311', 'OTHER_RECEIVER'],
    ['HIST 125 (3), FREN 1XX (3)', 'MIXED_KINDS'],
    ['HIST 125 (3); exempt HIST 126', 'MIXED_KINDS'],
    ['HIST 125 (3) & 126 (3)', 'DETAIL_UNCLEAR'],
    ['MATH 0XX (3)', 'DETAIL_UNCLEAR'],
    ['MATH 0th year (3)', 'DETAIL_UNCLEAR'],
    ['HIST 125 (3), HIST 125 (3)', 'DETAIL_UNCLEAR'],
    ['HIST 125 (3,0)', 'DETAIL_UNCLEAR'],
    ['HIST 125 (1/2)', 'ALTERNATIVES'],
    ['HIST 125 (-3)', 'DETAIL_UNCLEAR'],
    ['HIST 125 (3e9)', 'DETAIL_UNCLEAR'],
    ['HIST 125 (3.001)', 'DETAIL_UNCLEAR'],
    ['exempt', 'MIXED_KINDS'],
    ['exempt from the language requirement', 'DETAIL_UNCLEAR'],
    ['No credit if HIST 125 taken', 'DETAIL_UNCLEAR'],
    ['See department', 'DETAIL_UNCLEAR'],
    ['=HYPERLINK("http://x")', 'ALTERNATIVES'],
    ['=SUM(A1)', 'DETAIL_UNCLEAR'],
    ['', 'DETAIL_UNCLEAR'],
    ['((((((((((', 'DETAIL_UNCLEAR'],
  ])('%s is left to a person', (detail, code) => {
    expect(classify(detail)).toMatchObject({ kind: 'UNCLEAR', code });
  });

  it('is read in no time, however it is made', () => {
    for (const piece of ['A', ' ', 'and ', '(3) & ', 'HIST 125 (3), ', '=1', 'total ', '1st ']) {
      expect(classify(piece.repeat(20_000))).toBeDefined();
    }
  });
});
