import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaUnavailable, startKafka } from '@mcr/kafka-broker';
import type { KafkaBroker } from '@mcr/kafka-broker';

export { kafkaUnavailable, startKafka };
export type { KafkaBroker };

/** A broker for a spec. Topics and groups of different specs are kept apart by their names. */
export interface TestKafka {
  /** `host:port`. */
  readonly brokers: string;
  /** Ends the broker if it was started for this spec alone. */
  release(): Promise<void>;
}

/** A broker in a folder of its own, which goes with it. */
export async function startTestKafka(): Promise<TestKafka> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcr-test-kafka-'));
  const broker = await startKafka({ dataDir });
  const release = async (): Promise<void> => {
    await broker.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { brokers: broker.brokers, release };
}

/** The broker of this run of all tests, or one of its own where a spec runs alone. */
export async function testKafka(): Promise<TestKafka> {
  const brokers = process.env['TEST_KAFKA_BROKERS'];
  return brokers ? { brokers, release: () => Promise.resolve() } : startTestKafka();
}
