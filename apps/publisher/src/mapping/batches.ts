import type { SendableRecord } from './to-events.ts';

const MOST_EVENTS = 1000;
const MOST_BYTES = 8 * 1024 * 1024;
const BRACKETS = 2;
const COMMA = 1;

/** Splits the records, in order, into batches that `POST /events` takes: at most 1,000 events and 8 MiB. */
export function batchesOf(records: readonly SendableRecord[]): SendableRecord[][] {
  const batches: SendableRecord[][] = [];
  let current: SendableRecord[] = [];
  let size = BRACKETS;
  for (const record of records) {
    if (current.length === MOST_EVENTS || (current.length > 0 && size + record.bytes + COMMA > MOST_BYTES)) {
      batches.push(current);
      [current, size] = [[], BRACKETS];
    }
    current.push(record);
    size += record.bytes + COMMA;
  }
  return current.length > 0 ? [...batches, current] : batches;
}
