import { assessedCompetencies, summativeAssessments } from './assessments.ts';
import { competencies } from './competencies.ts';
import { creditQuestion, creditValue } from './credit.ts';
import { duration } from './duration.ts';
import type { RuleSet } from './rule-set.ts';

/**
 * Micro-credential Framework for B.C.'s Public Post-Secondary Education System, September 2021. "Short-duration" is less
 * than 288 hours there (Duration); competencies and assessment belong to its definition; credit is an institution's own decision.
 */
export const bcMcf2021: RuleSet = {
  id: 'bc-mcf-2021',
  rules: [
    {
      ruleId: 'D1',
      severity: 'ERROR',
      pointer: '/totalHours',
      message: 'It takes less than 288 hours.',
      hint: 'Give totalHours, or exactDuration such as PT40H, with everything that a learner does for it. Longer programs are another credential.',
      check: duration({ lessThanHours: 288 }),
    },
    {
      ruleId: 'C1',
      severity: 'ERROR',
      pointer: '/competencies',
      message: 'It states 1 to 50 different competencies, each in 15 to 1000 characters.',
      hint: 'Say in a sentence each what a learner can do afterwards.',
      check: competencies({ count: { min: 1, max: 50 }, characters: { min: 15, max: 1000 } }),
    },
    {
      ruleId: 'A1',
      severity: 'ERROR',
      pointer: '/assessments',
      message: 'It has a summative assessment.',
      hint: 'Add an assessment with use "Summative": a micro-credential recognises what was assessed.',
      check: summativeAssessments({ atLeast: 1 }),
    },
    {
      ruleId: 'A2',
      severity: 'ERROR',
      pointer: '/assessments',
      message: 'Every competency is assessed by a summative assessment.',
      hint: 'List the CTID of each competency in "assesses" of a summative assessment.',
      check: assessedCompetencies,
    },
    {
      ruleId: 'K1',
      severity: 'ERROR',
      pointer: '/isNonCredit',
      message: 'It says whether it bears credit.',
      hint: 'Set isNonCredit to true or false.',
      check: creditQuestion,
    },
    {
      ruleId: 'K2',
      severity: 'ERROR',
      pointer: '/creditValue/value',
      message: 'It has a credit value exactly when it bears credit: a multiple of 0.25, at most 20.',
      hint: 'Give creditValue.value when isNonCredit is false, and leave creditValue out when it is true.',
      check: creditValue({ step: 0.25, max: 20 }),
    },
  ],
};
