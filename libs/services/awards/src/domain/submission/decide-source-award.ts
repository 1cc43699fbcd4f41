import type { Award } from '../award/award.ts';
import { decideRevoke } from './decide-revoke.ts';
import { decideSubmit } from './decide-submit.ts';
import { recordFault } from '../record/record-fault.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import {
  isRevision,
  isSubmit,
  rejected,
  type AwardChange,
  type Circumstances,
  type Outcome,
  type Revision,
  type SourceAward,
  type Submission,
  type Unreadable,
} from './submission.ts';

export interface Decisions {
  readonly after: SourceAward;
  /** The outcome of every submission that came in or waited, by submission id. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** In the order in which they happened. */
  readonly changes: readonly AwardChange[];
}

/**
 * Decides what came in for one sourceAwardId, in order, together with what waits there. Whatever the order of arrival,
 * accepted revisions are 1, 2, 3, … without gaps, and a record decides those that waited behind it.
 */
export function decideSourceAward(
  before: SourceAward,
  waiting: readonly Submission[],
  incoming: readonly Submission[],
  circumstances: Circumstances,
): Decisions {
  const decision = new SourceAwardDecision(before, circumstances);
  for (const submission of waiting) decision.wait(submission);
  decision.settle();
  for (const submission of incoming) {
    decision.take(submission);
    decision.settle();
  }
  return decision.result();
}

class SourceAwardDecision {
  private readonly acceptedHashes: string[];
  private award: Award | undefined;
  private readonly pending = new Map<number, Revision>();
  private readonly outcomes = new Map<string, Outcome>();
  private readonly changes: AwardChange[] = [];

  constructor(
    before: SourceAward,
    private readonly circumstances: Circumstances,
  ) {
    this.acceptedHashes = [...before.acceptedHashes];
    this.award = before.award;
  }

  /** Puts back what was found waiting. */
  wait(submission: Submission): void {
    if (isRevision(submission)) this.pending.set(submission.record.revision, submission);
    else this.refuse(submission);
  }

  take(submission: Submission): void {
    if (!isRevision(submission)) return this.refuse(submission);
    const known = this.compareWithKnown(submission);
    if (known) this.outcomes.set(submission.submissionId, known);
    else this.pending.set(submission.record.revision, submission);
  }

  /** Decides the next revision, and the next, as far as they are there; then what waited too long. */
  settle(): void {
    for (let next = this.pending.get(this.current + 1); next; next = this.pending.get(this.current + 1)) {
      const outcome = this.decideNext(next);
      this.outcomes.set(next.submissionId, outcome);
      if (outcome.state === 'PENDING') break;
      this.pending.delete(next.record.revision);
    }
    this.settleWaiting();
  }

  result(): Decisions {
    return { after: { acceptedHashes: this.acceptedHashes, award: this.award }, outcomes: this.outcomes, changes: this.changes };
  }

  private get current(): number {
    return this.acceptedHashes.length;
  }

  private refuse(submission: Unreadable): void {
    this.outcomes.set(submission.submissionId, refuseUnreadable(submission, this.circumstances));
  }

  /** A revision that was accepted, or waits, is met with what it says: the same again, or something else. */
  private compareWithKnown({ record: { revision }, contentHash }: Revision): Outcome | undefined {
    const knownHash = this.acceptedHashes[revision - 1] ?? this.pending.get(revision)?.contentHash;
    if (knownHash === undefined) return undefined;
    if (knownHash === contentHash) return { state: 'DUPLICATE', awardId: this.award?.awardId };
    return rejected(recordFault(revision < this.current ? 'STALE_REVISION' : 'IDEMPOTENCY_CONFLICT', '/revision'));
  }

  private decideNext(submission: Revision): Outcome {
    if (this.award?.status === 'REVOKED') return rejected(recordFault('TERMINAL_STATE', '/sourceAwardId'));
    const { outcome, award } = isSubmit(submission)
      ? decideSubmit(submission, this.award, this.circumstances)
      : decideRevoke(submission, this.award, this.circumstances);
    if (award) {
      this.acceptedHashes.push(submission.contentHash);
      this.award = award;
      this.changes.push({ kind: isSubmit(submission) ? 'issued' : 'revoked', submission, award });
    }
    return outcome;
  }

  /** What stands behind a waiting revision waits with it; what stands behind a hole waits only so long. */
  private settleWaiting(): void {
    const { now, patience } = this.circumstances;
    let reachable = this.current + 1;
    for (const [revision, submission] of [...this.pending].sort(([a], [b]) => a - b)) {
      if (revision === reachable) reachable += 1;
      else if (now.getTime() - submission.receivedAt.getTime() >= patience.revisionGapMs) {
        this.pending.delete(revision);
        this.outcomes.set(submission.submissionId, rejected(recordFault('REVISION_GAP', '/revision')));
        continue;
      }
      if (this.outcomes.get(submission.submissionId)?.state !== 'PENDING')
        this.outcomes.set(submission.submissionId, { state: 'PENDING', awaits: 'EARLIER_REVISION' });
    }
  }
}
