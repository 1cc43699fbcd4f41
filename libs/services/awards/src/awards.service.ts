import {
  CredentialsOfAwards,
  EndShare,
  GrantConsent,
  LinkLearner,
  MyAwards,
  MyConsents,
  MyLearner,
  MyShares,
  ShareCredential,
  UnlinkLearner,
  UseConsent,
  VerifyCredential,
  WithdrawConsent,
  topics,
} from '@mcr/contracts';
import { defineService, handle, type ServiceDefinition } from '@mcr/runtime';
import { awardsModule } from './awards.module.ts';
import { CredentialsConsumer } from './consumers/credentials.consumer.ts';
import { endShare, shareCredential } from './commands/share-credential.ts';
import { grantConsent } from './commands/grant-consent.ts';
import { linkLearner } from './commands/link-learner.ts';
import { unlinkLearner } from './commands/unlink-learner.ts';
import { useConsent } from './commands/use-consent.ts';
import { withdrawConsent } from './commands/withdraw-consent.ts';
import { FactsConsumer } from './consumers/facts.consumer.ts';
import { OutcomesConsumer } from './consumers/outcomes.consumer.ts';
import { StatusListsConsumer } from './consumers/status-lists.consumer.ts';
import { IntakeSettings } from './intake/intake-settings.ts';
import { credentialsOfAwards, verifyCredential } from './queries/credentials-of-awards.ts';
import { myShares } from './queries/my-shares.ts';
import { myAwards } from './queries/my-awards.ts';
import { myConsents } from './queries/my-consents.ts';
import { myLearner } from './queries/my-learner.ts';
import { awardsTables } from './storage/migrations/0001-awards.ts';
import { credentials } from './storage/migrations/0004-credentials.ts';
import { inboundDeadLetters } from './storage/migrations/0002-inbound-dead-letters.ts';
import { particulars } from './storage/migrations/0006-particulars.ts';
import { learnersAndConsents } from './storage/migrations/0003-learners-and-consents.ts';
import { publishedLists } from './storage/migrations/0005-published-lists.ts';

/** The service with other waits than it has in production; for tests that cannot wait ten minutes. */
export const awardsWith = (settings: Partial<IntakeSettings>): ServiceDefinition =>
  defineService({
    name: 'awards',
    module: awardsModule(new IntakeSettings(settings)),
    migrations: [awardsTables, inboundDeadLetters, learnersAndConsents, credentials, publishedLists, particulars],
    topics: [topics.awards, topics.submissions],
    operations: [
      handle(LinkLearner, linkLearner),
      handle(UnlinkLearner, unlinkLearner),
      handle(MyLearner, myLearner),
      handle(MyAwards, myAwards),
      handle(MyConsents, myConsents),
      handle(GrantConsent, grantConsent),
      handle(ShareCredential, shareCredential),
      handle(EndShare, endShare),
      handle(MyShares, myShares),
      handle(CredentialsOfAwards, credentialsOfAwards),
      handle(VerifyCredential, verifyCredential),
      handle(WithdrawConsent, withdrawConsent),
      handle(UseConsent, useConsent),
    ],
    consumers: [FactsConsumer, CredentialsConsumer, StatusListsConsumer],
    kafkaConsumers: [OutcomesConsumer],
  });

/** What was earned: takes the records of institutions, decides each of them once, and keeps the awards. */
export const awards = awardsWith({});
