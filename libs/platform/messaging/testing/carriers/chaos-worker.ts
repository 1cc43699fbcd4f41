import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, LogEntry, LogSource, MessagingLog } from '../../src/index.ts';
import { Place } from '../../src/carrier/place.ts';
import { Signal } from '../../src/carrier/signal.ts';
import { placeKey } from '../../src/processing/inbox.ts';
import type { Inbox, Slice } from '../../src/processing/inbox.ts';
import type { Misfortunes } from './misfortunes.ts';

const IDLE_MS = 25;
const BROKEN_MS = 50;
/** The most slices that are kept back to come late. */
const KEPT = 20;

/** Feeds one inbox as badly as the promise of a carrier allows: every entry at least once, each partition without holes. */
export class ChaosWorker {
  readonly #inbox: Inbox;
  readonly #sourceOf: (topic: string) => LogSource;
  readonly #log: MessagingLog;
  readonly #luck: Misfortunes;
  readonly #signal = new Signal();
  readonly #kept: Slice[] = [];
  #places: Place[] = [];
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(inbox: Inbox, sourceOf: (topic: string) => LogSource, log: MessagingLog, luck: Misfortunes) {
    this.#inbox = inbox;
    this.#sourceOf = sourceOf;
    this.#log = log;
    this.#luck = luck;
  }

  async start(): Promise<void> {
    this.#places = (await this.#inbox.positions()).map((checkpoint) => new Place(checkpoint));
    await this.#compareWithOwners();
    this.#running = this.#work();
  }

  wake(): void {
    this.#signal.raise();
  }

  faults(): Fault[] {
    return this.#places.flatMap(({ fault }) => (fault ? [fault] : []));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#signal.raise();
    await this.#running;
  }

  async #work(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#compareWithOwners();
        const due = this.#places.filter((place) => place.due <= Date.now());
        if (due.length === 0 && this.#kept.length === 0) await this.#signal.wait(IDLE_MS);
        else await this.#round(due.filter(() => !this.#luck.happens('delays')));
      } catch (error) {
        this.#log.warn({ consumer: this.#inbox.consumer, err: error }, 'A round of chaos failed; the next one follows');
        await delay(BROKEN_MS);
      }
    }
  }

  async #compareWithOwners(): Promise<void> {
    for (const [source, places] of Map.groupBy(this.#places, ({ topic }) => this.#sourceOf(topic))) {
      const heads = new Map((await source.heads()).map((head) => [placeKey(head), head.pos]));
      const identity = await source.identity();
      for (const place of places) place.compareWith(identity, heads.get(placeKey(place)) ?? 0);
    }
  }

  async #round(due: readonly Place[]): Promise<void> {
    const slices: Slice[] = [];
    for (const place of this.#luck.shuffled(due)) slices.push(...(await this.#sliceFor(place)));
    const hands = this.#luck.happens('apart') ? slices.map((slice) => [slice]) : slices.length > 0 ? [slices] : [];
    for (const hand of hands) if (!this.#closed) await this.#handOver(hand);
    if (this.#kept.length > 0 && !this.#closed && this.#luck.happens('comesLate')) await this.#deliverLate();
  }

  /** From the place's position, or from before it; one, or none when nothing is there or it is kept back. */
  async #sliceFor(place: Place): Promise<Slice[]> {
    const { topic, partition, pos, head } = place;
    const source = this.#sourceOf(topic);
    const back = this.#luck.stepBackFrom(pos);
    const entries = await source.readAfter([{ topic, partition, pos: pos - back }], back + this.#luck.batch);
    const logId = await source.identity();
    if (!entries.some((entry) => entry.pos > pos)) {
      const message = `${topic}/${partition}: the log ends at ${head}, but nothing is there after ${pos}.`;
      place.follow({ pos, outcome: { state: 'fault', fault: { kind: 'GAP', message } } }, logId);
      return [];
    }
    const slice = { topic, partition, logId, entries: this.#luck.doubled(entries as readonly LogEntry[]) };
    if (!this.#luck.happens('keepsBack') || this.#kept.length >= KEPT) return [slice];
    this.#kept.push(slice);
    return [];
  }

  async #handOver(slices: readonly Slice[]): Promise<void> {
    const logIds = new Map(slices.map((slice) => [placeKey(slice), slice.logId]));
    for (const result of await this.#inbox.process(slices)) {
      // An answer that is lost: whoever carries goes on from where it knew the inbox to stand.
      if (this.#luck.happens('forgets')) continue;
      this.#places.find((place) => placeKey(place) === placeKey(result))!.follow(result, logIds.get(placeKey(result))!);
    }
  }

  /** What was read before the partition was given to somebody else, and is handed over all the same. Nobody hears the answer. */
  async #deliverLate(): Promise<void> {
    const slice = this.#luck.among(this.#kept);
    this.#kept.splice(this.#kept.indexOf(slice), 1);
    await this.#inbox.process([slice]);
  }
}
