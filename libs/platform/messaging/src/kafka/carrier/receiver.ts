import type { EachBatchPayload, Kafka } from 'kafkajs';
import type { LogSource, Subscription } from '../../carrier/carrier.ts';
import { InboxWorker } from '../../carrier/inbox-worker.ts';
import type { MessagingLog } from '../../messaging-log.ts';
import { placeKey } from '../../processing/inbox.ts';
import type { Fault, Inbox, Slice } from '../../processing/inbox.ts';
import type { AtFaultPoint } from '../../unit-of-work.ts';
import { GroupMember } from './group-member.ts';
import type { Assignment } from './group-member.ts';
import { KafkaFeed } from './kafka-feed.ts';
import { entryOf } from './log-record.ts';

/** More than this is not kept in memory for a partition: Kafka holds it until what is here is done. */
const MOST_ENTRIES = 2_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;
const COMMIT_EVERY_MS = 1_000;
/** Without partitions for so long, this process looks into the owners' logs itself. */
const WITHOUT_KAFKA_MS = 3_000;
const LOOK_EVERY_MS = 1_000;
/** What Kafka has lost, and nothing follows, is noticed only by asking. */
const LOOK_BESIDE_KAFKA_MS = 5_000;

export interface ReceiverParts {
  readonly kafka: Kafka;
  readonly topicPrefix: string;
  readonly log: MessagingLog;
  readonly sessionMs?: number;
  readonly atFaultPoint?: AtFaultPoint;
}

/**
 * One consumer fed from Kafka. Kafka says which partitions this process works on and brings their entries early; the database's checkpoint says
 * what is done and where to go on. While Kafka gives nothing, the owners' logs do, and the checkpoints keep processes apart.
 */
export class Receiver implements Subscription {
  readonly #inbox: Inbox;
  readonly #parts: ReceiverParts;
  readonly #feeds: ReadonlyMap<string, KafkaFeed>;
  readonly #worker: InboxWorker;
  readonly #member: GroupMember;
  readonly #held = new Set<string>();
  readonly #paused = new Map<string, () => void>();
  readonly #toCommit = new Map<string, { topic: string; partition: number; offset: string }>();
  readonly #timers: NodeJS.Timeout[] = [];
  #withoutKafkaSince: number | undefined = Date.now();

