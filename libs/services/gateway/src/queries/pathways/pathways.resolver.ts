import { Args, Context, ID, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Requirement } from '@mcr/contracts';
import { RegistryDatabase } from '@mcr/runtime';
import { pathways, type Pathway as PathwayOfRegistry, type PathwayFilter } from '@mcr/registry-store/read';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../../graphql/request-context.ts';
import { PageArgs } from '../../schema/connection.ts';
import { ResolveText, textIn, type InLanguage } from '../../schema/language.ts';
import { Pathway, PathwayConnection, PathwayFilterInput } from '../../schema/pathway.ts';
import { allow } from '../allow.ts';
import { ConnectionOf } from '../connection.ts';
import { requirementsInOrder, type RequirementInOrder } from './requirements-in-order.ts';
import { INSTITUTION_NAME, asksOnlyFor } from '../selection.ts';

@Resolver(() => Pathway)
export class PathwaysResolver {
  constructor(private readonly registry: RegistryDatabase) {}

  @Query(() => PathwayConnection, { nullable: true, description: 'The newest version of every pathway that the filter leaves, by name.' })
  async pathways(
    @Args() { first, after }: PageArgs,
    @Args('filter', { type: () => PathwayFilterInput, nullable: true }) filter: PathwayFilter | null,
    @Context() request: RequestContext,
  ): Promise<ConnectionOf<PathwayOfRegistry>> {
    await allow(request, 'pathways');
    return new ConnectionOf(await pathways(this.registry, { filter: filter ?? {}, first, after }), after);
  }

  @Query(() => Pathway, { nullable: true, description: 'The newest version of the pathway of this CTID, retired ones too.' })
  async pathway(@Args('ctid', { type: () => ID }) ctid: string, @Context() request: RequestContext): Promise<PathwayOfRegistry | undefined> {
    await allow(request, 'pathways');
    return request.loaders.pathways.load(ctid);
  }

  @ResolveText()
  name(pathway: PathwayOfRegistry, language: InLanguage): string {
    return textIn(pathway.name, language);
  }

  @ResolveField()
  ownedBy(pathway: PathwayOfRegistry, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return asksOnlyFor(INSTITUTION_NAME, info) ? pathway.ownedBy : loaders.institutions.load(pathway.ownerCtid);
  }

  @ResolveField()
  destination({ destinationCtid }: PathwayOfRegistry, _: unknown, { loaders }: RequestContext) {
    return destinationCtid && loaders.microCredentials.load(destinationCtid);
  }

  @ResolveField()
  requirements({ requirement }: PathwayOfRegistry): RequirementInOrder[] {
    return requirementsInOrder(requirement as Requirement);
  }
}
