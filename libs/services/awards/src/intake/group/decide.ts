import type { Transaction } from '@mcr/database';
import { decideSourceAward } from '../../domain/submission/decide-source-award.ts';
import { readRecord } from '../../domain/submission/read-record.ts';
import { nothingAccepted, type Circumstances, type Outcome } from '../../domain/submission/submission.ts';
import { insertSourceAwards, lockSourceAwards, type LockedSourceAward } from '../../storage/source-award-store.ts';
import { waitingUnder, type SourceAwardKey, type WaitingRow } from '../../storage/submission-store.ts';
import { laneOf, type Arrival } from '../arrival.ts';
import type { IntakeKeys } from '../intake-keys.ts';
import { keyOf, type SourceAwardVerdict, type Verdict } from './group.ts';

type Readable = Arrival & SourceAwardKey;

/** The arrivals of each sourceAwardId, in the order in which they came. */
export function bySourceAward(arrivals: Iterable<Arrival>): Map<string, Readable[]> {
  const readable: Readable[] = [];
  for (const arrival of arrivals) if (arrival.record.kind !== 'unreadable') readable.push({ ...arrival, sourceAwardId: arrival.record.sourceAwardId });
  return Map.groupBy(readable, keyOf);
}

/** Decides as if nothing had been heard of these sourceAwardIds before. */
export function decideAsNew(arrivals: ReadonlyMap<string, readonly Readable[]>, circumstances: Circumstances): Map<string, SourceAwardVerdict> {
  return new Map([...arrivals].map(([key, own]) => [key, verdictOf(own[0]!, own, [], circumstances)]));
}

function verdictOf(
  key: SourceAwardKey,
  arrivals: readonly Arrival[],
  waiting: readonly Arrival[],
  circumstances: Circumstances,
  before?: LockedSourceAward,
): SourceAwardVerdict {
  const { institutionCode, sourceAwardId } = key;
  const { after, outcomes, changes } = decideSourceAward(before?.state ?? nothingAccepted, waiting, arrivals, circumstances);
  const verdicts = [...waiting, ...arrivals].map((arrival): Verdict => ({ arrival, outcome: outcomes.get(arrival.submissionId)! }));
  return { institutionCode, sourceAwardId, after, changes, verdicts, before };
}
