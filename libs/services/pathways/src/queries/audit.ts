import type { Audit } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { auditAnswer } from '../domain/answers/audit.ts';
import { GraphCache } from '../graph/graph-cache.ts';
import { answerOf, settle } from './situation.ts';

/** Whether what is held meets a pathway. */
export async function audit(question: InputOf<typeof Audit>, context: OperationContext): Promise<OutputOf<typeof Audit>> {
  const settled = await settle(question, context);
  const { engine, graphVersion } = await context.resolve(GraphCache).upToDate();
  return { ...answerOf(auditAnswer(engine, settled)), graphVersion };
}
