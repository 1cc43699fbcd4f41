import { PublishAgreement, Recognitions, topics } from '@mcr/contracts';
import { defineService, handle } from '@mcr/runtime';
import { publishAgreement } from './commands/publish-agreement.ts';
import { PathwaysFacts } from './consumers/pathways-facts.ts';
import { PathwaysModule } from './pathways.module.ts';
import { recognitions } from './queries/recognitions.ts';
import { createTables } from './storage/migrations/0001-tables.ts';

/** What awards count for: the transfer agreements between institutions, and the answers that follow from them. */
export const pathways = defineService({
  name: 'pathways',
  module: PathwaysModule,
  migrations: [createTables],
  topics: [topics.transfer],
  operations: [handle(PublishAgreement, publishAgreement), handle(Recognitions, recognitions)],
  consumers: [PathwaysFacts],
});
