import { Partitioners, type Producer } from 'kafkajs';
import { kafkaClient, type KafkaConnection } from '../client.ts';
import { troubleOf } from './kafka-trouble.ts';

export interface OutgoingRecord {
  readonly key: string;
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const ALL_REPLICAS = -1;

/** Writes records to topics that are not logs of ours: what it has answered for, all replicas that must have it have. */
export class RecordWriter {
  readonly #producer: Producer;
  #connected: Promise<void> | undefined;

  constructor(connection: KafkaConnection) {
    this.#producer = kafkaClient(connection).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      // Whoever calls waits and tries again with the patience that fits: here only what passes within moments is tried again.
      retry: { retries: 2 },
    });
  }

  /**
   * Resolves when all records are kept, in this order. Two calls at once have no order between them.
   * @throws KafkaTrouble; then some of the records may be there.
   */
  async write(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return;
    const messages = records.map(({ key, value, headers }) => ({ key, value, ...(headers ? { headers: { ...headers } } : {}) }));
    try {
      await this.#connect();
      await this.#producer.send({ topic, messages, acks: ALL_REPLICAS });
    } catch (error) {
      throw troubleOf(error);
    }
  }

  async close(): Promise<void> {
    await this.#connected?.catch(() => undefined);
    await this.#producer.disconnect();
  }

  #connect(): Promise<void> {
    this.#connected ??= this.#producer.connect().catch((error: unknown) => {
      this.#connected = undefined;
      throw error;
    });
    return this.#connected;
  }
}
