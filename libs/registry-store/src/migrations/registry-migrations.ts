import type { Migration } from '@mcr/database';
import { functions } from './0001-functions.ts';
import { tables } from './0002-tables.ts';
import { pathways } from './0003-pathways.ts';
import { agreements } from './0004-agreements.ts';
import { wholeDefinitions } from './0005-whole-definitions.ts';

/** Where the read model lives. Every query names it, so that it works on any connection. */
export const REGISTRY_SCHEMA = 'registry';

/** All tables of the read model. Which slot notes the newest event depends on who was quick, so the slots are no part of what the events say. */
export const registryTables = {
  schema: REGISTRY_SCHEMA,
  names: [
    'institution',
    'micro_credential',
    'micro_credential_version',
    'award',
    'agreement',
    'agreement_from',
    'agreement_grant',
    'pathway',
    'projection_state',
  ],
  bookkeeping: ['projection_state'],
};

export const registryMigrations: Migration[] = [
  { number: 1, name: 'functions', sql: () => functions },
  { number: 2, name: 'tables', sql: () => tables },
  { number: 3, name: 'pathways', sql: () => pathways },
  { number: 4, name: 'agreements in every state', sql: () => agreements },
  { number: 5, name: 'whole definitions', sql: () => wholeDefinitions },
];
