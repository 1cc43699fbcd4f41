import kafkajs from 'kafkajs';
import type { Kafka, Message, Producer } from 'kafkajs';
import type { Database, Transaction } from '@mcr/database';
import type { Topic } from '@mcr/event-kit';
import type { LogEntry } from '../../log/event-log.ts';
import type { MessagingLog } from '../../messaging-log.ts';
import { createCheckpoints, lockCheckpoints, moveCheckpoints, readCheckpoints } from '../../processing/checkpoints.ts';
import type { Checkpoint } from '../../processing/checkpoints.ts';
import { DeliveryLock } from '../../processing/delivery/delivery-lock.ts';
import { DONE, placeKey, standingStill } from '../../processing/inbox.ts';
import type { Fault, Inbox, Slice, SliceResult } from '../../processing/inbox.ts';
import { take } from '../../processing/take.ts';
import type { Taken } from '../../processing/take.ts';
import { Troubles } from '../../processing/troubles.ts';
import type { AtFaultPoint } from '../../unit-of-work.ts';
import { recordOf } from './log-record.ts';
import { newestRecords } from './newest-records.ts';
import { compareWithKafka } from './compare-with-kafka.ts';
import { ensureTopics } from './topics.ts';

const ALL_ACKNOWLEDGE = -1;
const MOST_BYTES = 512 * 1024;
const WHOLE_LOG = 'log';
const ANOTHER_SENDS_MS = 1000;

export interface SenderParts {
  readonly kafka: Kafka;
  readonly database: Database;
  readonly topics: readonly Topic[];
  readonly topicPrefix: string;
  readonly log: MessagingLog;
  readonly atFaultPoint?: AtFaultPoint;
}

/**
 * Sends a service's log to Kafka: read, send, await the acknowledgement of all replicas, and only then move the checkpoint. A crash in between
 * sends again, and receivers drop what they have done. One session in the whole installation sends a log.
 */
