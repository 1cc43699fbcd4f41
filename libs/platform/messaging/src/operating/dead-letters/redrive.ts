import { Refusal } from '@mcr/event-kit';
import type { LogEntry } from '../../log/event-log.ts';
import { lockCheckpoints } from '../../processing/checkpoints.ts';
import { classify, reasonOf } from '../../processing/failures.ts';
import type { DeadLetterReason } from '../../processing/failures.ts';
import type { Inbox, InboxParts } from '../../processing/inbox.ts';
import { reactToEntries } from '../../processing/react-to-entries.ts';
import type { AppendBuffer, EventfulTransaction } from '../../unit-of-work.ts';
import { recordAction } from '../audit.ts';
import type { Order } from '../audit.ts';
import { countSetAside, failAgain, removeSetAside, setAsideOf } from './set-aside.ts';
import type { ParkedKey, SetAside } from './set-aside.ts';
import { entriesAt, entryOf } from './stored-bytes.ts';
import type { LogSource } from '../../carrier/carrier.ts';

/** What came of applying the set-aside events of a key again. */
export interface Redriven {
  readonly applied: number;
  /** Still set aside. */
  readonly remaining: number;
  /** The event that failed, and is the key's dead letter now. */
  readonly failed?: { readonly pos: number; readonly reason: DeadLetterReason };
}

interface Failed {
  readonly entry: LogEntry;
  readonly error: unknown;
}

/** What is needed to apply a consumer's set-aside events. */
export interface Redriving {
  readonly parts: InboxParts;
  readonly inbox: Inbox;
  readonly source: LogSource;
}

const CHUNK = 500;
const DELIVERY_CHUNK = 50;

/**
 * Applies a part of what is set aside of a key, in order and without the position check, each event behind a savepoint.
 * What came before a failure is kept; the one that failed is the key's dead letter. Rejects on a transient failure, with nothing changed.
 */
export async function redriveChunk(redriving: Redriving, key: ParkedKey, order: Order): Promise<Redriven> {
  if (redriving.inbox.exclusively) return deliverChunk(redriving, key, order);
  try {
    return await applyChunk(redriving, key, order, CHUNK);
  } catch (error) {
    if (isNoFaultOfTheEvent(error)) throw error;
  }
  // What failed was the commit, where the appended events are written, and no savepoint isolates that.
  try {
    return await applyChunk(redriving, key, order, 1);
  } catch (error) {
    if (isNoFaultOfTheEvent(error)) throw error;
    return applyChunk(redriving, key, order, 1, error);
  }
}

const isNoFaultOfTheEvent = (error: unknown): boolean => classify(error) === 'transient' || error instanceof Refusal;

/** With `failure`, the first event is not tried again but judged by it. */
async function applyChunk({ parts, source }: Redriving, key: ParkedKey, order: Order, limit: number, failure?: unknown): Promise<Redriven> {
  const { unitOfWork } = parts;
  const seen = await setAsideOf(unitOfWork.database, key, limit);
  const entries = await entriesAt(source, key.topic, seen);
  return unitOfWork.runBuffered(async (tx, buffer) => {
    await lockCheckpoints(tx, key.consumer, placesOf(key, seen));
    const stored = (await setAsideOf(tx, key, limit)).filter((one) => seen.some((other) => isSame(one, other)));
    const verified = stored.map((one) => entryOf(one, key.topic, entries));
    const { done, failed } =
      failure === undefined ? await applyEach(parts, verified, tx, buffer) : { done: [], failed: { entry: verified[0]!, error: failure } };
    return conclude(tx, key, order, done, failed);
  });
}

async function applyEach(parts: InboxParts, entries: readonly LogEntry[], tx: EventfulTransaction, buffer: AppendBuffer): Promise<Outcome> {
  const done: LogEntry[] = [];
  for (const entry of entries) {
    const mark = buffer.mark;
    await tx.query('savepoint one_event');
    try {
      await parts.apply([entry], tx);
      await tx.query('release savepoint one_event');
      done.push(entry);
    } catch (error) {
      if (classify(error) === 'transient') throw error;
      await tx.query('rollback to savepoint one_event');
      buffer.cutBackTo(mark);
      return { done, failed: { entry, error } };
    }
  }
  return { done };
}

interface Outcome {
  readonly done: readonly LogEntry[];
  readonly failed?: Failed;
}

/** Sends first, under the lock of the partition, then deletes: at least once, as deliveries promise. */
async function deliverChunk({ parts, inbox, source }: Redriving, key: ParkedKey, order: Order): Promise<Redriven> {
  const { database } = parts.unitOfWork;
  const [first] = await setAsideOf(database, key, 1);
  if (!first) return { applied: 0, remaining: 0 };
  return inbox.exclusively!({ topic: key.topic, partition: first.partition }, async () => {
    const stored = (await setAsideOf(database, key, DELIVERY_CHUNK)).filter(({ partition }) => partition === first.partition);
    const entries = await entriesAt(source, key.topic, stored);
    const verified = stored.map((one) => entryOf(one, key.topic, entries));
    const { done, failed, waits } = await deliverEach(parts, verified);
    const result = await parts.unitOfWork.run(async (tx) => {
      await lockCheckpoints(tx, key.consumer, placesOf(key, stored));
      return conclude(tx, key, order, done, failed);
    });
    if (waits !== undefined) throw waits;
    return result;
  });
}

async function deliverEach({ reactor }: InboxParts, entries: readonly LogEntry[]): Promise<Outcome & { readonly waits?: unknown }> {
  const done: LogEntry[] = [];
  for (const entry of entries) {
    try {
      await reactToEntries(reactor, [entry], {});
      done.push(entry);
    } catch (error) {
      return classify(error) === 'transient' ? { done, waits: error } : { done, failed: { entry, error } };
    }
  }
  return { done };
}

async function conclude(tx: EventfulTransaction, key: ParkedKey, order: Order, done: readonly LogEntry[], failed: Failed | undefined): Promise<Redriven> {
  await removeSetAside(tx, key.consumer, key.topic, done);
  if (failed) await failAgain(tx, key.consumer, failed.entry, failed.error);
  const result: Redriven = {
    applied: done.length,
    remaining: await countSetAside(tx, key),
    ...(failed ? { failed: { pos: failed.entry.pos, reason: reasonOf(failed.error) } } : {}),
  };
  const first = done[0] ?? failed?.entry;
  if (first) await recordAction(tx, { ...order, ...key, action: 'REDRIVE', partition: first.partition, pos: first.pos, outcome: result });
  return result;
}

const isSame = (one: SetAside, other: SetAside): boolean => one.partition === other.partition && one.pos === other.pos;

const placesOf = ({ topic }: ParkedKey, stored: readonly SetAside[]): { topic: string; partition: number }[] =>
  [...new Set(stored.map(({ partition }) => partition))].map((partition) => ({ topic, partition }));
