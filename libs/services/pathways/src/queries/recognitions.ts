import type { Recognitions } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { dayOfRecognitions, recognitionsAnswer } from '../domain/answers/recognitions.ts';
import { GraphCache } from '../graph/graph-cache.ts';
import { settle } from './situation.ts';

type Question = InputOf<typeof Recognitions>;

/** As for every question; but where no day is given, what will only be completed counts too. */
export async function settleRecognitions(name: string, question: Question, context: OperationContext): Promise<Settled<Question>> {
  const settled = await settle(name, question, context);
  return question.asOf === undefined ? { ...settled, asOf: dayOfRecognitions(settled.held, settled.asOf) } : settled;
}

/** What held micro-credentials count for elsewhere. */
export async function recognitions(question: Settled<Question>, context: OperationContext): Promise<OutputOf<typeof Recognitions>> {
  const { engine, graphVersion } = await context.resolve(GraphCache).upToDate();
  return { ...recognitionsAnswer(engine, question), graphVersion };
}
