import { type Fault, Refusal, dayInBritishColumbia, pointerTo, refusalFor } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Answered, Settled } from '../domain/answers/asked.ts';
import { type HeldCompletion, awardsInQuestion, completionsOn } from '../domain/held/held-award.ts';
import { institutionsByCode } from '../storage/facts.ts';
import { awardsByConsent, ownAwards } from './learner-in-question.ts';

/** What every question says of whose it is. */
interface Asked {
  readonly held?: readonly HeldCompletion[];
  readonly consent?: string;
  readonly mine?: boolean;
  readonly asOf?: string;
}

/**
 * Finds all that a question is asked of: what is held, and the day that counts. The one place where that is found, for every question.
 * `name` is the question's, which the learner sees where it was asked by a consent.
 * @throws Refusal CONSENT_NOT_USABLE or LEARNER_NOT_LINKED, as awards says.
 */
export async function settle<Question extends Asked>(name: string, question: Question, context: OperationContext): Promise<Settled<Question>> {
  const { held, consent, mine: _mine, ...said } = question;
  const asOf = question.asOf ?? dayInBritishColumbia(context.now);
  if (held) return { ...said, held, asOf };
  const awards = await (consent === undefined ? ownAwards(context) : awardsByConsent(consent, name, context));
  return { ...said, held: completionsOn(awards, asOf), awards: awardsInQuestion(awards, asOf), asOf };
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
