import { describe, expect, it } from '@jest/globals';
import { classifyCondition } from './condition.ts';
import { sendingCourses } from './sending.ts';

describe('the condition of a row', () => {
  it.each([
    ['', undefined],
    ['none', undefined],
    ['minimum 65%', 65],
    ['Min. grade of 67.5 %', 67.5],
    ['at least 70% or better', 70],
    ['60%', 60],
  ])('"%s" is a least grade or nothing', (condition, minGrade) => {
    expect(classifyCondition(condition)).toEqual({ minGrade });
  });

  it.each([
    ['minimum grade C+', 'GRADE_IN_LETTERS'],
    ['B or better', 'GRADE_IN_LETTERS'],
    ['101%', 'CONDITION_UNCLEAR'],
    ['-5%', 'CONDITION_UNCLEAR'],
    ['if combined with HIST 126', 'CONDITION_UNCLEAR'],
    ['65% in both', 'CONDITION_UNCLEAR'],
  ])('"%s" is left to a person', (condition, code) => {
    expect(classifyCondition(condition)).toMatchObject({ code });
  });
});

describe('what a row sends', () => {
  it.each([
    ['HIST', '125', ['HIST 125']],
    ['hist', '125a', ['HIST 125A']],
    ['MATH', '110 & 111', ['MATH 110', 'MATH 111']],
    ['MATH', '110 + PHYS 111', ['MATH 110', 'PHYS 111']],
  ])('%s %s is courses, all together', (subject, number, courses) => {
    expect(sendingCourses(subject, number)).toEqual(courses);
  });

  it.each([
    ['MATH', '110 or 111'],
    ['MATH', '110/111'],
    ['MATH', '110 & 110'],
    ['MATH', '1XX'],
    ['M', '110'],
    ['MATH 1', '110'],
    ['=CMD()', '110'],
  ])('%s %s is left to a person', (subject, number) => {
    expect(sendingCourses(subject, number)).toBeUndefined();
  });
});
