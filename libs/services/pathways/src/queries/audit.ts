import type { Audit } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal, dayInBritishColumbia } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { auditAnswer } from '../domain/answers.ts';
import { GraphCache } from '../graph/graph-cache.ts';

/** Whether what is held meets a pathway. */
export async function audit(question: InputOf<typeof Audit>, { resolve, now }: OperationContext): Promise<OutputOf<typeof Audit>> {
  const { engine, graphVersion } = await resolve(GraphCache).upToDate();
  const answer = auditAnswer(engine, { ...question, asOf: question.asOf ?? dayInBritishColumbia(now) });
  if (!answer) throw new Refusal('PATHWAY_NOT_FOUND');
  return { ...answer, graphVersion };
}
