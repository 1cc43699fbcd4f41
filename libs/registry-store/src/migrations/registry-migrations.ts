import type { Migration } from '@mcr/database';
import { functions } from './0001-functions.ts';
import { tables } from './0002-tables.ts';

/** Where the read model lives. Every query names it, so that it works on any connection. */
export const REGISTRY_SCHEMA = 'registry';

export const registryMigrations: Migration[] = [
  { number: 1, name: 'functions', sql: () => functions },
  { number: 2, name: 'tables', sql: () => tables },
];
