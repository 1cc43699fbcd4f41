import { setTimeout as delay } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { backoffMs } from '../../processing/failures.ts';
import type { MessagingLog } from '../../messaging-log.ts';
import { topicsThere } from './topics.ts';

/** What a dead process held goes to another after this. A live one that was too busy to say so loses nothing: the checkpoints know. */
const SESSION_MS = 10_000;
const HEARTBEAT_MS = 3_000;
/** How long the broker may keep a request when there is nothing new; a pause or a seek takes effect no later. */
const IDLE_FETCH_MS = 250;
const LOOK_FOR_TOPICS_MS = 500;
/** A client that gave no sign for so long is thrown away and made anew: it is known to restart itself for ever while it is dead. */
const SILENT_MS = 60_000;

export type Assignment = Readonly<Record<string, readonly number[]>>;

export interface MemberOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly log: MessagingLog;
  readonly sessionMs?: number;
  readonly onAssigned: (assignment: Assignment) => Promise<void>;
  readonly onBatch: (payload: EachBatchPayload) => void;
}

/**
 * This process as a member of a consumer group: joins when the topics are there, leaves in order, and comes back whatever happens to the
 * client. What was handed out is fetched further at once; which of it is done is not this one's business.
 */
export class GroupMember {
  readonly #options: MemberOptions;
  readonly #stopped = new AbortController();
  #consumer: Consumer | undefined;
  #joined = false;
  #lastSign = Date.now();
  #running: Promise<void> | undefined;
  #gone: () => void = () => undefined;
  #end: Promise<void> = Promise.resolve();

  constructor(options: MemberOptions) {
    this.#options = options;
  }

  /** The client, while this process has partitions of the group. */
  get consumer(): Consumer | undefined {
    return this.#joined ? this.#consumer : undefined;
  }

  start(): void {
    this.#running = this.#stayIn();
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    this.#gone();
    await this.#running;
  }

  async #stayIn(): Promise<void> {
    for (let failures = 0; !this.#stopped.signal.aborted;) {
      try {
        await this.#untilTopicsAreThere();
        await this.#join();
        failures = 0;
        await this.#untilItGoes();
      } catch (error) {
        if (this.#stopped.signal.aborted) break;
        failures += 1;
        this.#options.log.warn({ group: this.#options.groupId, err: error }, 'Kafka cannot be followed now; trying again');
        await this.#pause(backoffMs(failures));
      }
      await this.#leave();
    }
    await this.#leave();
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
  }

  /** Topics are made by their owner; subscribing to one that is not there yet would end the client. */
  async #untilTopicsAreThere(): Promise<void> {
    const { kafka, topics } = this.#options;
    const admin = kafka.admin();
    await admin.connect();
    try {
      while (!this.#stopped.signal.aborted && (await topicsThere(admin, topics)).size < topics.length) await this.#pause(LOOK_FOR_TOPICS_MS);
    } finally {
      await admin.disconnect();
    }
  }

  async #join(): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    const { kafka, groupId, topics, sessionMs = SESSION_MS } = this.#options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionMs,
      rebalanceTimeout: sessionMs,
      heartbeatInterval: Math.min(HEARTBEAT_MS, sessionMs / 4),
      maxWaitTimeInMs: IDLE_FETCH_MS,
      allowAutoTopicCreation: false,
      // A client that gave up is replaced here.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    this.#consumer = consumer;
    this.#end = new Promise((resolve) => (this.#gone = resolve));
    this.#listen(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: async (payload) => {
        this.#lastSign = Date.now();
        if (!payload.isRunning() || payload.isStale()) return;
        this.#options.onBatch(payload);
        payload.resolveOffset(payload.batch.lastOffset());
        await payload.heartbeat();
      },
    });
  }

  #listen(consumer: Consumer): void {
    const { GROUP_JOIN, CRASH, DISCONNECT, REBALANCING, HEARTBEAT, FETCH } = consumer.events;
    this.#lastSign = Date.now();
    for (const sign of [HEARTBEAT, FETCH] as const) consumer.on(sign, () => void (this.#lastSign = Date.now()));
    consumer.on(REBALANCING, () => void (this.#joined = false));
    consumer.on(GROUP_JOIN, ({ payload }) => {
      this.#lastSign = Date.now();
      this.#joined = true;
      this.#options.onAssigned(payload.memberAssignment).catch((error: unknown) => {
        this.#options.log.warn({ group: this.#options.groupId, err: error }, 'What was assigned could not be taken up; joining again');
        this.#gone();
      });
    });
    for (const end of [CRASH, DISCONNECT] as const) consumer.on(end, () => consumer === this.#consumer && this.#gone());
  }

  async #untilItGoes(): Promise<void> {
    if (this.#stopped.signal.aborted) return;
    const watch = setInterval(() => {
      if (Date.now() - this.#lastSign < SILENT_MS) return;
      this.#options.log.error({ group: this.#options.groupId, silentMs: Date.now() - this.#lastSign }, 'The Kafka client gives no sign; it is replaced');
      this.#gone();
    }, 1_000).unref();
    await this.#end;
    clearInterval(watch);
  }

  async #leave(): Promise<void> {
    const consumer = this.#consumer;
    this.#consumer = undefined;
    this.#joined = false;
    await consumer?.disconnect().catch(() => undefined);
  }
}
