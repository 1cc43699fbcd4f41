import type { LogEntry, LogHead } from '../log/event-log.ts';
import type { MessagingLog } from '../messaging-log.ts';
import { backoffMs } from '../processing/failures.ts';
import { placeKey } from '../processing/inbox.ts';
import type { Fault, Inbox, Slice } from '../processing/inbox.ts';
import type { LogSource } from './carrier.ts';
import { Place } from './place.ts';
import { Signal } from './signal.ts';

const BATCH = 500;
const COMPARE_EVERY_MS = 30_000;
const COMPARE_AGAIN_MS = 1_000;
/** An owner that is away is told of so often, however often it is asked. */
const TELL_AGAIN_MS = 30_000;

const byPlace = (a: Slice, b: Slice): number => (a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partition - b.partition);

/** What a carrier wants to hear of the work. */
export interface WorkerEvents {
  /** This slice was handed over; `pos` is what is committed now. */
  readonly onSettled?: (slice: Slice, pos: number) => void | Promise<void>;
  /** What was handed over cannot be what the checkpoint was written for. */
  readonly onFault?: (where: Slice) => void;
}

/** Feeds one inbox: reads what comes after its positions, hands it over, and goes on from where the inbox then stands. */
export class InboxWorker {
  readonly #inbox: Inbox;
  readonly #sourceOf: (topic: string) => LogSource;
  readonly #log: MessagingLog;
  readonly #events: WorkerEvents;
  readonly #places = new Map<string, Place>();
  readonly #signal = new Signal();
  #running: Promise<void> | undefined;
  #closed = false;
  #compareAt = 0;
  #quietUntil = 0;

  constructor(inbox: Inbox, sourceOf: (topic: string) => LogSource, log: MessagingLog, events: WorkerEvents = {}) {
    this.#events = events;
    this.#inbox = inbox;
    this.#sourceOf = sourceOf;
    this.#log = log;
  }

  async start(): Promise<void> {
    for (const checkpoint of await this.#inbox.positions()) this.#places.set(placeKey(checkpoint), new Place(checkpoint));
    await this.#compareWithOwners();
    this.#running = this.#work();
  }

  notice(heads: readonly LogHead[]): void {
    for (const head of heads) {
      const place = this.#places.get(placeKey(head));
      if (!place || head.pos === place.head) continue;
      // A log does not shrink. These heads may also be older than what was read meanwhile, so the owner is asked again.
      if (head.pos < place.head || place.fault) this.#compareAt = 0;
      place.head = head.pos;
      this.#signal.raise();
    }
  }

  /** Entries up to this position have come in, and are there to be read. */
  arrived(head: LogHead): void {
    const place = this.#places.get(placeKey(head));
    if (!place) return;
    place.head = Math.max(place.head, head.pos);
    this.#signal.raise();
  }

  /** From now on this process works where `held` says so. */
  hold(held: (place: Place) => boolean): void {
    for (const place of this.#places.values()) place.held = held(place);
    this.#signal.raise();
  }

  /** Asks the owners now how far their logs go. */
  lookAtOwners(): void {
    this.#compareAt = 0;
    this.#signal.raise();
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
        if (this.#compareAt <= Date.now()) await this.#compareWithOwners();
        const due = [...this.#places.values()].filter((place) => place.due <= Date.now());
        if (due.length === 0) await this.#signal.wait(this.#untilSomethingIsDue());
        else await this.#handOver(due);
        failures = 0;
      } catch (error) {
        failures += 1;
        this.#compareAt = 0; // what comes back may be another log
        this.#log.warn({ consumer: this.#inbox.consumer, err: error }, 'A log cannot be read; trying again');
        await this.#signal.wait(backoffMs(failures));
      }
    }
  }

  #untilSomethingIsDue(): number {
    const next = Math.min(this.#compareAt, ...[...this.#places.values()].map(({ due }) => due));
    return Math.max(1, next - Date.now());
  }

  /** A log that was emptied or restored does not grow past the checkpoint, so nothing would ever be handed over: somebody has to look. */
  async #compareWithOwners(): Promise<void> {
    this.#compareAt = Date.now() + COMPARE_EVERY_MS;
    for (const [source, places] of this.#bySource(this.#places.values())) {
      try {
        await this.#compareWith(source, places);
      } catch (error) {
        // Its entries may still come another way.
        this.#compareAt = Date.now() + COMPARE_AGAIN_MS;
        this.#tellOfAbsence(error);
      }
    }
  }

  #tellOfAbsence(error: unknown): void {
    if (Date.now() < this.#quietUntil) return;
    this.#quietUntil = Date.now() + TELL_AGAIN_MS;
    this.#log.warn({ consumer: this.#inbox.consumer, err: error }, 'The owner of a log does not say how far it goes; it is asked until it does');
  }

  async #compareWith(source: LogSource, places: readonly Place[]): Promise<void> {
    const heads = new Map((await source.heads()).map((head) => [placeKey(head), head.pos]));
    const identity = await source.identity();
    for (const place of places) this.#watchingFault(place, () => place.compareWith(identity, heads.get(placeKey(place)) ?? 0));
  }

  #bySource(places: Iterable<Place>): Map<LogSource, Place[]> {
    return Map.groupBy(places, ({ topic }) => this.#sourceOf(topic));
  }

  async #handOver(due: readonly Place[]): Promise<void> {
    const slices = await this.#read(due);
    if (slices.length === 0 || this.#closed) return;
    const handed = new Map(slices.map((slice) => [placeKey(slice), slice]));
    for (const result of await this.#inbox.process(slices)) {
      const place = this.#places.get(placeKey(result))!;
      const slice = handed.get(placeKey(result))!;
      this.#watchingFault(place, () => place.follow(result, slice.logId));
      if (result.outcome.state === 'fault') this.#events.onFault?.(slice);
      await this.#events.onSettled?.(slice, result.pos);
    }
  }

  /** At most a batch in all: one statement a log. */
  async #read(due: readonly Place[]): Promise<Slice[]> {
    const slices: Slice[] = [];
    for (const [source, places] of this.#bySource(due)) {
      const found = Map.groupBy(await source.readAfter(places, Math.ceil(BATCH / due.length)), placeKey) as Map<string, LogEntry[]>;
      for (const place of places) {
        const entries = found.get(placeKey(place));
        if (source.couldNotLook?.(place)) place.pause(COMPARE_AGAIN_MS);
        else await this.#found(place, entries, source, slices);
      }
    }
    return slices.sort(byPlace);
  }

  async #found(place: Place, entries: LogEntry[] | undefined, source: LogSource, slices: Slice[]): Promise<void> {
    const logId = entries?.[0]!.logId ?? (await source.identity());
    if (entries) slices.push({ topic: place.topic, partition: place.partition, logId, entries });
    else this.#nothingThere(place, logId);
  }

  #nothingThere(place: Place, logId: string): void {
    const { topic, partition, pos, head } = place;
    const message = `${topic}/${partition}: the log ends at ${head}, but nothing is there after ${pos}.`;
    this.#watchingFault(place, () => place.follow({ pos, outcome: { state: 'fault', fault: { kind: 'GAP', message } } }, logId));
  }

  #watchingFault(place: Place, change: () => void): void {
    const before = place.fault;
    change();
    const now = place.fault;
    const facts = { consumer: this.#inbox.consumer, topic: place.topic, partition: place.partition };
    if (now && now.message !== before?.message) this.#log.error({ ...facts, fault: now.kind }, `${now.message} The partition stands still.`);
    if (before && !now) this.#log.info({ ...facts, fault: before.kind }, 'A partition that stood still goes on');
  }
}
