import type { Carrier, LogSource, MessagingLog, Subscription } from '../../src/index.ts';
import type { Inbox, Slice, SliceResult } from '../../src/processing/inbox.ts';

/** Carries nothing by itself: the test hands over what it likes, as often as it likes. */
export class CarrierByHand implements Carrier {
  readonly #sources = new Map<string, LogSource>();
  #inbox: Inbox | undefined;

  carry(log: LogSource): void {
    for (const { name } of log.topics) this.#sources.set(name, log);
  }

  async subscribe(inbox: Inbox): Promise<Subscription> {
    this.#inbox = inbox;
    return { faults: () => [], close: () => Promise.resolve() };
  }

  wake(): void {}

  sourceOf(topic: string): LogSource {
    return this.#sources.get(topic)!;
  }

  async close(): Promise<void> {}

  /** What lies after `after`, at most `limit` entries of each place; a place where nothing lies has no slice. */
  async read(topic: string, after: Readonly<Record<number, number>>, limit: number): Promise<Slice[]> {
    const source = this.sourceOf(topic);
    const positions = Object.entries(after).map(([partition, pos]) => ({ topic, partition: Number(partition), pos }));
    const entries = Map.groupBy(await source.readAfter(positions, limit), ({ partition }) => partition);
    const logId = await source.identity();
    return [...entries].map(([partition, found]) => ({ topic, partition, logId, entries: found }));
  }

  handOver(slices: readonly Slice[]): Promise<SliceResult[]> {
    return this.#inbox!.process(slices);
  }
}

/** For where what would be logged is seen in the results. */
export const silence: MessagingLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
