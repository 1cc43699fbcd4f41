import {
  ActivateInstitution,
  InviteInstitution,
  RegisterPublishingClient,
  ReinstateInstitution,
  RevokePublishingClient,
  SuspendInstitution,
  VerifyInstitution,
  topics,
} from '@mcr/contracts';
import { defineService, handle } from '@mcr/runtime';
import { activateInstitution, reinstateInstitution, suspendInstitution, verifyInstitution } from './commands/change-status.ts';
import { inviteInstitution } from './commands/invite-institution.ts';
import { registerPublishingClient } from './commands/register-publishing-client.ts';
import { revokePublishingClient } from './commands/revoke-publishing-client.ts';
import { KafkaAccessConsumer } from './consumers/kafka-access.consumer.ts';
import { InstitutionsModule } from './institutions.module.ts';
import { InstitutionRow } from './storage/institution.row.ts';
import { institutions as createInstitutions } from './storage/migrations/0001-institutions.ts';
import { PublishingClientRow } from './storage/publishing-client.row.ts';

/** Who may issue: institutions from invitation to suspension, and the systems that publish for them. */
export const institutions = defineService({
  name: 'institutions',
  module: InstitutionsModule,
  migrations: [createInstitutions],
  entities: [InstitutionRow, PublishingClientRow],
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
  ],
});
