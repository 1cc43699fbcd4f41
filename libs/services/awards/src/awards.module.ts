import { Module, type Type } from '@nestjs/common';
import { Logger, Secrets, Settings } from '@mcr/runtime';
import { CredentialsConsumer } from './consumers/credentials.consumer.ts';
import { FactsConsumer } from './consumers/facts.consumer.ts';
import { OutcomesConsumer } from './consumers/outcomes.consumer.ts';
import { StatusListsConsumer } from './consumers/status-lists.consumer.ts';
import { BadgeDrafts } from './credentials/badge-drafts.ts';
import { CredentialForms } from './credentials/credential-forms.ts';
import { CredentialHolders } from './credentials/credential-holders.ts';
import { CredentialIssuer } from './credentials/credential-issuer.ts';
import { CredentialSweep } from './credentials/credential-sweep.ts';
import { DevelopmentKey } from './credentials/signing/development-key.ts';
import { DocumentSigner } from './credentials/signing/document-signer.ts';
import { InstitutionSigner } from './credentials/signing/institution-signer.ts';
import { LearnerRecords } from './credentials/learner-records.ts';
import { ProofMaker } from './credentials/signing/proof-maker.ts';
import { KeyFacts } from './credentials/signed/key-facts.ts';
import { SignedCredentials } from './credentials/signed/signed-credentials.ts';
import { UncredentialedAwards } from './credentials/uncredentialed-awards.ts';
import { RegistryKey } from './credentials/signing/registry-key.ts';
import { VcIssuer } from './credentials/signing/vc-issuer.ts';
import { RegistryLookups } from './credentials/verification/registry-lookups.ts';
import { Verifier } from './credentials/verification/verifier.ts';
import { StatusLists } from './credentials/status/status-lists.ts';
import { AwardCredentialController } from './http/award-credential.controller.ts';
import { Callers } from './http/callers.ts';
import { EncryptionKeysController } from './http/encryption-keys.controller.ts';
import { EventsController } from './http/events.controller.ts';
import { RegistryDidController } from './http/registry/did-document.controller.ts';
import { LearnerRecordController } from './http/registry/learner-record.controller.ts';
import { IssueController } from './http/vc-api/issue.controller.ts';
import { VerifyAnybodysController } from './http/vc-api/verify-anybodys.controller.ts';
import { VerifyController } from './http/verify.controller.ts';
import { StatusListsController } from './http/status-lists.controller.ts';
import { SubmissionsController } from './http/submissions.controller.ts';
import { Arrivals } from './intake/arrivals.ts';
import { GroupRunner } from './intake/group-runner.ts';
import { IntakeKeys } from './intake/intake-keys.ts';
import { IntakeSettings } from './intake/intake-settings.ts';
import { Intake } from './intake/intake.ts';
import { Pressure } from './intake/pressure.ts';
import { Sweep } from './intake/sweep.ts';
import { WaitingRecords } from './intake/waiting-records.ts';
import { InboundDeadLetters } from './kafka/inbound-dead-letters.ts';
import { InboundDoor } from './kafka/inbound-door.ts';
import { InboundRecords } from './kafka/inbound-records.ts';
import { LearnerKeys } from './kafka/learner-keys.ts';
import { OutcomeTopics } from './kafka/outcome-topics.ts';
import { SignedInLearner } from './learners/signed-in-learner.ts';

export function awardsModule(settings: IntakeSettings): Type {
  @Module({
    controllers: [
      EventsController,
      SubmissionsController,
      EncryptionKeysController,
      AwardCredentialController,
      StatusListsController,
      VerifyController,
      LearnerRecordController,
      RegistryDidController,
      IssueController,
      VerifyAnybodysController,
      FactsConsumer,
      CredentialsConsumer,
      StatusListsConsumer,
      OutcomesConsumer,
    ],
    providers: [
      { provide: IntakeSettings, useValue: settings },
      { provide: IntakeKeys, useFactory: (secrets: Secrets) => IntakeKeys.from(secrets), inject: [Secrets] },
      GroupRunner,
      Pressure,
      KeyFacts,
      SignedCredentials,
      Arrivals,
      Intake,
      WaitingRecords,
      Sweep,
      Callers,
      LearnerKeys,
      InboundDeadLetters,
      InboundRecords,
      InboundDoor,
      OutcomeTopics,
      ProofMaker,
      InstitutionSigner,
      DocumentSigner,
      UncredentialedAwards,
      BadgeDrafts,
      { provide: DevelopmentKey, useFactory: DevelopmentKey.from, inject: [Settings, Secrets, Logger] },
      VcIssuer,
      { provide: RegistryKey, useFactory: RegistryKey.from, inject: [Settings, Secrets, ProofMaker] },
      LearnerRecords,
      CredentialIssuer,
      StatusLists,
      CredentialSweep,
      RegistryLookups,
      Verifier,
      CredentialHolders,
      CredentialForms,
      SignedInLearner,
    ],
  })
  class AwardsModule {}
  return AwardsModule;
}
