import type { ReplayedAnswer } from '@mcr/contracts';
import { type InputOf, type OutputOf, Refusal } from '@mcr/event-kit';
import type { OperationContext } from '@mcr/runtime';
import { differencesOf } from '../domain/answers/difference.ts';
import { askerOf } from './keeping.ts';
import { questions } from './questions.ts';
import { type KeptAnswer, keptAnswer } from '../storage/answers.ts';
import { graphHead } from '../storage/graph-numbers.ts';

type Replayed = OutputOf<typeof ReplayedAnswer>;

/** Their difference says nothing: they are otherwise in every answer. */
const ofItsOwn = { answerId: undefined, graphVersion: undefined };

/** What is answered to the same question now; what is wrong with it now is an answer too. */
async function answeredNow({ question, input, answer }: KeptAnswer, context: OperationContext): Promise<Partial<Replayed> & Pick<Replayed, 'differences'>> {
  try {
    const now = (await questions.get(question)!(input, context)) as object;
    const before = JSON.parse(answer) as object;
    return { answerNow: JSON.stringify(now), differences: differencesOf({ ...before, ...ofItsOwn }, { ...now, ...ofItsOwn }) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'UNAVAILABLE') throw error;
    return { refusedNow: error.code, differences: [] };
  }
}

/** Whether a question is about what a learner holds, which changes without any fact of the graph. */
const isOfLearner = (input: unknown): boolean => {
  const { consent, mine } = input as { readonly consent?: string; readonly mine?: boolean };
  return consent !== undefined || mine === true;
};

/** An answer as it was given, to whoever asked; and if facts changed since, what is answered to the same question now. */
export async function replayedAnswer({ id }: InputOf<typeof ReplayedAnswer>, context: OperationContext): Promise<Replayed> {
  const asker = askerOf(context.principal);
  const kept = asker === undefined ? undefined : await keptAnswer(context.database, id, asker, context.now);
  if (!kept) throw new Refusal('NOT_FOUND');
  const { question, graphVersion, answer, givenAt } = kept;
  const { asOf } = JSON.parse(answer) as { asOf: string };
  const given = { id, question, givenAt: givenAt.toISOString(), asOf, graphVersion, answer };
  const graphChanged = (await graphHead(context.database)).change !== graphVersion;
  if (!graphChanged && !isOfLearner(kept.input)) return { ...given, factsChanged: false, differences: [] };
  const now = await answeredNow(kept, context);
  const factsChanged = graphChanged || now.differences.some(({ pointer }) => pointer.startsWith('/awards/'));
  return { ...given, factsChanged, ...(factsChanged || now.refusedNow !== undefined ? now : { differences: [] }) };
}
