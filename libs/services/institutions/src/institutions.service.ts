import {
  ActivateInstitution,
  ActivateIssuerKey,
  DelegateSigning,
  InviteInstitution,
  ProposeIssuerKey,
  RegisterPublishingClient,
  ReinstateInstitution,
  ReportIssuerKeyCompromised,
  RetireIssuerKey,
  RevokePublishingClient,
  SignForInstitutions,
  SuspendInstitution,
  VerifyInstitution,
  topics,
} from '@mcr/contracts';
import { defineService, handle } from '@mcr/runtime';
import { activateInstitution, reinstateInstitution, suspendInstitution, verifyInstitution } from './commands/change-status.ts';
import { activateIssuerKey, reportIssuerKeyCompromised, retireIssuerKey } from './commands/change-issuer-key.ts';
import { delegateSigning } from './commands/delegate-signing.ts';
import { inviteInstitution } from './commands/invite-institution.ts';
import { proposeIssuerKey } from './commands/propose-issuer-key.ts';
import { registerPublishingClient } from './commands/register-publishing-client.ts';
import { revokePublishingClient } from './commands/revoke-publishing-client.ts';
import { KafkaAccessConsumer } from './consumers/kafka-access.consumer.ts';
import { InstitutionsModule } from './institutions.module.ts';
import { signForInstitutions } from './queries/sign-for-institutions.ts';
import { InstitutionRow } from './storage/institution.row.ts';
import { IssuerKeyRow } from './storage/issuer-key.row.ts';
import { institutions as createInstitutions } from './storage/migrations/0001-institutions.ts';
import { issuerKeys } from './storage/migrations/0002-issuer-keys.ts';
import { PublishingClientRow } from './storage/publishing-client.row.ts';

/** Who may issue: institutions from invitation to suspension, the systems that publish for them, and the keys that sign for them. */
export const institutions = defineService({
  name: 'institutions',
  module: InstitutionsModule,
  migrations: [createInstitutions, issuerKeys],
  entities: [InstitutionRow, PublishingClientRow, IssuerKeyRow],
  topics: [topics.institutions],
  kafkaConsumers: [KafkaAccessConsumer],
  operations: [
    handle(InviteInstitution, inviteInstitution),
    handle(VerifyInstitution, verifyInstitution),
    handle(ActivateInstitution, activateInstitution),
    handle(SuspendInstitution, suspendInstitution),
    handle(ReinstateInstitution, reinstateInstitution),
    handle(RegisterPublishingClient, registerPublishingClient),
    handle(RevokePublishingClient, revokePublishingClient),
    handle(ProposeIssuerKey, proposeIssuerKey),
    handle(ActivateIssuerKey, activateIssuerKey),
    handle(RetireIssuerKey, retireIssuerKey),
    handle(ReportIssuerKeyCompromised, reportIssuerKeyCompromised),
    handle(DelegateSigning, delegateSigning),
    handle(SignForInstitutions, signForInstitutions),
  ],
});
