import { setTimeout as delay } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import type { Database } from '@mcr/database';
import type { Carrier, LogSource, Subscription } from '../../carrier/carrier.ts';
import { LocalCarrier } from '../../carrier/local-carrier.ts';
import type { MessagingLog } from '../../messaging-log.ts';
import { backoffMs } from '../../processing/failures.ts';
import type { Fault, Inbox } from '../../processing/inbox.ts';
import type { AtFaultPoint } from '../../unit-of-work.ts';
import { kafkaClient } from '../client.ts';
import { Receiver } from './receiver.ts';
import { SenderInbox } from './sender-inbox.ts';

export interface KafkaCarrierOptions {
  /** `host:port` of brokers; those that are there name the others. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: MessagingLog;
  /** In front of every topic and group, where registries share a cluster. */
  readonly topicPrefix?: string;
  /** How long the broker waits for a member that gives no sign, before others get its partitions. In milliseconds. */
  readonly sessionMs?: number;
  readonly atFaultPoint?: AtFaultPoint;
}

/**
 * Carries events over Kafka between processes. The logs of services in this process are sent there, and read here as they are; the logs of others
 * come from there. Kafka is a copy: what it loses or has not got yet is read from the owners.
 */
export class KafkaCarrier implements Carrier {
  readonly #options: KafkaCarrierOptions;
  readonly #kafka: Kafka;
  readonly #local: LocalCarrier;
  readonly #here = new Set<string>();
  readonly #elsewhere = new Map<string, LogSource>();
  readonly #senders: { readonly inbox: SenderInbox; subscription?: Subscription }[] = [];
  readonly #close = new AbortController();
  readonly #receivers = new Set<Receiver>();

  constructor(options: KafkaCarrierOptions, kafka: Kafka = kafkaClient(options)) {
    this.#options = options;
    this.#kafka = kafka;
    this.#local = new LocalCarrier(options.log);
  }

  carry(log: LogSource, owner?: Database): void {
    if (!owner) {
      for (const { name } of log.topics) this.#elsewhere.set(name, log);
      return;
    }
    for (const { name } of log.topics) this.#here.add(name);
    this.#local.carry(log);
    const { topicPrefix = '' } = this.#options;
    const inbox = new SenderInbox({ ...this.#options, kafka: this.#kafka, database: owner, topics: log.topics, topicPrefix });
    const sender: { readonly inbox: SenderInbox; subscription?: Subscription } = { inbox };
    this.#senders.push(sender);
    void this.#untilItWorks(inbox, 'The topics of a log cannot be made in Kafka yet; trying again', () => inbox.makeTopics());
    void this.#untilItWorks(inbox, 'A log cannot be sent to Kafka yet; trying again', async () => {
      sender.subscription = await this.#local.subscribe(inbox);
    });
  }

  /** The database and Kafka may be away while this process starts. */
  async #untilItWorks({ consumer }: SenderInbox, otherwise: string, act: () => Promise<void>): Promise<void> {
    for (let failures = 1; !this.#closing.aborted; failures += 1) {
      try {
        return await act();
      } catch (error) {
        this.#options.log.warn({ consumer, err: error }, otherwise);
        await delay(backoffMs(failures), undefined, { signal: this.#closing }).catch(() => undefined);
      }
    }
  }

  sourceOf(topic: string): LogSource {
    return this.#elsewhere.get(topic) ?? this.#local.sourceOf(topic);
  }

  /** A consumer of logs here and elsewhere has two feeds, and one inbox behind both. */
  async subscribe(inbox: Inbox): Promise<Subscription> {
    const local = inbox.topics.filter(({ name }) => this.#here.has(name));
    const remote = inbox.topics.filter(({ name }) => !this.#here.has(name));
    for (const { name } of remote) this.sourceOf(name);
    if (remote.length === 0) return this.#local.subscribe(inbox);
    const receiver = new Receiver(only(inbox, remote), (topic) => this.sourceOf(topic), {
      ...this.#options,
      kafka: this.#kafka,
      topicPrefix: this.#options.topicPrefix ?? '',
    });
    await receiver.start();
    this.#receivers.add(receiver);
    const beside = local.length > 0 ? await this.#local.subscribe(only(inbox, local)) : undefined;
    return {
      faults: () => [...receiver.faults(), ...(beside?.faults() ?? [])],
      close: async () => {
        this.#receivers.delete(receiver);
        await Promise.all([receiver.close(), beside?.close()]);
      },
    };
  }

  /** Only what happens in this process wakes; what comes from elsewhere announces itself. */
  wake(topics: ReadonlySet<string>): void {
    this.#local.wake(topics);
    if ([...topics].some((topic) => this.#elsewhere.has(topic))) for (const receiver of this.#receivers) receiver.lookAtOwners();
  }

  /** Where Kafka and the logs of this process are not of one piece, or a topic is not as its contract says. */
  faults(): readonly (Fault | string)[] {
    return this.#senders.flatMap(({ inbox, subscription }) => [...inbox.differences, ...(subscription?.faults() ?? [])]);
  }

  /** Whether Kafka brings entries to every consumer of other services' logs; while it does not, the logs themselves do. */
  get joined(): boolean {
    return [...this.#receivers].every(({ joined }) => joined);
  }

  /** Entries of other services' logs that were read so far, by where they came from. */
  get counts(): { fromKafka: number; fromLog: number } {
    const all = [...this.#receivers].map(({ counts }) => counts);
    return { fromKafka: all.reduce((sum, one) => sum + one.fromKafka, 0), fromLog: all.reduce((sum, one) => sum + one.fromLog, 0) };
  }

  get #closing(): AbortSignal {
    return this.#close.signal;
  }

  async close(): Promise<void> {
    this.#close.abort();
    await Promise.all([...this.#receivers].map((receiver) => receiver.close()));
    await this.#local.close();
    await Promise.all(this.#senders.map(({ inbox }) => inbox.close()));
  }
}

/** An inbox as one of its feeds sees it. What is handed over by both is kept apart by the checkpoints. */
const only = (inbox: Inbox, topics: Inbox['topics']): Inbox => {
  const names = new Set(topics.map(({ name }) => name));
  return {
    consumer: inbox.consumer,
    topics,
    positions: async () => (await inbox.positions()).filter(({ topic }) => names.has(topic)),
    process: (slices) => inbox.process(slices),
  };
};
