import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CLOUDEVENT,
  LearnerEncryptionKeys,
  encryptLearner,
  inboundTopicOf,
  institutionTopics,
  kafkaRecord,
  outcomeTopicOf,
  type InboundEvent,
  type LearnerEncryptionKey,
  type SubmitAward,
} from '@mcr/contracts';
import { BrokerAccess, RecordWriter, TopicTail, type KafkaConnection, type OutgoingRecord, type ReceivedRecord } from '@mcr/messaging/kafka-records';
import { freePort, startTestSignIn, testKafka } from '@mcr/testing';

/** An outcome as an institution reads it. */
export interface ReadOutcome {
  readonly key: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly data: {
    readonly eventId: string;
    readonly state: string;
    readonly submissionId: string;
    readonly errors?: { readonly code: string; readonly pointer: string; readonly hint?: string }[];
  };
  readonly text: string;
}

const outcomeOf = ({ key, value, headers }: ReceivedRecord): ReadOutcome => ({
  key: key?.toString(),
  headers: Object.fromEntries(Object.entries(headers).map(([name, [text]]) => [name, text!.toString()])),
  data: JSON.parse(value!.toString()) as ReadOutcome['data'],
  text: `${key?.toString()} ${JSON.stringify(headers)} ${value!.toString()}`,
});

/** What a process needs that has Kafka, and its sign-in elsewhere. All its faces are on one port, as the gateway shows them. */
export async function placeOnKafka(brokers: string) {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcr-test-'));
  const port = String(await freePort());
  const signIn = await startTestSignIn(dataDir, { publicUrl: `http://127.0.0.1:${port}` });
  return {
    options: { dataDir, environment: { PORT: port, LISTEN_PORT: port, KAFKA_BROKERS: brokers, SERVICE_URL_GATEWAY: signIn.url } },
    close: async (): Promise<void> => {
      await signIn.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The topics of institutions on a real broker, used as an institution's system would. Codes are for one spec only: topics outlive it. */
export async function startTopics() {
  const kafka = await testKafka();
  const connection: KafkaConnection = {
    brokers: [kafka.brokers],
    clientId: 'spec',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  };
  const access = new BrokerAccess(connection);
  const writer = new RecordWriter(connection);
  const tails: TopicTail[] = [];
  return {
    brokers: kafka.brokers,
    createFor: (...codes: string[]) =>
      access.createMissing(
        codes.flatMap((code) => [
          { name: inboundTopicOf(code), ...institutionTopics.inbound },
          { name: outcomeTopicOf(code), ...institutionTopics.outcomes },
        ]),
      ),
    write: (code: string, ...records: OutgoingRecord[]) => writer.write(inboundTopicOf(code), records),
    /** Every outcome of that institution, from the beginning, as it comes. */
    async outcomesOf(code: string): Promise<readonly ReadOutcome[]> {
      const outcomes: ReadOutcome[] = [];
      const tail = new TopicTail({
        connection,
        groupId: `spec-${randomUUID()}`,
        topic: outcomeTopicOf(code),
        onRecord: (record) => void outcomes.push(outcomeOf(record)),
        onEnd: () => undefined,
      });
      tails.push(tail);
      await tail.start('0');
      return outcomes;
    },
    async close(): Promise<void> {
      for (const tail of tails) await tail.close();
      await writer.close();
      await access.close();
      await kafka.release();
    },
  };
}

export type Topics = Awaited<ReturnType<typeof startTopics>>;

export async function encryptionKey(url: string): Promise<LearnerEncryptionKey> {
  const response = await fetch(`${url}/awards/encryption-keys`);
  return LearnerEncryptionKeys.parse(await response.json()).keys[0]!;
}

type Encrypted = Omit<SubmitAward, 'learner'> & { readonly learner: string };

/** The event with its learner encrypted, as it belongs on a topic. */
export async function encrypted(event: InboundEvent<SubmitAward>, key: LearnerEncryptionKey): Promise<InboundEvent<Encrypted>> {
  return { ...event, data: { ...event.data, learner: await encryptLearner(event.data.learner, key) } };
}

export const inBinaryMode = (event: InboundEvent): OutgoingRecord => kafkaRecord({ ...event }, event.subject);

export const inStructuredMode = (event: unknown): OutgoingRecord => ({ key: 'k', value: JSON.stringify(event), headers: { 'content-type': CLOUDEVENT } });
