import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Recognitions } from '@mcr/contracts';
import type { OutputOf } from '@mcr/event-kit';
import { Operations } from '@mcr/runtime';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../graphql/request-context.ts';
import { HeldMicroCredentialInput, Recognition } from '../schema/recognition.ts';
import { AGREEMENT_TERMS, asksOnlyFor } from './selection.ts';

type Answer = OutputOf<typeof Recognitions>[number];

@Resolver(() => Recognition)
export class RecognitionsResolver {
  constructor(private readonly operations: Operations) {}

  @Query(() => [Recognition], { nullable: true, description: 'What micro-credentials count for at other institutions, with the reason for every "no".' })
  async recognitions(
    @Args('held', { type: () => [HeldMicroCredentialInput] }) held: HeldMicroCredentialInput[],
    @Context() request: RequestContext,
  ): Promise<Answer[]> {
    const asked = held.map(({ microCredential, completedOn, grade }) => ({ microCredential, completedOn, ...(typeof grade === 'number' && { grade }) }));
    return this.operations.call(Recognitions, { held: asked }, await request.principal());
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
  async microCredentials({ microCredentials }: Answer, _: unknown, { loaders }: RequestContext) {
    const known = await loaders.microCredentials.loadMany(microCredentials);
    return known.filter((microCredential) => microCredential !== undefined && !(microCredential instanceof Error));
  }
}
