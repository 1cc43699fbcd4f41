import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Recognitions } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../../graphql/request-context.ts';
import { HeldMicroCredentialInput, Recognition } from '../../schema/answers/recognition.ts';
import { asked } from './asked.ts';
import { found } from '../found.ts';
import { LearnerArgs, situationIn } from './situation-args.ts';
import { AGREEMENT_TERMS, asksOnlyFor } from '../selection.ts';

type Answers = OutputOf<typeof Recognitions>;
/** Each one says for itself of which day and which facts it speaks. */
type Answer = Answers['recognitions'][number] & Omit<Answers, 'recognitions'>;

@Resolver(() => Recognition)
export class RecognitionsResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => [Recognition], { nullable: true, description: 'What micro-credentials count for at other institutions, with the reason for every "no".' })
  async recognitions(
    @Args('held', { type: () => [HeldMicroCredentialInput], nullable: true }) held: HeldMicroCredentialInput[] | null,
    @Args() learner: LearnerArgs,
    @Context() request: RequestContext,
  ): Promise<Answer[]> {
    const { recognitions, ...basis } = await asked(this.operations, Recognitions, { ...situationIn(learner), held }, request);
    return recognitions.map((recognition) => ({ ...recognition, ...basis }));
  }

  @ResolveField()
  receiver({ receivingOrganization }: Answer, _: unknown, { loaders }: RequestContext) {
    return receivingOrganization && loaders.institutions.load(receivingOrganization);
  }

  @ResolveField()
  agreement({ agreement }: Answer, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return !agreement || asksOnlyFor(AGREEMENT_TERMS, info) ? agreement : loaders.agreements.load(agreement.ctid);
  }

  @ResolveField()
  microCredentials({ microCredentials }: Answer, _: unknown, { loaders }: RequestContext) {
    return found(loaders.microCredentials, microCredentials);
  }
}
