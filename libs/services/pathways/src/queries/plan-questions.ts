import type { PathwayScope } from '@mcr/contracts';
import type { OperationContext } from '@mcr/runtime';
import type { z } from 'zod';
import type { AskedScope } from '../domain/answers/plans/plans.ts';
import { Planner } from '../graph/planner.ts';
import type { AskedOf, AnsweredBy, SearchName } from '../graph/searches.ts';
import type { Answered } from '../domain/answers/asked.ts';
import { answerOf, ctidsOf } from './situation.ts';

/** A question about plans with the institutions that micro-credentials may come from by their CTIDs. */
export async function withIssuers<Question extends { readonly institutions?: readonly string[] }>(
  { institutions, ...question }: Question,
  context: OperationContext,
): Promise<Omit<Question, 'institutions'> & { readonly issuers?: readonly string[] }> {
  if (!institutions) return question;
  return { ...question, issuers: await ctidsOf(institutions, (at) => ['institutions', at], context) };
}

/** A scope with its institution by its CTID. */
export async function scopeOf({ institution, ...scope }: z.infer<typeof PathwayScope>, at: string, context: OperationContext): Promise<AskedScope> {
  if (institution === undefined) return scope;
  const [owner] = await ctidsOf([institution], () => [at, 'institution'], context);
  return { ...scope, owner: owner! };
}

type AnswerOf<Name extends SearchName> = Extract<AnsweredBy<Name>, { answer: object }>['answer'];

/** Asks the planner; its thread goes on only while somebody waits. */
export async function searched<Name extends SearchName>(
  name: Name,
  question: AskedOf<Name>,
  { resolve, principal, signal }: OperationContext,
): Promise<AnswerOf<Name> & { readonly graphVersion: number }> {
  const { answered, graphVersion } = await resolve(Planner).search(name, question, principal.subject, signal);
  return { ...answerOf(answered as Answered<AnswerOf<Name>>), graphVersion };
}
