import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import { eventually, kafkaUnavailable, testKafka } from '@mcr/testing';
import { PreparedTrial } from '../../../testing/trial/trial.ts';
import type { Trial } from '../../../testing/trial/trial.ts';
import { trialTopics } from '../../../testing/trial/contract.ts';
import { EventLog } from '../../log/event-log.ts';
import { kafkaClient } from '../client.ts';
import { KafkaCarrier } from './kafka-carrier.ts';
import { topicsThere } from './topics.ts';

const missing = kafkaUnavailable();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

(missing ? describe.skip : describe)(`A log that is still empty${missing ? ` (${missing})` : ''}`, () => {
  let prepared: PreparedTrial;
  let trial: Trial;
  let database: Database;
  let kafka: Awaited<ReturnType<typeof testKafka>>;

  beforeAll(async () => {
    [prepared, kafka] = await Promise.all([PreparedTrial.open(), testKafka()]);
    trial = await prepared.copy();
    database = await openDatabase({ service: 'trial', schema: 'trial', url: trial.urls.trial, poolSize: 2 });
  });
  afterAll(async () => {
    await database.close();
    await trial.close();
    await prepared.close();
    await kafka.release();
  });

  it('has its topics in Kafka all the same: who waits for them also waits with what other services write', async () => {
    const options = { brokers: [kafka.brokers], clientId: 'empty', log, topicPrefix: `${randomUUID()}.` };
    const carrier = new KafkaCarrier(options);
    carrier.carry(new EventLog(database, trialTopics), database);
    const admin = kafkaClient(options).admin();
    await admin.connect();
    const names = trialTopics.map(({ name }) => options.topicPrefix + name);
    await eventually(async () => expect(await topicsThere(admin, names)).toEqual(new Set(names)), { timeoutMs: 30_000 });
    await admin.disconnect();
    await carrier.close();
  });
});
