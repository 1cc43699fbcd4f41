import type { LogEntry, LogHead, LogPosition } from '../log/event-log.ts';
import type { MessagingLog } from '../messaging-log.ts';
import { backoffMs } from '../processing/failures.ts';
import { placeKey } from '../processing/inbox.ts';
import type { Checkpoint } from '../processing/checkpoints.ts';
import type { Fault, Inbox, Slice, SliceResult } from '../processing/inbox.ts';
import type { LogSource } from './carrier.ts';
import { Signal } from './signal.ts';

const BATCH = 500;
const FAULT_MS = 30_000;

interface Place extends LogPosition {
  pos: number;
  head: number;
  pausedUntil: number;
  fault: Fault | undefined;
}

/** Feeds one inbox: reads what comes after its positions, hands it over, and goes on from where the inbox then stands. */
export class InboxWorker {
  readonly #inbox: Inbox;
  readonly #sourceOf: (topic: string) => LogSource;
  readonly #log: MessagingLog;
  readonly #places = new Map<string, Place>();
  readonly #signal = new Signal();
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(inbox: Inbox, sourceOf: (topic: string) => LogSource, log: MessagingLog) {
    this.#inbox = inbox;
    this.#sourceOf = sourceOf;
    this.#log = log;
  }

  async start(): Promise<void> {
    for (const position of await this.#inbox.positions()) {
      const place: Place = { ...position, head: position.pos, pausedUntil: 0, fault: undefined };
      place.fault = await this.#faultAtStart(position);
      this.#places.set(placeKey(position), place);
    }
    this.#running = this.#work();
  }

  /** A log that was emptied or restored does not grow past the checkpoint, so nothing would ever be handed over: it is said now. */
  async #faultAtStart({ topic, partition, pos, logId }: Checkpoint): Promise<Fault | undefined> {
    if (logId === null) return undefined;
    const source = this.#sourceOf(topic);
    const head = (await source.heads()).find((candidate) => placeKey(candidate) === placeKey({ topic, partition }));
    if (logId === (await source.identity()) && (head?.pos ?? 0) >= pos) return undefined;
    const fault: Fault = { kind: 'OTHER_LOG', message: `${topic}/${partition}: the checkpoint is at position ${pos} of log ${logId}, which is not the owner's log now.` };
    this.#log.error({ consumer: this.#inbox.consumer, fault: fault.kind }, fault.message);
    return fault;
  }

  notice(heads: readonly LogHead[]): void {
    for (const head of heads) {
      const place = this.#places.get(placeKey(head));
      if (!place || head.pos <= place.head) continue;
      place.head = head.pos;
      this.#signal.raise();
    }
  }

  faults(): Fault[] {
    return [...this.#places.values()].flatMap(({ fault }) => (fault ? [fault] : []));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#signal.raise();
    await this.#running;
  }

  async #work(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      try {
        const behind = this.#behind();
        if (behind.length === 0) await this.#signal.wait(this.#untilNextPauseEnds());
        else await this.#handOver(behind);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#log.warn({ consumer: this.#inbox.consumer, err: error }, 'A log cannot be read; trying again');
        await this.#signal.wait(backoffMs(failures));
      }
    }
  }

  #behind(): Place[] {
    const now = Date.now();
    return [...this.#places.values()].filter((place) => place.head > place.pos && place.pausedUntil <= now);
  }

  #untilNextPauseEnds(): number {
    const ends = [...this.#places.values()].filter((place) => place.head > place.pos).map((place) => place.pausedUntil - Date.now());
    return Math.max(1, Math.min(FAULT_MS, ...ends));
  }

  async #handOver(behind: readonly Place[]): Promise<void> {
    const slices = await this.#read(behind);
    if (slices.length === 0 || this.#closed) return;
    for (const result of await this.#inbox.process(slices)) this.#follow(result);
  }

  /** At most a batch in all: one statement a log. */
  async #read(behind: readonly Place[]): Promise<Slice[]> {
    const bySource = new Map<LogSource, Place[]>();
    for (const place of behind) {
      const source = this.#sourceOf(place.topic);
      bySource.set(source, [...(bySource.get(source) ?? []), place]);
    }
    const slices: Slice[] = [];
    for (const [source, places] of bySource) {
      const entries = await source.readAfter(places, Math.ceil(BATCH / behind.length));
      const byPlace = Map.groupBy(entries, placeKey) as Map<string, LogEntry[]>;
      for (const place of places) {
        const found = byPlace.get(placeKey(place));
        if (found) slices.push({ topic: place.topic, partition: place.partition, logId: await source.identity(), entries: found });
      }
    }
    return slices.sort((a, b) => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition));
  }

  #follow({ topic, partition, pos, outcome }: SliceResult): void {
    const place = this.#places.get(placeKey({ topic, partition }))!;
    place.pos = pos;
    place.fault = outcome.state === 'fault' ? outcome.fault : undefined;
    if (outcome.state === 'retry') place.pausedUntil = Date.now() + outcome.afterMs;
    if (outcome.state === 'fault') {
      place.pausedUntil = Date.now() + FAULT_MS;
      this.#log.error({ consumer: this.#inbox.consumer, fault: outcome.fault.kind }, `${outcome.fault.message} The partition stands still.`);
    }
  }
}
