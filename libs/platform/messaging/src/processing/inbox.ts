import type { Topic } from '@mcr/event-kit';
import type { LogEntry } from '../log/event-log.ts';
import type { MessagingLog } from '../messaging-log.ts';
import type { ConsumerDeclaration } from '../reactions/consumer.ts';
import type { AtFaultPoint, EventfulTransaction, UnitOfWork } from '../unit-of-work.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Reactor } from './reactor.ts';

/** Consecutive entries of one partition, at least one, as a carrier hands them over. May begin before or after the checkpoint. */
export interface Slice {
  readonly topic: string;
  readonly partition: number;
  readonly logId: string;
  readonly entries: readonly LogEntry[];
}

/**
 * A carrier may hand on the next entries (`done`), waits before it hands on the same again (`retry`),
 * or found something that waiting does not mend (`fault`): the partition stands still and readiness says so.
 */
export type Outcome = { readonly state: 'done' } | { readonly state: 'retry'; readonly afterMs: number } | { readonly state: 'fault'; readonly fault: Fault };

/** A log that cannot be what the checkpoint was written for. Nothing is skipped. */
export interface Fault {
  readonly kind: 'GAP' | 'OTHER_LOG' | 'CHAIN_BROKEN';
  readonly message: string;
}

export interface SliceResult {
  readonly topic: string;
  readonly partition: number;
  /** The committed position; the next entry needed is the one after it. */
  readonly pos: number;
  readonly outcome: Outcome;
}

/** The one door through which events reach a consumer, whatever carried them. */
export interface Inbox {
  readonly consumer: string;
  readonly topics: readonly Topic[];
  positions(): Promise<Checkpoint[]>;
  /** Safe to repeat, with any overlap, from any number of workers. Never rejects for what an event or a handler did. */
  process(slices: readonly Slice[]): Promise<SliceResult[]>;
  /**
   * Runs `work` while nothing else is delivered from this partition, here or elsewhere. Only deliveries need it and have it:
   * a projection or process is held off by its checkpoint's row. @throws Refusal when another process holds the partition.
   */
  exclusively?<T>(place: { readonly topic: string; readonly partition: number }, work: () => Promise<T>): Promise<T>;
  /** What is in hand ends as soon as it may: after the batch, or after the one effect. */
  stop?(): void;
  /** After the last batch. */
  close?(): Promise<void>;
}

/** What an inbox is made of. */
export interface InboxParts {
  readonly declaration: ConsumerDeclaration;
  readonly reactor: Reactor;
  /** Calls the reactions to these entries, in order, with the transaction of their effect. */
  readonly apply: (entries: readonly LogEntry[], tx: EventfulTransaction) => Promise<void>;
  readonly unitOfWork: UnitOfWork;
  readonly log: MessagingLog;
  readonly atFaultPoint?: AtFaultPoint;
}

export const placeKey = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string => `${topic}/${partition}`;

export const DONE: Outcome = { state: 'done' };

/** Nothing of this slice was committed; the carrier begins with it again. */
export const standingStill = (slice: Slice, outcome: Outcome): SliceResult => ({
  topic: slice.topic,
  partition: slice.partition,
  pos: slice.entries[0]!.pos - 1,
  outcome,
});
