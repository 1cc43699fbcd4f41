import type { EventfulTransaction } from '@mcr/messaging';
import type { AwardChange, Outcome, Patience, SourceAward } from '../../domain/submission/submission.ts';
import type { SourceAwardKey } from '../../storage/submission-store.ts';
import type { Arrival } from '../arrival.ts';
import type { IntakeKeys } from '../intake-keys.ts';

/** What is decided together in one transaction. */
export interface Group {
  readonly arrivals: readonly Arrival[];
  /** SourceAwardIds under which something waits that may be decidable by now. */
  readonly revisits: readonly SourceAwardKey[];
}

/** The moment of deciding, without the facts. */
export interface Moment {
  readonly now: Date;
  readonly today: string;
  /** Until when every published micro-credential is certainly known here. */
  readonly factsCompleteUntil?: Date;
  readonly patience: Patience;
}

/** What the steps of one transaction share. */
export interface Work {
  readonly tx: EventfulTransaction;
  readonly keys: IntakeKeys;
  readonly moment: Moment;
}

/** A submission with what became of it. */
export interface Verdict {
  readonly arrival: Arrival;
  readonly outcome: Outcome;
}

/** What became of one sourceAwardId. */
export interface SourceAwardVerdict extends SourceAwardKey {
  readonly after: SourceAward;
  readonly changes: readonly AwardChange[];
  readonly verdicts: readonly Verdict[];
  /** What stood there before; undefined when the sourceAwardId is new. */
  readonly before?: { readonly state: SourceAward; readonly learnerRef?: string; readonly awardVersion: number };
}

/** The micro-credentials that deciding these arrivals asks about. */
export function microCredentialsOf(arrivals: readonly Arrival[]): string[] {
  const ctids = arrivals.map(
    ({ record }) => (record.kind === 'submit' ? record.submit : record.kind === 'unreadable' ? record.parts : undefined)?.microCredentialCtid,
  );
  return [...new Set(ctids)].filter((ctid) => ctid !== undefined);
}
