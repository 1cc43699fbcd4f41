import type { Database } from '@mcr/database';
import type { EventLog } from '../log/event-log.ts';
import type { Fault, Inbox } from '../processing/inbox.ts';

/** What a carrier reads a log through: the owner's tables here, or the owner's log face elsewhere. */
export interface LogSource extends Pick<EventLog, 'topics' | 'identity' | 'heads' | 'readAfter' | 'lastAppendedAt'> {
  /** True where the last `readAfter` could not look: that it found nothing says nothing. A source without this throws instead. */
  couldNotLook?(where: { readonly topic: string; readonly partition: number }): boolean;
}

export interface Subscription {
  /** What keeps partitions of this inbox standing still; empty when all is well. */
  faults(): readonly Fault[];
  /** Resolves when the batch in hand is committed or rolled back, and nothing more will be handed over. */
  close(): Promise<void>;
}

/**
 * Brings the entries of logs to inboxes: each partition in order, each entry at least once, from the inbox's own position on.
 * It promises nothing else; what was done is known by the inbox's checkpoints alone.
 */
export interface Carrier {
  /**
   * Takes charge of a log. Called for every log before the first subscription that reads it. `owner` is the database of the service
   * whose log it is, where that service runs in this process; a log that is owned elsewhere is given without.
   */
  carry(log: LogSource, owner?: Database): void;
  subscribe(inbox: Inbox): Promise<Subscription>;
  /** A hint that these topics grew. Losing it costs time, nothing else. */
  wake(topics: ReadonlySet<string>): void;
  /** The log that owns a topic. @throws when no such log is carried. */
  sourceOf(topic: string): LogSource;
  close(): Promise<void>;
}
