import { Refusal } from '@mcr/event-kit';
import type { LogSource } from '../carrier/carrier.ts';
import type { LogEntry } from '../log/event-log.ts';
import { lockCheckpoints } from '../processing/checkpoints.ts';
import { classify, reasonOf } from '../processing/failures.ts';
import type { InboxParts } from '../processing/inbox.ts';
import type { EventfulTransaction } from '../unit-of-work.ts';
import { recordAction } from './audit.ts';
import type { Order } from './audit.ts';
import { changedRows } from './changed-rows.ts';
import { setAsidePositions } from './dead-letters/set-aside.ts';

/** Which events of one topic to apply again. At least one thing must be said. */
export interface ReplayFilter {
  readonly partition?: number;
  readonly fromPos?: number;
  readonly toPos?: number;
  readonly key?: string;
  readonly type?: string;
  /** By the time that the event says; `until` is excluded. */
  readonly since?: string;
  readonly until?: string;
}

/** One part of a replay: up to 500 entries of one partition. */
export interface Replayed {
  readonly examined: number;
  readonly applied: number;
  /** Matching events that are set aside or were discarded, and so are passed over. */
  readonly passedOver: number;
  readonly changedRows: number;
  /** Where this part ended; nothing when the partition has no more. */
  readonly after: number | undefined;
}

export interface Replaying {
  readonly parts: InboxParts;
  readonly source: LogSource;
  readonly topic: string;
  readonly partition: number;
}

const PART = 500;

/** Thrown to take everything back; what it was for is in `outcome`. */
class DryRun extends Error {
  constructor(readonly outcome: Replayed) {
    super('A dry run keeps nothing.');
  }
}

/**
 * Applies events at or before the checkpoint again, after position `after`, holding the checkpoint's row so that the live consumer
 * waits. Without `apply`, everything is taken back: what is told is what would be done.
 */
export async function replayPart(replaying: Replaying, filter: ReplayFilter, after: number, order: Order, apply: boolean): Promise<Replayed> {
  const { parts, source, topic, partition } = replaying;
  const entries = await source.readAfter([{ topic, partition, pos: after }], PART);
  const matching = entries.filter((entry) => matches(entry, filter));
  try {
    return await parts.unitOfWork.run(async (tx) => {
      const outcome = await applyAgain(tx, replaying, entries, matching);
      if (!apply) throw new DryRun(outcome);
      const consumer = parts.declaration.name;
      if (outcome.applied > 0)
        await recordAction(tx, { ...order, action: 'REPLAY', consumer, topic, partition, pos: matching[0]!.pos, outcome: { ...filter, ...outcome } });
      return outcome;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.outcome;
    throw error;
  }
}

async function applyAgain(
  tx: EventfulTransaction,
  { parts, topic, partition }: Replaying,
  entries: readonly LogEntry[],
  matching: readonly LogEntry[],
): Promise<Replayed> {
  const consumer = parts.declaration.name;
  const [checkpoint] = await lockCheckpoints(tx, consumer, [{ topic, partition }]);
  const reached = matching.filter(({ pos }) => pos <= checkpoint!.pos);
  const aside = await setAsidePositions(tx, consumer, topic, partition, reached);
  const flowing = reached.filter(({ pos }) => !aside.has(pos));
  const before = await changedRows(tx, parts.declaration.tables);
  await applyOrName(tx, parts, flowing);
  const last = entries.at(-1);
  return {
    examined: entries.filter(({ pos }) => pos <= checkpoint!.pos).length,
    applied: flowing.length,
    passedOver: reached.length - flowing.length,
    changedRows: (await changedRows(tx, parts.declaration.tables)) - before,
    after: last && last.pos < checkpoint!.pos ? last.pos : undefined,
  };
}

/** @throws Refusal that names the event which fails; nothing of the part is kept. */
async function applyOrName(tx: EventfulTransaction, parts: InboxParts, entries: readonly LogEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx.query('savepoint replayed');
  try {
    return await parts.apply(entries, tx);
  } catch (error) {
    if (classify(error) === 'transient') throw error;
  }
  await tx.query('rollback to savepoint replayed');
  for (const entry of entries) {
    try {
      await parts.apply([entry], tx);
    } catch (error) {
      const { topic, partition, pos } = entry;
      throw new Refusal('ILLEGAL_STATE', `The event at ${topic}/${partition}@${pos} fails (${reasonOf(error)}); nothing of this part was applied.`);
    }
  }
}

function matches(entry: LogEntry, { fromPos, toPos, key, type, since, until }: ReplayFilter): boolean {
  if (fromPos !== undefined && entry.pos < fromPos) return false;
  if (toPos !== undefined && entry.pos > toPos) return false;
  if (key !== undefined && entry.key !== key) return false;
  if (type !== undefined && entry.type !== type) return false;
  if (since === undefined && until === undefined) return true;
  const at = timeOf(entry);
  return at !== undefined && (since === undefined || at >= Date.parse(since)) && (until === undefined || at < Date.parse(until));
}

function timeOf({ event }: LogEntry): number | undefined {
  try {
    const at = Date.parse((JSON.parse(event) as { time?: string } | null)?.time ?? '');
    return Number.isNaN(at) ? undefined : at;
  } catch {
    return undefined;
  }
}
