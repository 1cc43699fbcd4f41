import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CompletionTradeOffs as Question } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../../graphql/request-context.ts';
import { CompletionTradeOffs, type PlanTermsInput } from '../../../schema/answers/plan.ts';
import { askedWithTerms } from '../asked.ts';
import { OfPathway, SituationArgs, Terms, situationIn } from '../situation-args.ts';

type Weighed = OutputOf<typeof Question>;

@Resolver(() => CompletionTradeOffs)
export class CompletionTradeOffsResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => CompletionTradeOffs, {
    nullable: true,
    description: 'The plans between which the two or three objectives of the terms leave a choice, for whoever is signed in.',
  })
  completionTradeOffs(
    @OfPathway() pathway: string,
    @Args() situation: SituationArgs,
    @Terms() terms: PlanTermsInput | null,
    @Context() request: RequestContext,
  ): Promise<Weighed> {
    return askedWithTerms(this.operations, Question, { pathway, ...situationIn(situation) }, terms, request);
  }

  @ResolveField()
  pathway({ pathway }: Weighed, _: unknown, { loaders }: RequestContext) {
    return loaders.pathways.load(pathway);
  }
}
