import { topics } from '@mcr/contracts';
import { defineService } from '@mcr/runtime';
import { Module } from '@nestjs/common';

@Module({})
class InstitutionsLog {}
@Module({})
class ProgramsLog {}
@Module({})
class AwardsLog {}
@Module({})
class PathwaysLog {}

/** The logs that search reads, without the services that would write them. */
export const otherServices = [
  defineService({ name: 'institutions', module: InstitutionsLog, migrations: [], topics: [topics.institutions] }),
  defineService({ name: 'programs', module: ProgramsLog, migrations: [], topics: [topics.programs] }),
  defineService({ name: 'awards', module: AwardsLog, migrations: [], topics: [topics.awards] }),
  defineService({ name: 'pathways', module: PathwaysLog, migrations: [], topics: [topics.transfer] }),
];
