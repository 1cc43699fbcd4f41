import type { Consumer } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from '../client.ts';
import { troubleOf } from './kafka-trouble.ts';
import { after, receivedRecord, type ReceivedRecord } from './received-record.ts';

/** Where a topic of one partition begins and ends now. @throws KafkaTrouble */
export async function extentOf(connection: KafkaConnection, topic: string): Promise<{ readonly first: string; readonly next: string }> {
  const admin = kafkaClient(connection).admin();
  try {
    await admin.connect();
    const [partition] = await admin.fetchTopicOffsets(topic);
    return { first: partition!.low, next: partition!.high };
  } catch (error) {
    throw troubleOf(error);
  } finally {
    await admin.disconnect();
  }
}

export interface TopicTailOptions {
  readonly connection: KafkaConnection;
  /** Of its own for every reader: a group that commits nothing is forgotten when its last member leaves. */
  readonly groupId: string;
  readonly topic: string;
  readonly onRecord: (record: ReceivedRecord) => void;
  /** Told when reading ended and will not go on. */
  readonly onEnd: (error: Error) => void;
}

/** Watches a topic of one partition from a place on. It commits nothing: who starts again says from where. */
export class TopicTail {
  readonly #options: TopicTailOptions;
  readonly #consumer: Consumer;
  #next = '0';
  #joined = false;

  constructor(options: TopicTailOptions) {
    this.#options = options;
    this.#consumer = kafkaClient(options.connection).consumer({ groupId: options.groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 250 });
  }

  /** @throws KafkaTrouble when the topic cannot be read. */
  async start(offset: string): Promise<void> {
    const { topic, onEnd } = this.#options;
    const consumer = this.#consumer;
    this.#next = offset;
    consumer.on(consumer.events.CRASH, ({ payload: { error, restart } }) => (restart ? undefined : onEnd(troubleOf(error))));
    // Whoever joins again begins where the group has committed, which is nowhere.
    consumer.on(consumer.events.GROUP_JOIN, () => {
      this.#joined = true;
      this.goTo(this.#next);
    });
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await consumer.run({ autoCommit: false, eachMessage: ({ partition, message }) => Promise.resolve(this.#see(receivedRecord(topic, partition, message))) });
    } catch (error) {
      await this.close();
      throw troubleOf(error);
    }
  }

  /** Goes on from another place. */
  goTo(offset: string): void {
    this.#next = offset;
    if (this.#joined) this.#consumer.seek({ topic: this.#options.topic, partition: 0, offset });
  }

  async close(): Promise<void> {
    await this.#consumer.disconnect();
  }

  #see(record: ReceivedRecord): void {
    this.#next = after(record.offset);
    this.#options.onRecord(record);
  }
}