export class SenderInbox implements Inbox {
  readonly consumer: string;
  readonly topics: readonly Topic[];
  readonly #parts: SenderParts;
  readonly #lock: DeliveryLock;
  readonly #troubles = new Troubles();
  readonly #producer: Producer;
  #created = false;
  #ready: Promise<void> | undefined;
  /** What keeps Kafka and the log from being of one piece; told in readiness. */
  differences: readonly string[] = [];
  #faults: ReadonlyMap<string, Fault> = new Map();

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.topics = parts.topics;
    this.consumer = `${parts.database.service}.kafka`;
    this.#lock = new DeliveryLock(parts.database, this.consumer);
    // Nothing relies on the client's own idea of idempotence: receivers know by the position.
    this.#producer = parts.kafka.producer({
      allowAutoTopicCreation: false,
      idempotent: false,
      maxInFlightRequests: 1,
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner, // never asked: each record names its partition
    });
  }

  async positions(): Promise<Checkpoint[]> {
    if (!this.#created) await createCheckpoints(this.#parts.database, this.consumer, this.topics);
    this.#created = true;
    return readCheckpoints(this.#parts.database, this.consumer);
  }

  async process(slices: readonly Slice[]): Promise<SliceResult[]> {
    try {
      if (!(await this.#lock.holds(WHOLE_LOG))) return await this.#whereTheOtherStands(slices);
      this.#ready ??= this.#prepare();
      await this.#ready;
      const results = await this.#send(slices);
      for (const slice of slices) this.#troubles.over(slice);
      return results;
    } catch (error) {
      this.#ready = undefined;
      await this.#lock.release();
      return slices.map((slice) => this.#waitAndTryAgain(slice, error));
    }
  }

  async close(): Promise<void> {
    await this.#lock.release();
    await this.#producer.disconnect();
  }

  async #whereTheOtherStands(slices: readonly Slice[]): Promise<SliceResult[]> {
    this.#ready = undefined;
    const positions = new Map((await this.positions()).map((checkpoint) => [placeKey(checkpoint), checkpoint.pos]));
    return slices.map(({ topic, partition }) => ({
      topic,
      partition,
      pos: positions.get(placeKey({ topic, partition }))!,
      outcome: { state: 'retry', afterMs: ANOTHER_SENDS_MS },
    }));
  }

  /** Creates what is missing of this log's topics, and tells where one is not as its contract says. Others wait for them, also while the log is empty. */
  async makeTopics(): Promise<void> {
    const { kafka, topics, topicPrefix, log, database } = this.#parts;
    const admin = kafka.admin();
    await admin.connect();
    try {
      this.differences = await ensureTopics(
        admin,
        topics.map((topic) => ({ ...topic, name: topicPrefix + topic.name })),
      );
    } finally {
      await admin.disconnect();
    }
    for (const difference of this.differences) log.error({ service: database.service }, difference);
  }

  /** Each time this session becomes the sender: topics as their contract says, and what is in Kafka compared with what was sent. */
  async #prepare(): Promise<void> {
    const { kafka, topics, topicPrefix, database } = this.#parts;
    await this.#producer.connect();
    await this.makeTopics();
    const newest = await newestRecords(
      kafka,
      `${topicPrefix}${this.consumer}.check`,
      topics.map(({ name }) => topicPrefix + name),
    );
    this.#faults = await compareWithKafka(database, this.consumer, new Map([...newest].map(([place, entry]) => [place.slice(topicPrefix.length), entry])));
  }

  async #send(slices: readonly Slice[]): Promise<SliceResult[]> {
    const checkpoints = new Map((await this.positions()).map((checkpoint) => [placeKey(checkpoint), checkpoint]));
    const taken = slices.map((slice): Taken => {
      const checkpoint = checkpoints.get(placeKey(slice))!;
      const fault = this.#faults.get(placeKey(slice));
      return fault ? { fresh: [], reached: checkpoint, fault } : take(slice, checkpoint);
    });
    const fresh = taken.flatMap((one) => one.fresh);
    if (fresh.length > 0) {
      await this.#sendInPieces(fresh, slices[0]!.logId);
      await this.#parts.atFaultPoint?.('after-send-before-checkpoint');
      await this.#parts.database.transaction((tx) => this.#move(tx, checkpoints, taken));
    }
    return taken.map(({ reached: { topic, partition, pos }, fault }) => ({ topic, partition, pos, outcome: fault ? { state: 'fault', fault } : DONE }));
  }

  async #sendInPieces(entries: readonly LogEntry[], logId: string): Promise<void> {
    let piece: { topic: string; message: Message }[] = [];
    let bytes = 0;
    for (const entry of entries) {
      if (bytes > 0 && bytes + entry.event.length > MOST_BYTES) {
        await this.#sendPiece(piece);
        [piece, bytes] = [[], 0];
      }
      piece.push({ topic: this.#parts.topicPrefix + entry.topic, message: recordOf(entry, logId) });
      bytes += entry.event.length;
    }
    await this.#sendPiece(piece);
  }

  async #sendPiece(piece: readonly { topic: string; message: Message }[]): Promise<void> {
    const topicMessages = [...Map.groupBy(piece, ({ topic }) => topic)].map(([topic, found]) => ({ topic, messages: found.map(({ message }) => message) }));
    await this.#producer.sendBatch({ acks: ALL_ACKNOWLEDGE, topicMessages });
  }

  async #move(tx: Transaction, before: ReadonlyMap<string, Checkpoint>, taken: readonly Taken[]): Promise<void> {
    const reached = taken.filter(({ fresh }) => fresh.length > 0).map((one) => one.reached);
    const locked = await lockCheckpoints(tx, this.consumer, reached);
    const moved = locked.find((checkpoint) => checkpoint.pos !== before.get(placeKey(checkpoint))!.pos);
    if (moved) throw new Error(`Another process sends this log: ${placeKey(moved)} was moved to ${moved.pos}.`);
    await moveCheckpoints(tx, this.consumer, reached);
  }

  #waitAndTryAgain(slice: Slice, error: unknown): SliceResult {
    const { alarming, ...trouble } = this.#troubles.note(slice);
    const facts = { consumer: this.consumer, topic: slice.topic, partition: slice.partition, ...trouble, err: error };
    if (alarming) this.#parts.log.error(facts, 'Kafka has not taken this log for two minutes or longer; nothing is lost, and it is tried on');
    else this.#parts.log.warn(facts, 'Kafka does not take this log now; trying again');
    return standingStill(slice, { state: 'retry', afterMs: trouble.afterMs });
  }
}
