export { REGISTRY_SCHEMA, registryMigrations } from './migrations/registry-migrations.ts';
