import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RegistryDatabase } from '@mcr/runtime';
import { microCredentials } from '@mcr/registry-store/read';
import type {
  Institution as InstitutionOfRegistry,
  MicroCredential as MicroCredentialOfRegistry,
  MicroCredentialFilter,
  MicroCredentialOrder as Order,
} from '@mcr/registry-store/read';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../graphql/request-context.ts';
import { AwardConnection } from '../schema/award.ts';
import { PageArgs } from '../schema/connection.ts';
import { ResolveText, textIn, type InLanguage } from '../schema/language.ts';
import { MicroCredential, MicroCredentialConnection, MicroCredentialFilterInput, MicroCredentialOrder } from '../schema/micro-credential.ts';
import { allow } from './allow.ts';
import { AwardViews } from './awards/award-view.ts';
import { shown, type AwardsShown } from './awards/award-connections.ts';
import { ConnectionOf } from './connection.ts';
import { INSTITUTION_NAME, asksOnlyFor } from './selection.ts';

@Resolver(() => MicroCredential)
export class MicroCredentialsResolver {
  constructor(
    private readonly registry: RegistryDatabase,
    private readonly awardViews: AwardViews,
  ) {}

  @Query(() => MicroCredentialConnection, {
    nullable: true,
    description: 'The catalogue: the current version of every micro-credential that the words and the filter leave.',
  })
  async microCredentials(
    @Args() { first, after }: PageArgs,
    @Args('search', { type: () => String, nullable: true, description: 'Words, in any case, with or without accents.' }) search: string | null,
    @Args('filter', { type: () => MicroCredentialFilterInput, nullable: true }) filter: MicroCredentialFilter | null,
    @Args('orderBy', { type: () => MicroCredentialOrder, defaultValue: MicroCredentialOrder.RELEVANCE }) orderBy: Order,
    @Context() request: RequestContext,
  ): Promise<ConnectionOf<MicroCredentialOfRegistry>> {
    await allow(request, 'microCredentials');
    return new ConnectionOf(await microCredentials(this.registry, { search, filter: filter ?? {}, orderBy, first, after }), after);
  }

  @Query(() => MicroCredential, { nullable: true, description: 'The current version of a micro-credential, or an earlier one.' })
  async microCredential(
    @Args('ctid', { type: () => ID }) ctid: string,
    @Args('version', { type: () => Int, nullable: true }) version: number | null,
    @Context() request: RequestContext,
  ): Promise<MicroCredentialOfRegistry | undefined> {
    await allow(request, 'microCredential');
    return typeof version === 'number' ? request.loaders.microCredentialVersions.load({ ctid, version }) : request.loaders.microCredentials.load(ctid);
  }

  @ResolveField(() => AwardConnection, { nullable: true, description: 'The awards of all its versions, for whoever may see awards.' })
  async awards(@Parent() { ctid }: MicroCredential, @Args() { first, after }: PageArgs, @Context() request: RequestContext): Promise<AwardsShown> {
    const { filter } = await this.awardViews.viewFor(request, { filter: { microCredential: ctid } });
    return shown(await request.loaders.awardsOf(ctid, { filter: { institution: filter.institution }, asOf: request.now, first, after }), after);
  }

  @ResolveText()
  name(microCredential: MicroCredentialOfRegistry, language: InLanguage): string {
    return textIn(microCredential.name, language);
  }

  @ResolveText()
  description(microCredential: MicroCredentialOfRegistry, language: InLanguage): string {
    return textIn(microCredential.description, language);
  }

  @ResolveField()
  ownedBy({ ownedBy }: MicroCredentialOfRegistry, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return ownedBy === null || asksOnlyFor(INSTITUTION_NAME, info) ? ownedBy : loaders.institutions.load(ownedBy.ctid);
  }

  @ResolveField()
  async offeredBy({ offeredBy }: MicroCredentialOfRegistry, _: unknown, { loaders }: RequestContext): Promise<InstitutionOfRegistry[]> {
    const known = await loaders.institutions.loadMany(offeredBy);
    return known.filter((institution) => institution !== undefined && !(institution instanceof Error)) as InstitutionOfRegistry[];
  }
}
