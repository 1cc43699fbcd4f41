import type { Admin, Consumer, EachBatchPayload } from 'kafkajs';
import { Signal } from '../../carrier/signal.ts';
import { kafkaClient, type KafkaConnection } from '../client.ts';
import { after, receivedRecord, type ReceivedRecord } from './received-record.ts';

export interface RecordReaderOptions {
  readonly connection: KafkaConnection;
  readonly groupId: string;
  /** The topics to read. Asked again and again, because the set grows; one that does not exist yet is waited for. */
  readonly topics: () => Promise<readonly string[]>;
  /**
   * Gets consecutive records of one topic. Their place is committed only when this resolves; when it rejects, they come again after a pause,
   * and only their topic waits.
   */
  readonly handle: (records: readonly ReceivedRecord[]) => Promise<void>;
  readonly lookEveryMs?: number;
  readonly mostAtOnce?: number;
}

const HEARTBEAT_MS = 3_000;
/** A process that was killed keeps its topics from the others for so long. A long batch does not: heartbeats go on beside it. */
const SESSION_MS = 10_000;
/** How long the broker may keep a request when there is nothing new. Whatever changes on our side, a pause or the end, waits for it too. */
const IDLE_FETCH_MS = 250;
const TOPICS_AT_ONCE = 4;
const LONGEST_PAUSE_MS = 30_000;

/** Full jitter, as everywhere: whoever was refused together does not come back together. */
const pauseMs = (attempt: number): number => Math.ceil(Math.random() * Math.min(LONGEST_PAUSE_MS, 100 * 2 ** attempt));

/**
 * Reads topics that others write: each record at least once, those of a topic in order. The group's offsets only say where to start;
 * who handles a record knows it again.
 */
export class RecordReader {
  readonly #options: RecordReaderOptions;
  readonly #signal = new Signal();
  readonly #failures = new Map<string, number>();
  #consumer: Consumer | undefined;
  #followed: readonly string[] = [];
  #supervising: Promise<void> | undefined;
  #closed = false;

  constructor(options: RecordReaderOptions) {
    this.#options = options;
  }

  /** Returns at once: Kafka may be away, and comes back. */
  start(): void {
    this.#supervising = this.#supervise();
  }

  /** The batch in hand is finished first. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#signal.raise();
    await this.#supervising;
    await this.#leave();
  }

  async #supervise(): Promise<void> {
    const admin = kafkaClient(this.#options.connection).admin();
    for (let attempt = 0; !this.#closed;) {
      try {
        await this.#followAll(admin);
        attempt = 0;
        await this.#signal.wait(this.#options.lookEveryMs ?? 2_000);
      } catch (error) {
        attempt += 1;
        this.#options.connection.log.warn({ group: this.#options.groupId, err: error }, 'Topics cannot be followed; trying again');
        await this.#signal.wait(pauseMs(attempt));
      }
    }
    await admin.disconnect();
  }

  /** kafkajs cannot subscribe while it runs: for another topic it leaves, and comes back. */
  async #followAll(admin: Admin): Promise<void> {
    const wanted = await this.#options.topics();
    const isFollowed = new Set(this.#consumer ? this.#followed : []);
    if (wanted.every((topic) => isFollowed.has(topic))) return;
    await admin.connect();
    const there = new Set(await admin.listTopics());
    const topics = wanted.filter((topic) => there.has(topic));
    if (this.#closed || topics.every((topic) => isFollowed.has(topic))) return;
    await this.#leave();
    await this.#join(topics);
  }

  async #join(topics: readonly string[]): Promise<void> {
    const { connection, groupId } = this.#options;
    const consumer = kafkaClient(connection).consumer({
      groupId,
      sessionTimeout: SESSION_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: IDLE_FETCH_MS,
      allowAutoTopicCreation: false,
      // A consumer that gave up is replaced here, with a look at which topics there are.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    consumer.on(consumer.events.CRASH, () => {
      if (this.#consumer === consumer) this.#consumer = undefined;
      this.#signal.raise();
    });
    this.#consumer = consumer;
    this.#followed = topics;
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: TOPICS_AT_ONCE,
      eachBatch: (payload) => this.#eachBatch(consumer, payload),
    });
  }

  async #leave(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = undefined;
    await consumer?.disconnect();
  }

  async #eachBatch(consumer: Consumer, payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    const { topic, partition, messages } = batch;
    const most = this.#options.mostAtOnce ?? 500;
    const beating = setInterval(() => void heartbeat().catch(() => undefined), HEARTBEAT_MS);
    try {
      for (let from = 0; from < messages.length; from += most) {
        if (!isRunning() || isStale()) return;
        const records = messages.slice(from, from + most).map((message) => receivedRecord(topic, partition, message));
        if (!(await this.#handled(records, payload))) return;
        const { offset } = records.at(-1)!;
        resolveOffset(offset);
        await consumer.commitOffsets([{ topic, partition, offset: after(offset) }]);
        await heartbeat();
      }
    } finally {
      clearInterval(beating);
    }
  }

  async #handled(records: readonly ReceivedRecord[], { batch: { topic }, pause }: EachBatchPayload): Promise<boolean> {
    try {
      await this.#options.handle(records);
      this.#failures.delete(topic);
      return true;
    } catch (error) {
      const attempt = (this.#failures.get(topic) ?? 0) + 1;
      this.#failures.set(topic, attempt);
      this.#options.connection.log.warn({ topic, records: records.length, attempt, err: error }, 'Records could not be taken; they come again');
      const resume = pause();
      setTimeout(resume, pauseMs(attempt)).unref();
      return false;
    }
  }
}
