import { Module } from '@nestjs/common';
import {
  Audit,
  CheapestCompletion,
  CompletionOfSeveral,
  CompletionTradeOffs,
  CredentialsInReach,
  CredentialsOfAwards,
  EndShare,
  GrantConsent,
  InviteInstitution,
  MyAwards,
  MyConsents,
  MyShares,
  ProposeAgreement,
  PublishMicroCredential,
  PublishPathway,
  Recognitions,
  RegistryLag,
  ShareCredential,
  SignAgreement,
  VerifyCredential,
  WithdrawConsent,
  ReplayedAnswer,
  WhyNotRecognised,
  topics,
} from '@mcr/contracts';
import { Refusal, type InputOf, type OperationDefinition, type OutputOf } from '@mcr/event-kit';
import { REGISTRY_SCHEMA, registryMigrations } from '@mcr/registry-store';
import { REGISTRY_READER, defineService, handle, type OperationContext } from '@mcr/runtime';

/** What pathways is asked here. */
const pathwaysOperations: readonly OperationDefinition[] = [
  Audit,
  CheapestCompletion,
  CompletionOfSeveral,
  CompletionTradeOffs,
  CredentialsInReach,
  ProposeAgreement,
  PublishPathway,
  Recognitions,
  ReplayedAnswer,
  SignAgreement,
  WhyNotRecognised,
];

/** What awards is asked here. */
const awardsOperations: readonly OperationDefinition[] = [
  CredentialsOfAwards,
  EndShare,
  GrantConsent,
  MyAwards,
  MyConsents,
  MyShares,
  ShareCredential,
  VerifyCredential,
  WithdrawConsent,
];

/** What a test lets the services behind the gateway answer. The road to them, with its checks, is the real one. */
export class Neighbours {
  readonly asked: { operation: string; input: unknown; context: OperationContext }[] = [];
  private readonly answers = new Map<string, (input: never) => unknown>();

  on<D extends OperationDefinition>(operation: D, answer: (input: InputOf<D>) => OutputOf<D>): void {
    this.answers.set(operation.name, answer);
  }

  answering<D extends OperationDefinition>(operation: D) {
    return handle(operation, (input, context) => {
      this.asked.push({ operation: operation.name, input, context });
      const answer = this.answers.get(operation.name);
      if (!answer) throw new Refusal('UNAVAILABLE');
      return Promise.resolve(answer(input as never) as OutputOf<D>);
    });
  }

  /** The owner of the registry's tables, and the owners of the operations and the log that the gateway needs. */
  services() {
    const schemas = [{ schema: REGISTRY_SCHEMA, migrations: registryMigrations, readers: [REGISTRY_READER] }];
    return [
      defineService({ name: 'search', module: SearchModule, migrations: [], schemas, operations: [this.answering(RegistryLag)] }),
      defineService({
        name: 'institutions',
        module: InstitutionsModule,
        migrations: [],
        topics: [topics.institutions],
        operations: [this.answering(InviteInstitution)],
      }),
      defineService({ name: 'programs', module: ProgramsModule, migrations: [], operations: [this.answering(PublishMicroCredential)] }),
      defineService({
        name: 'awards',
        module: AwardsModule,
        migrations: [],
        operations: awardsOperations.map((operation) => this.answering<OperationDefinition>(operation)),
      }),
      defineService({
        name: 'pathways',
        module: PathwaysModule,
        migrations: [],
        operations: pathwaysOperations.map((operation) => this.answering<OperationDefinition>(operation)),
      }),
    ];
  }
}

@Module({})
class SearchModule {}
@Module({})
class InstitutionsModule {}
@Module({})
class ProgramsModule {}
@Module({})
class AwardsModule {}
@Module({})
class PathwaysModule {}
