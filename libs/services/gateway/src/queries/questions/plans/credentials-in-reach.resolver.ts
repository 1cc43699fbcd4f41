import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CredentialsInReach as Question } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import { RequestContext } from '../../../graphql/request-context.ts';
import { CredentialsInReach, PathwayInReach, PathwayScopeInput, type PlanTermsInput } from '../../../schema/answers/plan.ts';
import { askedWithTerms } from '../asked.ts';
import { SituationArgs, Terms, situationIn } from '../situation-args.ts';

type Reached = OutputOf<typeof Question>;

const Scope = () =>
  Args('scope', { type: () => PathwayScopeInput, nullable: true, description: 'Which pathways; all that can be begun, where nothing is said.' });

@Resolver(() => CredentialsInReach)
export class CredentialsInReachResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => CredentialsInReach, {
    nullable: true,
    description: 'What can be completed within the budgets of the terms, for whoever is signed in.',
  })
  credentialsInReach(
    @Scope() scope: PathwayScopeInput | null,
    @Args() situation: SituationArgs,
    @Terms() terms: PlanTermsInput | null,
    @Context() request: RequestContext,
  ): Promise<Reached> {
    return askedWithTerms(this.operations, Question, { scope, ...situationIn(situation) }, terms, request);
  }
}

@Resolver(() => PathwayInReach)
export class PathwayInReachResolver {
  @ResolveField()
  pathway({ pathway }: Reached['pathways'][number], _: unknown, { loaders }: RequestContext) {
    return loaders.pathways.load(pathway);
  }
}