  constructor(inbox: Inbox, sourceOf: (topic: string) => LogSource, parts: ReceiverParts) {
    this.#inbox = inbox;
    this.#parts = parts;
    const feeds = new Map<LogSource, KafkaFeed>();
    for (const { name } of inbox.topics) if (!feeds.has(sourceOf(name))) feeds.set(sourceOf(name), new KafkaFeed(sourceOf(name)));
    this.#feeds = new Map(inbox.topics.map(({ name }) => [name, feeds.get(sourceOf(name))!]));
    this.#worker = new InboxWorker(inbox, (topic) => this.#feeds.get(topic)!, parts.log, {
      onSettled: (slice, pos) => this.#settled(slice, pos),
      onFault: (slice) => this.#fetchAgain(slice),
    });
    this.#member = new GroupMember({
      ...parts,
      groupId: parts.topicPrefix + inbox.consumer,
      topics: inbox.topics.map(({ name }) => parts.topicPrefix + name),
      onAssigned: (assignment) => this.#takeUp(assignment),
      onBatch: (payload) => this.#keep(payload),
    });
  }

  async start(): Promise<void> {
    this.#worker.hold(() => false);
    await this.#worker.start();
    this.#worker.hold(() => false);
    this.#member.start();
    this.#every(COMMIT_EVERY_MS, () => void this.#commit());
    this.#every(LOOK_EVERY_MS, () => this.#lookWithoutKafka());
    this.#every(LOOK_BESIDE_KAFKA_MS, () => this.#worker.lookAtOwners());
  }

  /** Entries that were read so far, by where they came from. */
  get counts(): { fromKafka: number; fromLog: number } {
    const all = [...new Set(this.#feeds.values())].map(({ counts }) => counts);
    return { fromKafka: all.reduce((sum, one) => sum + one.fromKafka, 0), fromLog: all.reduce((sum, one) => sum + one.fromLog, 0) };
  }

  /** Whether Kafka brings entries to this process now. */
  get joined(): boolean {
    return this.#member.consumer !== undefined && this.#withoutKafkaSince === undefined;
  }

  faults(): Fault[] {
    return this.#worker.faults();
  }

  /** Asks the owners whether there is more than what came from Kafka. */
  lookAtOwners(): void {
    this.#worker.lookAtOwners();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#worker.close();
    await this.#commit();
    await this.#member.close();
  }

  #every(ms: number, act: () => void): void {
    this.#timers.push(setInterval(act, ms).unref());
  }

  #inKafka(topic: string): string {
    return this.#parts.topicPrefix + topic;
  }

  #fromKafka(topic: string): string {
    return topic.slice(this.#parts.topicPrefix.length);
  }

  /** The database says where each partition goes on, not the group: an offset may be committed and its effect rolled back, or the reverse. */
  async #takeUp(assignment: Assignment): Promise<void> {
    const mine = new Set(
      Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((p) => placeKey({ topic: this.#fromKafka(topic), partition: p }))),
    );
    for (const place of [...this.#held]) if (!mine.has(place)) this.#letGo(place);
    this.#paused.clear();
    for (const { topic, partition, pos, logId, carrierOffset } of await this.#inbox.positions()) {
      const place = placeKey({ topic, partition });
      if (!mine.has(place)) continue;
      if (!this.#held.has(place)) this.#feeds.get(topic)!.startAfter({ topic, partition, pos, logId });
      this.#held.add(place);
      if (carrierOffset !== null) this.#member.consumer?.seek({ topic: this.#inKafka(topic), partition, offset: carrierOffset });
    }
    this.#withoutKafkaSince = undefined;
    this.#worker.hold((place) => this.#held.has(placeKey(place)));
    this.#worker.lookAtOwners();
  }

  #letGo(place: string): void {
    this.#held.delete(place);
    this.#toCommit.delete(place);
    const end = place.lastIndexOf('/');
    this.#feeds.get(place.slice(0, end))?.forget({ topic: place.slice(0, end), partition: Number(place.slice(end + 1)) });
  }

  #keep({ batch, pause }: EachBatchPayload): void {
    const where = { topic: this.#fromKafka(batch.topic), partition: batch.partition };
    const feed = this.#feeds.get(where.topic);
    if (!feed || !this.#held.has(placeKey(where))) return;
    let end = 0;
    for (const message of batch.messages) {
      const entry = entryOf(where.topic, where.partition, message);
      if (!entry) {
        this.#parts.log.error({ ...where, offset: message.offset }, 'A record in Kafka is no entry of a log; it is passed over');
        continue;
      }
      feed.push(entry);
      end = entry.pos;
    }
    const { entries, bytes } = feed.load(where);
    if (entries > MOST_ENTRIES || bytes > MOST_CHARACTERS) this.#paused.set(placeKey(where), pause());
    this.#worker.arrived({ ...where, pos: end });
  }

  async #settled(slice: Slice, pos: number): Promise<void> {
    const place = placeKey(slice);
    const last = slice.entries.findLast((entry) => entry.pos <= pos && entry.carrierOffset !== undefined);
    if (last) {
      await this.#parts.atFaultPoint?.('after-commit-before-offset');
      if (this.#held.has(place)) this.#toCommit.set(place, { topic: this.#inKafka(slice.topic), partition: slice.partition, offset: last.carrierOffset! });
    }
    const resume = this.#paused.get(place);
    if (resume && this.#feeds.get(slice.topic)!.load(slice).entries < MOST_ENTRIES / 2) {
      this.#paused.delete(place);
      resume();
    }
  }

  /** What came cannot be right; perhaps it is when it comes again. */
  #fetchAgain({ topic, partition, entries }: Slice): void {
    this.#feeds.get(topic)!.forget({ topic, partition });
    const [first] = entries;
    if (first?.carrierOffset === undefined) return;
    this.#member.consumer?.seek({ topic: this.#inKafka(topic), partition, offset: String(BigInt(first.carrierOffset) - 1n) });
  }

  /** For the eyes of people and tools only: where to go on is in the checkpoints. */
  async #commit(): Promise<void> {
    const offsets = [...this.#toCommit.values()];
    this.#toCommit.clear();
    if (offsets.length === 0) return;
    await this.#member.consumer?.commitOffsets(offsets).catch((error: unknown) => {
      this.#parts.log.info({ consumer: this.#inbox.consumer, err: error }, 'Offsets were not committed; the checkpoints are');
    });
  }

  #lookWithoutKafka(): void {
    if (this.#member.consumer) return;
    this.#withoutKafkaSince ??= Date.now();
    if (Date.now() - this.#withoutKafkaSince < WITHOUT_KAFKA_MS) return;
    this.#worker.hold(() => true);
    this.#worker.lookAtOwners();
  }
}
