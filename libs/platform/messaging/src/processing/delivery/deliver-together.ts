import type { LogEntry } from '../../log/event-log.ts';
import { reactToEntries } from '../react-to-entries.ts';
import type { Reactor } from '../reactor.ts';

/** A crash makes so many events come again at most. */
const MOST_TOGETHER = 100;

export interface Together {
  readonly reactor: Reactor;
  /** Whether an entry may go with others at all: one whose key is parked may not. */
  readonly mayGo: (entry: LogEntry) => boolean;
  /** Rejects when the partition is not held any more. */
  readonly holds: (entry: LogEntry) => Promise<unknown>;
  readonly delivered: (last: LogEntry) => Promise<void>;
  readonly isStopping: () => boolean;
}

/**
 * Delivers events whose reactions take batches many at once, in order, as far as that goes. Returns the entries that are left to be delivered one
 * by one: from the first that may not go with others, or from the beginning of a batch that failed, of which some may have arrived.
 */
export async function deliverTogether(entries: readonly LogEntry[], { reactor, mayGo, holds, delivered, isStopping }: Together): Promise<readonly LogEntry[]> {
  const goes = (entry: LogEntry): boolean => mayGo(entry) && reactor.extrasOf(entry.type)?.batch !== false;
  for (let rest = entries; ;) {
    const end = rest.slice(0, MOST_TOGETHER).findIndex((entry) => !goes(entry));
    const batch = rest.slice(0, end < 0 ? MOST_TOGETHER : end);
    if (batch.length < 2 || isStopping()) return rest;
    await holds(batch[0]!);
    try {
      await reactToEntries(reactor, batch, {});
    } catch {
      // Whoever delivers one by one finds out which it was, and says so.
      return rest;
    }
    await delivered(batch.at(-1)!);
    rest = rest.slice(batch.length);
  }
}
