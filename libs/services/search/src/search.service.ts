import { RegistryLag } from '@mcr/contracts';
import { REGISTRY_SCHEMA, registryMigrations } from '@mcr/registry-store';
import { REGISTRY_READER, defineService, handle } from '@mcr/runtime';
import { RegistryReactions } from './consumers/registry-reactions.ts';
import { registryLag } from './queries/registry-lag.ts';
import { SearchModule } from './search.module.ts';

/** Keeps the shared registry: the only service that writes it. */
export const search = defineService({
  name: 'search',
  module: SearchModule,
  migrations: [],
  schemas: [{ schema: REGISTRY_SCHEMA, migrations: registryMigrations, readers: [REGISTRY_READER] }],
  operations: [handle(RegistryLag, registryLag)],
  consumers: [RegistryReactions],
});
