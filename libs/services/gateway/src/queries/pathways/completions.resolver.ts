import { Args, Context, ID, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Audit as AuditQuery, CheapestCompletion as CheapestCompletionQuery, type Placement as PlacementSchema } from '@mcr/contracts';
import type { CallerInput, OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { z } from 'zod';
import { RequestContext } from '../../graphql/request-context.ts';
import { Audit, CheapestCompletion, CompletionInput, Placement, PlanTermsInput } from '../../schema/completion.ts';
import { commandInput } from '../../schema/from-contracts/zod-shapes.ts';
import { CalendarDateScalar } from '../../schema/scalars.ts';
import { allow } from '../allow.ts';
import { found } from './found.ts';

type Placed = z.infer<typeof PlacementSchema>;
type Audited = OutputOf<typeof AuditQuery>;
type Planned = OutputOf<typeof CheapestCompletionQuery>;

const Held = () => Args('held', { type: () => [CompletionInput], description: 'What the learner has.' });
const Declares = () =>
  Args('declares', { type: () => [String], nullable: true, description: 'What else is true of the learner, in the words of agreements and pathways.' });
const AsOf = () => Args('asOf', { type: () => CalendarDateScalar, nullable: true, description: 'The day that counts; today unless given.' });
const OfPathway = () => Args('pathway', { type: () => ID, description: 'The CTID of the pathway.' });

@Resolver(() => Audit)
export class AuditResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => Audit, { nullable: true, description: 'Whether what is held meets a pathway, and how every requirement and limit stands.' })
  async audit(
    @OfPathway() pathway: string,
    @Held() held: CompletionInput[],
    @Declares() declares: string[] | null,
    @AsOf() asOf: string | null,
    @Context() request: RequestContext,
  ): Promise<Audited> {
    await allow(request, 'audit');
    const question = commandInput(AuditQuery.input, { pathway, held, declares, asOf }) as CallerInput<typeof AuditQuery>;
    return this.operations.call(AuditQuery, question, await request.principal());
  }

  @ResolveField()
  pathway({ pathway }: Audited, _: unknown, { loaders }: RequestContext) {
    return loaders.pathways.load(pathway);
  }

  @ResolveField()
  agreements({ agreements }: Audited, _: unknown, { loaders }: RequestContext) {
    return found(loaders.agreements, agreements);
  }
}

@Resolver(() => CheapestCompletion)
export class CheapestCompletionResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => CheapestCompletion, {
    nullable: true,
    description: 'The best further micro-credentials with which a pathway is complete, for whoever is signed in. "Best" is said with its proof.',
  })
  async cheapestCompletion(
    @OfPathway() pathway: string,
    @Held() held: CompletionInput[],
    @Declares() declares: string[] | null,
    @AsOf() asOf: string | null,
    @Args('terms', { type: () => PlanTermsInput, nullable: true, description: 'What is to be least, and what a plan may consist of.' })
    terms: PlanTermsInput | null,
    @Context() request: RequestContext,
  ): Promise<Planned> {
    await allow(request, 'cheapestCompletion');
    const asked = { pathway, held, declares, asOf, ...terms };
    const question = commandInput(CheapestCompletionQuery.input, asked) as CallerInput<typeof CheapestCompletionQuery>;
    return this.operations.call(CheapestCompletionQuery, question, await request.principal());
  }

  @ResolveField()
  pathway({ pathway }: Planned, _: unknown, { loaders }: RequestContext) {
    return loaders.pathways.load(pathway);
  }

  @ResolveField()
  plan({ plan }: Planned, _: unknown, { loaders }: RequestContext) {
    return plan && found(loaders.microCredentials, plan);
  }

  @ResolveField()
  agreements({ agreements }: Planned, _: unknown, { loaders }: RequestContext) {
    return found(loaders.agreements, agreements);
  }
}

@Resolver(() => Placement)
export class PlacementResolver {
  @ResolveField()
  agreement({ agreement }: Placed, _: unknown, { loaders }: RequestContext) {
    return agreement && loaders.agreements.load(agreement);
  }

  @ResolveField()
  microCredential({ microCredential }: Placed, _: unknown, { loaders }: RequestContext) {
    return microCredential && loaders.microCredentials.load(microCredential);
  }
}
