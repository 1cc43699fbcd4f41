import { Args, Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RegistryDatabase } from '@mcr/runtime';
import { agreements } from '@mcr/registry-store/read';
import type { Agreement, AgreementFilter } from '@mcr/registry-store/read';
import type { GraphQLResolveInfo } from 'graphql';
import { RequestContext } from '../graphql/request-context.ts';
import { AgreementSignature, TransferAgreement, TransferAgreementConnection, TransferAgreementFilterInput, TransferValueFrom } from '../schema/agreement.ts';
import { PageArgs } from '../schema/connection.ts';
import { InstantScalar } from '../schema/scalars.ts';
import { allow } from './allow.ts';
import { ConnectionOf } from './connection.ts';
import { found } from './found.ts';
import { CATALOGUE_NAME, INSTITUTION_NAME, asksOnlyFor } from './selection.ts';

@Resolver(() => TransferAgreement)
export class AgreementsResolver {
  constructor(private readonly registry: RegistryDatabase) {}

  @Query(() => TransferAgreementConnection, { nullable: true, description: 'The transfer agreements, the latest begun first.' })
  async agreements(
    @Args() { first, after }: PageArgs,
    @Args('filter', { type: () => TransferAgreementFilterInput, nullable: true }) filter: AgreementFilter | null,
    @Args('asOf', { type: () => InstantScalar, nullable: true, description: 'The moment whose status counts; now unless given.' }) moment: string | null,
    @Context() request: RequestContext,
  ): Promise<ConnectionOf<Agreement>> {
    await allow(request, 'agreements');
    const asOf = moment ? new Date(moment) : request.now;
    return new ConnectionOf(await agreements(this.registry, { filter: filter ?? {}, asOf, first, after }), after);
  }

  @ResolveField()
  id({ ctid }: Agreement): string {
    return ctid;
  }

  @ResolveField()
  sender(agreement: Agreement, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return asksOnlyFor(INSTITUTION_NAME, info) ? agreement.sender : loaders.institutions.load(agreement.senderCtid);
  }

  @ResolveField()
  receiver(agreement: Agreement, _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return asksOnlyFor(INSTITUTION_NAME, info) ? agreement.receiver : loaders.institutions.load(agreement.receiverCtid);
  }

  @ResolveField()
  programScope({ programScope }: Agreement, _: unknown, { loaders }: RequestContext) {
    return programScope && found(loaders.pathways, programScope);
  }
}

@Resolver(() => AgreementSignature)
export class AgreementSignatureResolver {
  @ResolveField()
  institution({ organization }: Agreement['signatures'][number], _: unknown, { loaders }: RequestContext) {
    return loaders.institutions.load(organization);
  }
}

@Resolver(() => TransferValueFrom)
export class TransferValueFromResolver {
  @ResolveField()
  microCredential({ microCredential, name }: Agreement['from'][number], _: unknown, { loaders }: RequestContext, info: GraphQLResolveInfo) {
    return asksOnlyFor(CATALOGUE_NAME, info) ? name && { ctid: microCredential, name } : loaders.microCredentials.load(microCredential);
  }
}
