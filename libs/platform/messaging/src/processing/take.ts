import { chainHash } from '../log/event-log.ts';
import type { LogEntry } from '../log/event-log.ts';
import type { Checkpoint } from './checkpoints.ts';
import type { Fault, Slice } from './inbox.ts';

export interface Taken {
  /** Not done before, in order, without a gap. */
  readonly fresh: readonly LogEntry[];
  /** Where the checkpoint stands once they are done. */
  readonly reached: Checkpoint;
  /** Why the entries after `fresh` cannot be taken. */
  readonly fault?: Fault;
}

const otherLog = (slice: Slice, checkpoint: Checkpoint): Fault => ({
  kind: 'OTHER_LOG',
  message: `${slice.topic}/${slice.partition}: the checkpoint was written for log ${checkpoint.logId}, these entries are of log ${slice.logId}.`,
});

/**
 * What of a slice is to be done: at or before the checkpoint is dropped, the next position is taken, anything else is a gap.
 * The hash chain is followed from the checkpoint on, so an altered entry is not taken either.
 */
export function take(slice: Slice, checkpoint: Checkpoint): Taken {
  if (checkpoint.logId !== null && checkpoint.logId !== slice.logId) return { fresh: [], reached: checkpoint, fault: otherLog(slice, checkpoint) };
  const fresh: LogEntry[] = [];
  let { pos, hash, carrierOffset } = checkpoint;
  const stop = (fault?: Fault): Taken => ({ fresh, reached: { ...checkpoint, pos, hash, carrierOffset, logId: slice.logId }, ...(fault ? { fault } : {}) });
  for (const entry of slice.entries) {
    if (entry.pos <= pos) continue;
    const place = `${entry.topic}/${entry.partition}@${entry.pos}`;
    if (entry.pos !== pos + 1) return stop({ kind: 'GAP', message: `${place}: expected position ${pos + 1}.` });
    const expected = chainHash(hash, entry.event);
    if (!expected.equals(entry.hash)) return stop({ kind: 'CHAIN_BROKEN', message: `${place}: the entry does not continue the hash chain.` });
    fresh.push(entry);
    ({ pos, hash } = entry);
    carrierOffset = entry.carrierOffset ?? carrierOffset;
  }
  return stop();
}
