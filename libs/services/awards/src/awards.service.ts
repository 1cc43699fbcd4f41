import { topics } from '@mcr/contracts';
import { defineService, type ServiceDefinition } from '@mcr/runtime';
import { awardsModule } from './awards.module.ts';
import { CredentialsConsumer } from './consumers/credentials.consumer.ts';
import { FactsConsumer } from './consumers/facts.consumer.ts';
import { OutcomesConsumer } from './consumers/outcomes.consumer.ts';
import { StatusListsConsumer } from './consumers/status-lists.consumer.ts';
import { IntakeSettings } from './intake/intake-settings.ts';
import { awardsTables } from './storage/migrations/0001-awards.ts';
import { credentials } from './storage/migrations/0004-credentials.ts';
import { inboundDeadLetters } from './storage/migrations/0002-inbound-dead-letters.ts';

/** The service with other waits than it has in production; for tests that cannot wait ten minutes. */
export const awardsWith = (settings: Partial<IntakeSettings>): ServiceDefinition =>
  defineService({
    name: 'awards',
    module: awardsModule(new IntakeSettings(settings)),
    migrations: [awardsTables, inboundDeadLetters, credentials],
    topics: [topics.awards, topics.submissions],
    consumers: [FactsConsumer, CredentialsConsumer, StatusListsConsumer],
    kafkaConsumers: [OutcomesConsumer],
  });

/** What was earned: takes the records of institutions, decides each of them once, and keeps the awards. */
export const awards = awardsWith({});
