import {
  AwardIssued,
  type AwardSnapshot,
  InstitutionActivated,
  type InstitutionSnapshot,
  MicroCredentialPublished,
  type PublishedMicroCredential,
  topics,
} from '@mcr/contracts';
import { defineService } from '@mcr/runtime';
import type { TestRegistry } from '@mcr/testing';
import { Module } from '@nestjs/common';

@Module({})
class InstitutionsLog {}
@Module({})
class ProgramsLog {}
@Module({})
class AwardsLog {}

/** The logs that pathways reads, without the services that would write them. */
export const otherServices = [
  defineService({ name: 'institutions', module: InstitutionsLog, migrations: [], topics: [topics.institutions] }),
  defineService({ name: 'programs', module: ProgramsLog, migrations: [], topics: [topics.programs] }),
  defineService({ name: 'awards', module: AwardsLog, migrations: [], topics: [topics.awards] }),
];

export const logInstitution = (registry: TestRegistry, institution: InstitutionSnapshot, version = 1): Promise<void> =>
  registry.parts('institutions').unitOfWork.run(async (tx) => tx.append(InstitutionActivated, institution, { version }));

export const logMicroCredential = (registry: TestRegistry, microCredential: PublishedMicroCredential, version = 1): Promise<void> =>
  registry.parts('programs').unitOfWork.run(async (tx) => tx.append(MicroCredentialPublished, microCredential, { version }));

export const logAward = (registry: TestRegistry, award: AwardSnapshot): Promise<void> =>
  registry.parts('awards').unitOfWork.run(async (tx) => tx.append(AwardIssued, award, { version: 1 }));
