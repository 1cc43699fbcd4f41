import type { Recognitions } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { dayOfRecognitions, recognitionsAnswer } from '../domain/answers/recognitions.ts';
import { GraphCache } from '../graph/graph-cache.ts';
import { settle } from './situation.ts';

type Question = InputOf<typeof Recognitions>;

/** What held micro-credentials count for elsewhere. */
export async function recognitions(question: Question, context: OperationContext): Promise<OutputOf<typeof Recognitions>> {
  const { asOf, ...settled } = await settle(question, context);
  const day = question.asOf ?? dayOfRecognitions(question.held, asOf);
  const { engine, graphVersion } = await context.resolve(GraphCache).upToDate();
  return { ...recognitionsAnswer(engine, { ...settled, asOf: day }), graphVersion };
}
