import type { Fault } from '@mcr/event-kit';
import type { Award } from '../award/award.ts';
import type { Facts } from './facts.ts';
import type { ReadRecord, UnreadableRecord } from '../record/read-record.ts';

interface OnItsWay<Read extends ReadRecord> {
  readonly submissionId: string;
  readonly institutionCode: string;
  readonly record: Read;
  /** A keyed hash of type and data: equal for equal content only. */
  readonly contentHash: string;
  readonly receivedAt: Date;
  /** The id of the award, should this record bring one about. */
  readonly newAwardId: string;
}

export type Submit = OnItsWay<Extract<ReadRecord, { kind: 'submit' }>>;
export type Revoke = OnItsWay<Extract<ReadRecord, { kind: 'revoke' }>>;
/** A submission that can be read has its place among the revisions of one sourceAwardId. */
export type Revision = Submit | Revoke;
export type Unreadable = OnItsWay<UnreadableRecord>;

/** One record on its way to its outcome. */
export type Submission = Revision | Unreadable;

export const isRevision = (submission: Submission): submission is Revision => submission.record.kind !== 'unreadable';
export const isSubmit = (submission: Revision): submission is Submit => submission.record.kind === 'submit';

/** What became of a submission. Only PENDING changes, once, into one of the others. */
export type Outcome =
  /** Waits for a micro-credential that is not known here, or for the revisions before it. */
  | { readonly state: 'PENDING'; readonly awaits: { readonly microCredentialCtid: string } | 'EARLIER_REVISION' }
  | { readonly state: 'ACCEPTED'; readonly awardId: string }
  | { readonly state: 'REJECTED'; readonly errors: readonly Fault[] }
  | { readonly state: 'DUPLICATE'; readonly awardId?: string };

export const rejected = (...errors: readonly Fault[]): Extract<Outcome, { state: 'REJECTED' }> => ({ state: 'REJECTED', errors });

/** Everything that was accepted under one sourceAwardId. `acceptedHashes[n - 1]` is the content of revision n. */
export interface SourceAward {
  readonly acceptedHashes: readonly string[];
  readonly award?: Award;
}

export const nothingAccepted: SourceAward = { acceptedHashes: [] };

/** What an accepted record did: the award as it is afterwards, at that revision. */
export interface AwardChange {
  readonly kind: 'issued' | 'revoked';
  readonly submission: Revision;
  readonly award: Award;
}

/** What holds at the moment of deciding. */
export interface Circumstances {
  readonly now: Date;
  /** The day in British Columbia at `now`. */
  readonly today: string;
  readonly facts: Facts;
  /** Until when every published micro-credential is certainly among the facts; undefined when that is not known. */
  readonly factsCompleteUntil?: Date;
  readonly patience: Patience;
}

/** How long a record waits before its fault is certain. */
export interface Patience {
  readonly factWaitMs: number;
  readonly revisionGapMs: number;
}
