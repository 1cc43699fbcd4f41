import { afterAll, describe, it } from '@jest/globals';
import { kafkaUnavailable, testKafka } from '@mcr/testing';
import { describeCarrier } from '../../../testing/carrier-suite.ts';

const missing = kafkaUnavailable();

if (missing) {
  describe.skip(`carried by Kafka (${missing})`, () => it('is tried where Kafka can run', () => undefined));
} else {
  const kafka = await testKafka();
  process.env['TEST_KAFKA_BROKERS'] = kafka.brokers;
  afterAll(() => kafka.release());
  describeCarrier('Kafka', new URL('../../../testing/carriers/kafka.ts', import.meta.url));
}
