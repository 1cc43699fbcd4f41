import { describe, expect, it } from '@jest/globals';
import { type Competency, type Definition, assessment, breaches, competency, ctid, many } from '../../testing/definitions.ts';

describe('C1: it states 1 to 50 different competencies in 15 to 1000 characters', () => {
  it.each<[string, Competency[]]>([
    ['one', many(1)],
    ['fifty', many(50)],
    ['15 characters', [competency(1, 'x'.repeat(15))]],
    ['1000 characters', [competency(1, 'x'.repeat(1000))]],
    ['15 characters beyond the basic plane', [competency(1, '🦦'.repeat(15))]],
    ['texts that differ in an accent', [competency(1, 'Préparer le relevé de notes'), competency(2, 'Preparer le releve de notes')]],
  ])('is met by %s', (_what, list) => {
    expect(breaches('C1', { competencies: list })).toEqual([]);
  });

  it.each<[string, Competency[], string[]]>([
    ['none', [], ['/competencies']],
    ['fifty-one', many(51), ['/competencies']],
    ['14 characters', [competency(1, 'x'.repeat(14))], ['/competencies/0/competencyText']],
    ['14 characters and space around them', [competency(1, ` ${'x'.repeat(14)} `)], ['/competencies/0/competencyText']],
    ['14 characters beyond the basic plane', [competency(1, '🦦'.repeat(14))], ['/competencies/0/competencyText']],
    ['1001 characters', [competency(1), competency(2, 'x'.repeat(1001))], ['/competencies/1/competencyText']],
    ['the same text', [competency(1, 'Welds a steel pipe.'), competency(2, 'Welds a steel pipe.')], ['/competencies/1/competencyText']],
    ['the same text in capitals', [competency(1, 'Welds a steel pipe.'), competency(2, 'WELDS A STEEL PIPE.')], ['/competencies/1/competencyText']],
    ['the same text with more space', [competency(1, 'Welds a steel pipe.'), competency(2, 'Welds\u00a0a  steel\npipe.')], ['/competencies/1/competencyText']],
    [
      'the same text with a character nobody sees',
      [competency(1, 'Welds a steel pipe.'), competency(2, 'Welds a steel\u200b pipe.')],
      ['/competencies/1/competencyText'],
    ],
    [
      'the same text composed otherwise',
      [competency(1, 'Soude un tuyau carré.'), competency(2, 'Soude un tuyau carre\u0301.')],
      ['/competencies/1/competencyText'],
    ],
    [
      'the same text three times',
      [1, 2, 3].map((n) => competency(n, 'Welds a steel pipe.')),
      ['/competencies/1/competencyText', '/competencies/2/competencyText'],
    ],
    ['a CTID twice', [competency(1), { ...competency(2), ctid: ctid(1) }], ['/competencies/1/ctid']],
  ])('is broken by %s', (_what, list, pointers) => {
    expect(breaches('C1', { competencies: list })).toEqual(pointers);
  });
});

describe('A1: it has a summative assessment', () => {
  it('is met by one among others', () => {
    expect(breaches('A1', { assessments: [assessment('Formative'), assessment('Summative')] })).toEqual([]);
  });

  it.each<[string, Definition['assessments']]>([
    ['none', []],
    ['formative ones only', [assessment('Formative', ctid(1)), assessment('Formative')]],
  ])('is broken by %s', (_what, assessments) => {
    expect(breaches('A1', { assessments })).toEqual(['/assessments']);
  });
});

describe('A2: every competency is assessed by a summative assessment', () => {
  const three = many(3);

  it('is met by one assessment for all, or by one each', () => {
    expect(breaches('A2', { competencies: three, assessments: [assessment('Summative', ctid(1), ctid(2), ctid(3))] })).toEqual([]);
    expect(breaches('A2', { competencies: three, assessments: three.map((one) => assessment('Summative', one.ctid)) })).toEqual([]);
  });

  it('names every competency that is left out, also one that is only assessed formatively', () => {
    const assessments = [assessment('Formative', ctid(1), ctid(2), ctid(3)), assessment('Summative', ctid(2))];
    expect(breaches('A2', { competencies: three, assessments })).toEqual(['/competencies/0', '/competencies/2']);
  });

  it('names what is assessed but not stated', () => {
    expect(breaches('A2', { competencies: many(1), assessments: [assessment('Summative', ctid(1), ctid(9))] })).toEqual(['/assessments/0/assesses/1']);
  });

  it('asks nothing of a definition without competencies: that is for C1 to say', () => {
    expect(breaches('A2', { competencies: [], assessments: [] })).toEqual([]);
  });
});
