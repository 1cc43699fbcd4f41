import { Refusal } from '@mcr/event-kit';
import type { LogSource } from '../../carrier/carrier.ts';
import type { LogEntry } from '../../log/event-log.ts';
import type { SetAside } from './set-aside.ts';

const placeOf = ({ partition, pos }: Pick<SetAside, 'partition' | 'pos'>): string => `${partition}@${pos}`;

/** What the owner's log holds at these positions, by place. Read before the transaction: a log does not change. */
export async function entriesAt(source: LogSource, topic: string, places: readonly Pick<SetAside, 'partition' | 'pos'>[]): Promise<Map<string, LogEntry>> {
  const positions = places.map(({ partition, pos }) => ({ topic, partition, pos: pos - 1 }));
  const found = positions.length === 0 ? [] : await source.readAfter(positions, 1);
  return new Map(found.map((entry) => [placeOf(entry), entry]));
}

/**
 * The entry that a stored event was made from. Only stored bytes are applied again, and only if they are what the log holds.
 * @throws Refusal when the stored text is not the log's: somebody changed one of them.
 */
export function entryOf(stored: SetAside, topic: string, entries: ReadonlyMap<string, LogEntry>): LogEntry {
  const entry = entries.get(placeOf(stored));
  if (!entry) throw new Refusal('UNAVAILABLE', `The log holds nothing at ${topic}/${placeOf(stored)}, or does not show it at the moment.`);
  if (entry.event !== stored.event) throw new EditedEvent(`${topic}/${placeOf(stored)}`);
  return entry;
}

/** Somebody changed what was set aside. It is not applied, and the attempt is recorded. */
export class EditedEvent extends Refusal {
  constructor(readonly place: string) {
    super('ILLEGAL_STATE', `What is stored of ${place} is not what the log holds there: it was changed after it was set aside. Only stored bytes are applied.`);
  }
}
