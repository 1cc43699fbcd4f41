import { describe, expect, it } from '@jest/globals';
import type { Situation } from '../facts/facts.ts';
import type { PlanTerms } from '../facts/question.ts';
import { Graph } from '../graph/graph.ts';
import { facts, held, microCredential, situation, today } from '../testing/index.ts';
import type { FactFault } from './fault.ts';
import { checkMicroCredential, checkMicroCredentialAgainst } from './micro-credential.ts';
import { checkPlanTerms, checkSituation } from './question.ts';

const known = Graph.of(facts({ microCredentials: ['a', 'b'].map((id) => microCredential({ id })) }));
const told = (faults: readonly FactFault[]) => faults.map(({ code, pointer }) => `${code} ${pointer}`);

describe('A situation', () => {
  it('may hold ten thousand completions', () => {
    const much = Array.from({ length: 10_000 }, () => held('a', { grade: 0, expiresOn: today, status: 'SUSPENDED' }));
    expect(checkSituation(known, situation({ held: much, planned: ['b'], declares: ['x'] }))).toEqual([]);
  });

  it.each<[string, Partial<Situation>, string]>([
    ['an unknown micro-credential held', { held: [held('a'), held('z')] }, 'UNKNOWN_MICRO_CREDENTIAL /held/1/microCredential'],
    ['an unknown one planned', { planned: ['z'] }, 'UNKNOWN_MICRO_CREDENTIAL /planned/0'],
    ['one planned twice', { planned: ['a', 'a'] }, 'DUPLICATE /planned/1'],
    ['a grade above all', { held: [held('a', { grade: 10_001 })] }, 'TOO_BIG /held/0/grade'],
    ['a negative grade', { held: [held('a', { grade: -1 })] }, 'TOO_SMALL /held/0/grade'],
    ['no day', { held: [held('a', { completedOn: NaN })] }, 'NOT_AN_INTEGER /held/0/completedOn'],
    ['a day that no calendar has', { asOf: 1e15 }, 'TOO_BIG /asOf'],
    ['an expiry before the completion', { held: [held('a', { completedOn: 9, expiresOn: 9 })] }, 'EMPTY_TERM /held/0/expiresOn'],
  ])('is refused with %s', (_what, some, fault) => {
    expect(told(checkSituation(known, situation(some)))).toEqual([fault]);
  });
});

describe('The terms of a plan', () => {
  it('may have budgets of nothing, and ask for anything that is there', () => {
    const terms: PlanTerms = { objectives: ['TERMS', 'COST'], budgets: { COST: 0, HOURS: 1 }, issuers: ['S'], forced: ['a'], forbidden: ['b'] };
    expect(checkPlanTerms(known, terms)).toEqual([]);
    expect(checkPlanTerms(known, {})).toEqual([]);
  });

  it.each<[string, PlanTerms, string]>([
    ['a negative budget', { budgets: { COST: -1 } }, 'TOO_SMALL /budgets/COST'],
    ['half a cent', { budgets: { COST: 0.5 } }, 'NOT_AN_INTEGER /budgets/COST'],
    ['a budget of what is not counted', { budgets: { LUCK: 1 } as never }, 'INVALID_VALUE /budgets/LUCK'],
    ['an objective twice', { objectives: ['COST', 'COST'] }, 'DUPLICATE /objectives/1'],
    ['an objective that there is not', { objectives: ['LUCK' as never] }, 'INVALID_VALUE /objectives/0'],
    ['something forced and forbidden', { forced: ['a'], forbidden: ['b', 'a'] }, 'FORCED_AND_FORBIDDEN /forced/0'],
    ['something forced that is not there', { forced: ['z'] }, 'UNKNOWN_MICRO_CREDENTIAL /forced/0'],
    ['something forbidden that is not there', { forbidden: ['z'] }, 'UNKNOWN_MICRO_CREDENTIAL /forbidden/0'],
  ])('are refused with %s', (_what, terms, fault) => {
    expect(told(checkPlanTerms(known, terms))).toEqual([fault]);
  });
});

describe('A micro-credential', () => {
  it('is refused with everything that is wrong with it', () => {
    const wrong = microCredential({ id: '', credits: 0.5, minutes: -1, cost: Infinity, terms: 1.5, level: -1, prerequisites: [['a'], []], offeredUntil: 0 });
    expect(told(checkMicroCredential(wrong))).toEqual([
      'TOO_SMALL /id',
      'NOT_AN_INTEGER /credits',
      'TOO_SMALL /minutes',
      'NOT_AN_INTEGER /cost',
      'NOT_AN_INTEGER /terms',
      'TOO_SMALL /level',
      'TOO_SMALL /prerequisites/1',
      'EMPTY_TERM /offeredUntil',
    ]);
  });

  it('is refused for prerequisites that are not there', () => {
    expect(told(checkMicroCredentialAgainst(known, microCredential({ id: 'n', prerequisites: [['a', 'z'], ['y']] })))).toEqual([
      'UNKNOWN_MICRO_CREDENTIAL /prerequisites/0/1',
      'UNKNOWN_MICRO_CREDENTIAL /prerequisites/1/0',
    ]);
  });
});
