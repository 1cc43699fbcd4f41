import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RegistryDatabase } from '@mcr/runtime';
import { awards, countAwards } from '@mcr/registry-store/read';
import type { Award as AwardOfRegistry } from '@mcr/registry-store/read';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../../graphql/request-context.ts';
import { Award, AwardConnection, AwardFilterInput } from '../../schema/award.ts';
import { PageArgs } from '../../schema/connection.ts';
import { InstantScalar } from '../../schema/scalars.ts';
import { AwardViews } from './award-view.ts';
import { AwardsCounted, shown, type AwardsAnswer } from './award-connections.ts';
import { INSTITUTION_NAME, VERSION_NAME, asksOnlyFor } from '../selection.ts';

@Resolver(() => Award)
export class AwardsResolver {
  constructor(
    private readonly registry: RegistryDatabase,
    private readonly awardViews: AwardViews,
  ) {}

  @Query(() => AwardConnection, {
    nullable: true,
    description: 'Awards, the latest first. An institution sees its own, the registrar all; an analyst sees counts by institution and status.',
  })
  async awards(
    @Args() { first, after }: PageArgs,
    @Args('filter', { type: () => AwardFilterInput, nullable: true }) given: AwardFilterInput | null,
    @Args('asOf', { type: () => InstantScalar, nullable: true, description: 'The moment whose status counts; now unless given.' }) moment: string | null,
    @Context() request: RequestContext,
  ): Promise<AwardsAnswer> {
    const asOf = moment ? new Date(moment) : undefined;
    const { sees, filter } = await this.awardViews.viewFor(request, { filter: given ?? {}, asOf });
    if (sees === 'counts') return new AwardsCounted(await countAwards(this.registry, filter, request.now));
    return shown(await awards(this.registry, { filter, asOf: asOf ?? request.now, first, after }), after);
  }

  @ResolveField()
  institution(award: AwardOfRegistry, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return asksOnlyFor(INSTITUTION_NAME, info) ? award.institution : loaders.institutions.load(award.institutionCtid);
  }

  @ResolveField()
  microCredential(award: AwardOfRegistry, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    if (asksOnlyFor(VERSION_NAME, info)) return award.microCredential;
    return loaders.microCredentialVersions.load({ ctid: award.microCredentialCtid, version: award.microCredentialVersion });
  }
}
