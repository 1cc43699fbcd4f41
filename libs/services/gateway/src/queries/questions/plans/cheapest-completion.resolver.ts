import { Args, Context, ID, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CheapestCompletion as Question, type Plan } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { z } from 'zod';
import { RequestContext } from '../../../graphql/request-context.ts';
import { CheapestCompletion, CompletionPlan, PathwayScopeInput, type PlanTermsInput } from '../../../schema/answers/plan.ts';
import { askedWithTerms } from '../asked.ts';
import { allOf, found } from '../../found.ts';
import { SituationArgs, Terms, situationIn } from '../situation-args.ts';

type Planned = OutputOf<typeof Question>;

const Target = () => Args('pathway', { type: () => ID, nullable: true, description: 'The CTID of the pathway. Or else `among`.' });
const Among = () => Args('among', { type: () => PathwayScopeInput, nullable: true, description: 'Whichever of these can be completed best.' });
const Alternatives = () => Args('alternatives', { type: () => Int, nullable: true, description: 'So many next best plans; none, at most 5.' });

@Resolver(() => CheapestCompletion)
export class CheapestCompletionResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => CheapestCompletion, {
    nullable: true,
    description: 'The best further micro-credentials with which a pathway is complete, for whoever is signed in. "Best" is said with its proof.',
  })
  cheapestCompletion(
    @Target() pathway: string | null,
    @Among() among: PathwayScopeInput | null,
    @Args() situation: SituationArgs,
    @Terms() terms: PlanTermsInput | null,
    @Alternatives() alternatives: number | null,
    @Context() request: RequestContext,
  ): Promise<Planned> {
    return askedWithTerms(this.operations, Question, { pathway, among, ...situationIn(situation), alternatives }, terms, request);
  }

  @ResolveField()
  pathway({ pathway }: Planned, _: unknown, { loaders }: RequestContext) {
    return pathway && loaders.pathways.load(pathway);
  }

  @ResolveField()
  unsolved({ unsolved }: Planned, _: unknown, { loaders }: RequestContext) {
    return found(loaders.pathways, unsolved);
  }

  @ResolveField()
  plan({ plan }: Planned, _: unknown, { loaders }: RequestContext) {
    return plan && allOf(loaders.microCredentials, plan);
  }

  @ResolveField()
  agreements({ agreements }: Planned, _: unknown, { loaders }: RequestContext) {
    return found(loaders.agreements, agreements);
  }
}

@Resolver(() => CompletionPlan)
export class CompletionPlanResolver {
  @ResolveField()
  plan({ plan }: z.infer<typeof Plan>, _: unknown, { loaders }: RequestContext) {
    return allOf(loaders.microCredentials, plan);
  }

  @ResolveField()
  agreements({ agreements }: z.infer<typeof Plan>, _: unknown, { loaders }: RequestContext) {
    return found(loaders.agreements, agreements);
  }
}
