import { Args, Context, Query, Resolver } from '@nestjs/graphql';
import { RegistryDatabase } from '@mcr/runtime';
import { institutions, institutionsByCode } from '@mcr/registry-store/read';
import type { Institution as InstitutionOfRegistry, InstitutionFilter, InstitutionName, InstitutionOrder as Order } from '@mcr/registry-store/read';
import { allow } from './allow.ts';
import { RequestContext } from '../graphql/request-context.ts';
import { PageArgs } from '../schema/connection.ts';
import { Institution, InstitutionConnection, InstitutionFilterInput, InstitutionOrder } from '../schema/institution.ts';
import { ResolveText, textIn, type InLanguage } from '../schema/language.ts';
import { ConnectionOf } from './connection.ts';

@Resolver(() => Institution)
export class InstitutionsResolver {
  constructor(private readonly registry: RegistryDatabase) {}

  @Query(() => InstitutionConnection, { nullable: true, description: 'The institutions, whatever their state.' })
  async institutions(
    @Args() { first, after }: PageArgs,
    @Args('filter', { type: () => InstitutionFilterInput, nullable: true }) filter: InstitutionFilter | null,
    @Args('orderBy', { type: () => InstitutionOrder, defaultValue: InstitutionOrder.CODE }) orderBy: Order,
    @Context() request: RequestContext,
  ): Promise<ConnectionOf<InstitutionOfRegistry>> {
    await allow(request, 'institutions');
    return new ConnectionOf(await institutions(this.registry, { filter: filter ?? {}, orderBy, first, after }), after);
  }

  @Query(() => Institution, { nullable: true, description: 'The institution of this code.' })
  async institution(@Args('code', { type: () => String }) code: string, @Context() request: RequestContext): Promise<InstitutionOfRegistry | undefined> {
    await allow(request, 'institutions');
    return (await institutionsByCode(this.registry, [code]))[0];
  }

  @ResolveText()
  name(institution: InstitutionName, language: InLanguage): string {
    return textIn(institution.name, language);
  }
}
