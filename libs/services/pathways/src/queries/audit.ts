import type { Audit } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { QUICK_STEPS, auditAnswer } from '../domain/answers/audit.ts';
import { GraphCache } from '../graph/graph-cache.ts';
import { searched } from './plan-questions.ts';
import { answerOf } from './situation.ts';

/** Whether what is held meets a pathway. What is not proven at once is asked in the thread, so that nobody waits for it but the asker. */
export async function audit(question: Settled<InputOf<typeof Audit>>, context: OperationContext): Promise<OutputOf<typeof Audit>> {
  const { engine, graphVersion } = await context.resolve(GraphCache).upToDate();
  const answer = answerOf(auditAnswer(engine, question, QUICK_STEPS));
  return answer.proven ? { ...answer, graphVersion } : searched('audit', question, context);
}
