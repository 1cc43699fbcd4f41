import type { Fault } from '@mcr/event-kit';
import type { FileRecord } from '../reading/file-record.ts';

export type OutcomeState = 'ACCEPTED' | 'DUPLICATE' | 'REJECTED' | 'PENDING';

/** What became of one record. */
export interface Outcome {
  readonly record: FileRecord;
  readonly state: OutcomeState;
  readonly faults: readonly Fault[];
}

export const counted = (outcomes: readonly Outcome[]): Record<OutcomeState, number> => {
  const counts = { ACCEPTED: 0, DUPLICATE: 0, REJECTED: 0, PENDING: 0 };
  for (const { state } of outcomes) counts[state] += 1;
  return counts;
};
