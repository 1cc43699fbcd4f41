import type { LogSource } from '../../carrier/carrier.ts';
import type { LogEntry, LogHead, LogPosition } from '../../log/event-log.ts';
import { placeKey } from '../../processing/inbox.ts';

/** What came in from Kafka for one partition and is not done yet. */
class Waiting {
  entries: LogEntry[] = [];
  bytes = 0;
  #done: number;
  #logId: string | null;

  constructor(done = 0, logId: string | null = null) {
    this.#done = done;
    this.#logId = logId;
  }

  get end(): number {
    return this.entries.at(-1)?.pos ?? this.#done;
  }

  /** Kafka brings things again; what is here already, or done, is not kept. An entry of another log is, so that it is noticed. */
  push(entry: LogEntry): void {
    if (entry.pos <= this.end && entry.logId === (this.entries.at(-1)?.logId ?? this.#logId)) return;
    this.entries.push(entry);
    this.bytes += entry.event.length;
  }

  /** What follows `after` without a gap. What lies before is forgotten: it is done. */
  following(after: number, limit: number): LogEntry[] {
    const done = this.entries.findIndex(({ pos }) => pos > after);
    const forgotten = this.entries.splice(0, done < 0 ? this.entries.length : done);
    this.#done = after;
    this.#logId = forgotten.at(-1)?.logId ?? this.#logId;
    for (const { event } of forgotten) this.bytes -= event.length;
    let length = 0;
    while (length < Math.min(limit, this.entries.length) && this.entries[length]!.pos === after + 1 + length) length += 1;
    return this.entries.slice(0, length);
  }
}

/**
 * A log as it comes from Kafka, backed by the owner's own log: what Kafka does not have, or not yet, is read there.
 * So a gap, a lost offset, a topic that was emptied and a broker that is away cost time, and nothing else.
 */
export class KafkaFeed implements LogSource {
  readonly #owner: LogSource;
  readonly #waiting = new Map<string, Waiting>();
  #notLookedFor = new Set<string>();
  readonly counts = { fromKafka: 0, fromLog: 0 };

  constructor(owner: LogSource) {
    this.#owner = owner;
  }

  get topics(): LogSource['topics'] {
    return this.#owner.topics;
  }

  identity(): Promise<string> {
    return this.#owner.identity();
  }

  heads(): Promise<LogHead[]> {
    return this.#owner.heads();
  }

  lastAppendedAt(topic: string): Promise<Date | undefined> {
    return this.#owner.lastAppendedAt(topic);
  }

  push(entry: LogEntry): void {
    const key = placeKey(entry);
    const waiting = this.#waiting.get(key) ?? new Waiting();
    this.#waiting.set(key, waiting);
    waiting.push(entry);
  }

  /** Whatever was here is forgotten, and what comes is kept from this position on: a long way back may come first, and must not fill the place. */
  startAfter({ pos, logId, ...where }: { topic: string; partition: number; pos: number; logId: string | null }): void {
    this.#waiting.set(placeKey(where), new Waiting(pos, logId));
  }

  /** How much waits for a partition, in entries and in characters. */
  load(where: { topic: string; partition: number }): { entries: number; bytes: number } {
    const waiting = this.#waiting.get(placeKey(where));
    return { entries: waiting?.entries.length ?? 0, bytes: waiting?.bytes ?? 0 };
  }

  forget(where: { topic: string; partition: number }): void {
    this.#waiting.delete(placeKey(where));
  }

  couldNotLook(where: { topic: string; partition: number }): boolean {
    return this.#notLookedFor.has(placeKey(where));
  }

  async readAfter(positions: readonly LogPosition[], limit: number): Promise<LogEntry[]> {
    const here: LogEntry[] = [];
    const lacking: LogPosition[] = [];
    for (const position of positions) {
      const found = this.#waiting.get(placeKey(position))?.following(position.pos, limit) ?? [];
      here.push(...found);
      if (found.length === 0) lacking.push(position);
    }
    this.counts.fromKafka += here.length;
    return [...here, ...(await this.#fromOwner(lacking, limit, here.length > 0))];
  }

  async #fromOwner(lacking: readonly LogPosition[], limit: number, others: boolean): Promise<LogEntry[]> {
    this.#notLookedFor = new Set();
    if (lacking.length === 0) return [];
    try {
      const entries = await this.#owner.readAfter(lacking, limit);
      this.counts.fromLog += entries.length;
      return entries;
    } catch (error) {
      // The other partitions need not wait for an owner that is away.
      if (!others) throw error;
      this.#notLookedFor = new Set(lacking.map(placeKey));
      return [];
    }
  }
}
