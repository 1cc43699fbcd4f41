import { expect } from '@jest/globals';
import { MicroCredentialDraft } from '@mcr/contracts';
import { aMicroCredential } from '@mcr/testing';
import { bcMcf2021 } from '../domain/rules/bc-mcf-2021.ts';
import { evaluate } from '../domain/rules/rule-set.ts';

export type Definition = MicroCredentialDraft;
export type Competency = Definition['competencies'][number];

/** Meets every rule. */
export const good: Definition = MicroCredentialDraft.parse(aMicroCredential());

export const ctid = (number: number): string => `ce-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const competency = (number: number, competencyText = `Can do the thing number ${number} well.`): Competency => ({ ctid: ctid(number), competencyText });
export const many = (count: number): Competency[] => Array.from({ length: count }, (_, index) => competency(index + 1));

export const assessment = (use: 'Formative' | 'Summative', ...assesses: string[]): Definition['assessments'][number] => ({
  id: 'a',
  name: 'Task',
  assessmentMethodType: 'Performance',
  use,
  assesses,
});

/** What one rule says about the good definition with these changes: the pointers of its breaches, none when it is met. */
export function breaches(ruleId: string, changes: Partial<Definition>): string[] {
  const evaluation = evaluate(bcMcf2021, { ...good, ...changes }).find((result) => result.ruleId === ruleId)!;
  expect(evaluation.passed).toBe(evaluation.faults.length === 0);
  return evaluation.faults.map(({ pointer }) => pointer);
}
