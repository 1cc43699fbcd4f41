export { REGISTRY_READER, REGISTRY_SCHEMA, registryMigrations } from './migrations/registry-migrations.ts';
