import { type Fault, Refusal, dayInBritishColumbia, pointerTo } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { refusalFor } from '../commands/refusal-for.ts';
import type { Answered, Settled } from '../domain/answers/asked.ts';
import { institutionsByCode } from '../storage/facts.ts';

/** Finds all that a question is asked of: what is held, and the day that counts. The one place where that is found, for every question. */
export function settle<Question extends { readonly asOf?: string }>(question: Question, { now }: OperationContext): Promise<Settled<Question>> {
  return Promise.resolve({ ...question, asOf: question.asOf ?? dayInBritishColumbia(now) });
}

/** @throws Refusal when something stands against the question: by its name, or INVALID_INPUT where there are several. */
export function answerOf<Answer>(answered: Answered<Answer>): Answer {
  if ('faults' in answered) throw refusalFor(answered.faults);
  return answered.answer;
}

/** The institutions of these codes, by their CTIDs. @throws Refusal INSTITUTION_NOT_FOUND with every code that is not known. */
export async function ctidsOf(
  codes: readonly string[],
  at: (index: number) => readonly (string | number)[],
  { database }: OperationContext,
): Promise<string[]> {
  const known = await institutionsByCode(database, codes);
  const faults = codes.flatMap((code, index): Fault[] =>
    known.has(code) ? [] : [{ pointer: pointerTo(...at(index)), code: 'INSTITUTION_NOT_FOUND', message: 'No institution of this code is known.' }],
  );
  if (faults.length > 0) throw new Refusal('INSTITUTION_NOT_FOUND', undefined, { faults });
  return codes.map((code) => known.get(code)!.ctid);
}
