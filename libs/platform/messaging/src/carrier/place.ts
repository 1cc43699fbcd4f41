import type { LogPosition } from '../log/event-log.ts';
import type { Checkpoint } from '../processing/checkpoints.ts';
import type { Fault, SliceResult } from '../processing/inbox.ts';

const FIRST_FAULT_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Where one inbox stands in one partition, as the worker that feeds it knows. */
export class Place implements LogPosition {
  readonly topic: string;
  readonly partition: number;
  pos: number;
  /** The end of the partition, as last seen. */
  head: number;
  fault: Fault | undefined;
  /** Whether this process is to work here. Where a carrier shares partitions out, it says so. */
  held = true;
  /** Null until entries were done here, as far as this process knows: another one may have done them. */
  #logId: string | null;
  /** The log that the inbox did not know as its own; it says so of a checkpoint that this process has not seen. */
  #refusedLogId: string | undefined;
  #pausedUntil = 0;
  #faultsInARow = 0;

  constructor({ topic, partition, pos, logId }: Checkpoint) {
    this.topic = topic;
    this.partition = partition;
    this.pos = pos;
    this.head = pos;
    this.#logId = logId;
  }

  /** When there is something to do here, as a time of the clock; infinite when there is nothing. */
  get due(): number {
    return this.held && this.head > this.pos ? this.#pausedUntil : Infinity;
  }

  /** Tells whether the owner's log can still be the one that the checkpoint was written for. `head` was read after `pos` was committed. */
  compareWith(logId: string, head: number): void {
    this.head = head;
    const same = this.#logId === null ? logId !== this.#refusedLogId : logId === this.#logId;
    if (same && head >= this.pos) {
      if (this.fault?.kind === 'OTHER_LOG') this.fault = undefined;
      return;
    }
    const message = `${this.topic}/${this.partition}: the checkpoint is at position ${this.pos} of ${this.#logId === null ? 'another log' : `log ${this.#logId}`}; the owner's log is ${logId} and ends at ${head}.`;
    this.fault = { kind: 'OTHER_LOG', message };
  }

  /** Nothing is done here for so long, in milliseconds. */
  pause(ms: number): void {
    this.#pausedUntil = Date.now() + ms;
  }

  /** Takes over what the inbox answered to a slice of log `logId`. */
  follow({ pos, outcome }: Pick<SliceResult, 'pos' | 'outcome'>, logId: string): void {
    this.pos = pos;
    this.#faultsInARow = outcome.state === 'fault' ? this.#faultsInARow + 1 : 0;
    this.fault = outcome.state === 'fault' ? outcome.fault : undefined;
    if (outcome.state === 'done') this.#logId = logId;
    if (this.fault?.kind === 'OTHER_LOG') this.#refusedLogId = logId;
    if (outcome.state === 'retry') this.#pausedUntil = Date.now() + outcome.afterMs;
    if (outcome.state === 'fault') this.#pausedUntil = Date.now() + Math.min(LONGEST_PAUSE_MS, FIRST_FAULT_PAUSE_MS * 2 ** (this.#faultsInARow - 1));
  }
}
