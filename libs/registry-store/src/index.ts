export { REGISTRY_SCHEMA, registryMigrations, registryTables } from './migrations/registry-migrations.ts';
