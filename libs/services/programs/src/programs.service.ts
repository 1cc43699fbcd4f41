import { DefineMicroCredential, PublishMicroCredential, topics } from '@mcr/contracts';
import { defineService, handle } from '@mcr/runtime';
import { defineMicroCredential } from './commands/define-micro-credential.ts';
import { publishMicroCredential } from './commands/publish-micro-credential.ts';
import { ProgramsFacts } from './consumers/programs-facts.consumer.ts';
import { ProgramsModule } from './programs.module.ts';
import { InstitutionRow } from './storage/institution.row.ts';
import { MicroCredentialVersionRow } from './storage/micro-credential-version.row.ts';
import { microCredentials } from './storage/migrations/0001-micro-credentials.ts';

/** What is offered: micro-credentials, their versions, and the framework's rules for publishing them. */
export const programs = defineService({
  name: 'programs',
  module: ProgramsModule,
  migrations: [microCredentials],
  entities: [InstitutionRow, MicroCredentialVersionRow],
  topics: [topics.programs],
  operations: [handle(DefineMicroCredential, defineMicroCredential), handle(PublishMicroCredential, publishMicroCredential)],
  consumers: [ProgramsFacts],
});
