import { Context, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RegistryLag } from '@mcr/contracts';
import { Operations, RegistryDatabase } from '@mcr/runtime';
import { registryStatus, type RegistryStatus as RegistryOfStore } from '@mcr/registry-store/read';
import { RequestContext } from '../graphql/request-context.ts';
import { RegistryStatus } from '../schema/registry-status.ts';
import { allow } from './allow.ts';

@Resolver(() => RegistryStatus)
export class RegistryStatusResolver {
  constructor(
    private readonly registry: RegistryDatabase,
    private readonly operations: Operations,
  ) {}

  @Query(() => RegistryStatus, { nullable: true })
  async registryStatus(@Context() request: RequestContext): Promise<RegistryOfStore> {
    await allow(request, 'registryStatus');
    return registryStatus(this.registry);
  }

  @ResolveField()
  async projectionLagMs(_status: unknown, _: unknown, request: RequestContext): Promise<number> {
    return (await this.operations.call(RegistryLag, {}, await request.principal())).projectionLagMs;
  }
}
