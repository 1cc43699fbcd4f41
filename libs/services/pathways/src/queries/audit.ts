import type { Audit } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { auditAnswer } from '../domain/answers/audit.ts';
import { GraphCache } from '../graph/graph-cache.ts';
import { answerOf } from './situation.ts';

/** Whether what is held meets a pathway. */
export async function audit(question: Settled<InputOf<typeof Audit>>, context: OperationContext): Promise<OutputOf<typeof Audit>> {
  const { engine, graphVersion } = await context.resolve(GraphCache).upToDate();
  return { ...answerOf(auditAnswer(engine, question)), graphVersion };
}
