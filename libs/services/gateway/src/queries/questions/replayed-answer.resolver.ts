import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { ReplayedAnswer as Question } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../graphql/request-context.ts';
import { ReplayedAnswer } from '../../schema/answers/replayed-answer.ts';
import { asked } from './asked.ts';

@Resolver(() => ReplayedAnswer)
export class ReplayedAnswerResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => ReplayedAnswer, {
    nullable: true,
    description: 'An answer that the caller was given within the last year, and what is answered to the same question now if facts changed.',
  })
  replayedAnswer(
    @Args('id', { type: () => ID, description: 'The `answerId` of the answer.' }) id: string,
    @Context() request: RequestContext,
  ): Promise<OutputOf<typeof Question>> {
    return asked(this.operations, Question, { id }, request);
  }
}
