import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { kafkaUnavailable, testKafka } from '@mcr/testing';
import { kafkaClient } from '../client.ts';
import { newestRecords } from './newest-records.ts';

const missing = kafkaUnavailable();
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

(missing ? describe.skip : describe)(`The newest records that Kafka holds${missing ? ` (${missing})` : ''}`, () => {
  let kafka: Awaited<ReturnType<typeof testKafka>>;
  const topic = `newest.${randomUUID()}`;

  beforeAll(async () => {
    kafka = await testKafka();
    const client = kafkaClient({ brokers: [kafka.brokers], clientId: 'newest', log });
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 4, replicationFactor: -1 }] });
    await admin.disconnect();
    const producer = client.producer();
    await producer.connect();
    await producer.send({ topic, messages: [0, 1, 2].flatMap((partition) => ['older', 'newest'].map((value) => ({ partition, value }))) });
    await producer.disconnect();
  });
  afterAll(() => kafka.release());

  it('are handed out to each who asks, also while another asks, or was cut off while it did', async () => {
    const ask = () => newestRecords(kafkaClient({ brokers: [kafka.brokers], clientId: 'newest', log }), `${topic}.check`, [topic]);
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map((answer) => [...answer.keys()].sort())).toEqual(Array(3).fill([0, 1, 2].map((partition) => `${topic}/${partition}`)));
  });
});
