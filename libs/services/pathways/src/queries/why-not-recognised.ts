import type { WhyNotRecognised } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import type { Settled } from '../domain/answers/asked.ts';
import { searched } from './plan-questions.ts';
import { ctidsOf } from './situation.ts';

/** Why held micro-credentials are not recognised, and what would change that. */
export async function whyNotRecognised(
  question: Settled<InputOf<typeof WhyNotRecognised>>,
  context: OperationContext,
): Promise<OutputOf<typeof WhyNotRecognised>> {
  if (question.receiver === undefined) return searched('whyNotRecognised', question, context);
  const [receiver] = await ctidsOf([question.receiver], () => ['receiver'], context);
  return searched('whyNotRecognised', { ...question, receiver: receiver! }, context);
}
