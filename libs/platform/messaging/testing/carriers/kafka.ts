import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Database } from '@mcr/database';
import { eventually } from '@mcr/testing';
import { KafkaCarrier } from '../../src/index.ts';
import type { Carrier, LogSource, MessagingLog, Subscription } from '../../src/index.ts';
import { ensureTopics } from '../../src/kafka/carrier/topics.ts';
import { kafkaClient } from '../../src/kafka/client.ts';
import type { Inbox } from '../../src/processing/inbox.ts';
import type { Tampering } from '../processes/protocol.ts';
import { trialTopics } from '../trial/contract.ts';
import { TamperedLog } from './tampered-log.ts';

/** Short, so that what a killed process held goes to another one soon. */
const SESSION_MS = 2_000;

const positionOf = ({ headers }: KafkaMessage): number => Number(String(headers!['ce_sequence']));

const altered = (message: KafkaMessage): KafkaMessage =>
  ({ ...message, value: Buffer.from(String(message.value).replace('"counter"', '"Counter"')) }) as KafkaMessage;
const ofAnotherLog = (message: KafkaMessage): KafkaMessage =>
  ({ ...message, headers: { ...message.headers, ce_logid: '00000000-0000-4000-8000-000000000000' } }) as KafkaMessage;

/** What of a batch comes through, and how, where a log is shown not quite as it is. */
function tamperWith(messages: readonly KafkaMessage[], topic: string, tampering: Tampering): KafkaMessage[] {
  const { emptied, hidden = [], altered: changed = [], upTo, otherIdentity } = tampering;
  return messages
    .filter((message) => !emptied && !hidden.includes(positionOf(message)) && positionOf(message) <= (upTo ? (upTo[topic] ?? 0) : Infinity))
    .map((message) => (changed.includes(positionOf(message)) ? altered(message) : message))
    .map((message) => (otherIdentity ? ofAnotherLog(message) : message));
}

/** A Kafka client whose consumers see what the test wants them to see. */
class TamperedKafka {
  watched: TamperedLog | undefined;
  readonly #prefix: string;
  readonly #before = new Map<string, KafkaMessage[]>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  around(kafka: Kafka): Kafka {
    const consumer: Kafka['consumer'] = (config) => this.#consumer(kafka.consumer(config));
    return new Proxy(kafka, { get: (target, name) => (name === 'consumer' ? consumer : (target[name as keyof Kafka] as () => unknown).bind(target)) });
  }

  #consumer(consumer: Consumer): Consumer {
    const run = consumer.run.bind(consumer);
    consumer.run = (config) => {
      const { eachBatch } = config!;
      return run({ ...config, ...(eachBatch ? { eachBatch: (payload: EachBatchPayload) => eachBatch(this.#tampered(payload)) } : {}) });
    };
    return consumer;
  }

  #tampered(payload: EachBatchPayload): EachBatchPayload {
    const { batch } = payload;
    const { tampering = {} } = this.watched ?? {};
    const place = `${batch.topic}/${batch.partition}`;
    const before = this.#before.get(place) ?? [];
    const repeated = tampering.repeats ? before.slice(-tampering.repeats) : [];
    this.#before.set(place, [...before, ...batch.messages]);
    const messages = tamperWith([...repeated, ...batch.messages], batch.topic.slice(this.#prefix.length), tampering);
    if (this.watched) this.watched.entriesRead += messages.length;
    const shown = new Proxy(batch, { get: (target, name) => (name === 'messages' ? messages : bound(target, name as keyof typeof target)) });
    return { ...payload, batch: shown };
  }
}

function bound<Target extends object>(target: Target, name: keyof Target): unknown {
  const member = target[name];
  return typeof member === 'function' ? (member as () => unknown).bind(target) : member;
}

class TamperedKafkaCarrier extends KafkaCarrier {
  readonly #tampered: TamperedKafka;
  readonly #kafka: Kafka;
  readonly #prefix: string;

  constructor(log: MessagingLog, topicPrefix: string, tampered = new TamperedKafka(topicPrefix)) {
    const options = { brokers: [process.env['TEST_KAFKA_BROKERS']!], clientId: 'trial', log, topicPrefix, sessionMs: SESSION_MS };
    super(options, tampered.around(kafkaClient(options)));
    this.#tampered = tampered;
    this.#kafka = kafkaClient(options);
    this.#prefix = topicPrefix;
  }

  /** Not before Kafka brings the entries: the suite is about that road. */
  override async subscribe(inbox: Inbox): Promise<Subscription> {
    const admin = this.#kafka.admin();
    await admin.connect();
    // Their owner makes them too: whoever comes second may see them half made.
    await eventually(() =>
      ensureTopics(
        admin,
        trialTopics.map((topic) => ({ ...topic, name: this.#prefix + topic.name })),
      ),
    );
    await admin.disconnect();
    const subscription = await super.subscribe(inbox);
    await eventually(() => (this.joined ? Promise.resolve() : Promise.reject(new Error('Kafka has not assigned partitions.'))), { timeoutMs: 30_000 });
    return subscription;
  }

  override carry(log: LogSource, owner?: Database): void {
    if (log instanceof TamperedLog) this.#tampered.watched = log;
    super.carry(log, owner);
  }
}

export const createCarrier = (log: MessagingLog, trial: string): Carrier => new TamperedKafkaCarrier(log, `${trial}.`);
