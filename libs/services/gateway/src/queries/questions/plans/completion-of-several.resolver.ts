import { Args, Context, ID, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CompletionOfSeveral as Question } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../../graphql/request-context.ts';
import { CompletionOfSeveral, PathwayOfSeveral, type PlanTermsInput } from '../../../schema/answers/plan.ts';
import { allOf, found } from '../../found.ts';
import { askedWithTerms } from '../asked.ts';
import { SituationArgs, Terms, situationIn } from '../situation-args.ts';

type Planned = OutputOf<typeof Question>;
type Part = Planned['pathways'][number];

@Resolver(() => CompletionOfSeveral)
export class CompletionOfSeveralResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => CompletionOfSeveral, {
    nullable: true,
    description: 'One best plan with which several pathways are complete, and what each of them adds to it, for whoever is signed in.',
  })
  completionOfSeveral(
    @Args('pathways', { type: () => [ID], description: 'From two to ten CTIDs.' }) pathways: string[],
    @Args() situation: SituationArgs,
    @Terms() terms: PlanTermsInput | null,
    @Context() request: RequestContext,
  ): Promise<Planned> {
    return askedWithTerms(this.operations, Question, { pathways, ...situationIn(situation) }, terms, request);
  }

  @ResolveField()
  plan({ plan }: Planned, _: unknown, { loaders }: RequestContext) {
    return plan && allOf(loaders.microCredentials, plan);
  }
}

@Resolver(() => PathwayOfSeveral)
export class PathwayOfSeveralResolver {
  @ResolveField()
  pathway({ pathway }: Part, _: unknown, { loaders }: RequestContext) {
    return loaders.pathways.load(pathway);
  }

  @ResolveField()
  agreements({ agreements }: Part, _: unknown, { loaders }: RequestContext) {
    return found(loaders.agreements, agreements);
  }
}
