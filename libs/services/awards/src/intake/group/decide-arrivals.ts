import { decideSourceAward } from '../../domain/submission/decide-source-award.ts';
import { refuseUnreadable } from '../../domain/submission/refuse-unreadable.ts';
import { isRevision, nothingAccepted, type Circumstances, type Outcome } from '../../domain/submission/submission.ts';
import { readFacts } from '../../storage/fact-store.ts';
import { insertSourceAwards, keyOf, lockSourceAwards } from '../../storage/source-award-store.ts';
import { waitingUnder, type SourceAwardKey } from '../../storage/submission-store.ts';
import { arrivalFrom, type Arrival } from '../arrival.ts';
import { microCredentialsOf, type SourceAwardVerdict, type Verdict, type Work } from './group.ts';

/** Decisions that are right if nothing was heard of the sourceAwardIds before. */
export interface DecidedAsNew {
  readonly unreadable: readonly Verdict[];
  readonly sourceAwards: ReadonlyMap<string, SourceAwardVerdict>;
}

export function decideAsNew(arrivals: readonly Arrival[], circumstances: Circumstances): DecidedAsNew {
  const unreadable = arrivals.flatMap((arrival) => (isRevision(arrival) ? [] : [{ arrival, outcome: refuseUnreadable(arrival, circumstances) }]));
  return { unreadable, sourceAwards: new Map([...bySourceAward(arrivals)].map(([key, own]) => [key, decide(sourceAwardOf(own[0]!), own, [], circumstances)])) };
}

export function outcomesOf({ unreadable, sourceAwards }: DecidedAsNew): Map<Arrival, Outcome> {
  const verdicts = [...unreadable, ...[...sourceAwards.values()].flatMap((sourceAward) => sourceAward.verdicts)];
  return new Map(verdicts.map(({ arrival, outcome }) => [arrival, outcome]));
}

const sourceAwardOf = ({ institutionCode, record }: Arrival): SourceAwardKey => ({ institutionCode, sourceAwardId: record.sourceAwardId! });

const bySourceAward = (arrivals: Iterable<Arrival>): Map<string, Arrival[]> =>
  Map.groupBy([...arrivals].filter(isRevision) as Arrival[], (arrival) => keyOf(sourceAwardOf(arrival)));

function decide(
  key: SourceAwardKey,
  arrivals: readonly Arrival[],
  waiting: readonly Arrival[],
  circumstances: Circumstances,
  before?: SourceAwardVerdict['before'],
): SourceAwardVerdict {
  const { after, outcomes, changes } = decideSourceAward(before?.state ?? nothingAccepted, waiting, arrivals, circumstances);
  const verdicts = [...waiting, ...arrivals].map((arrival): Verdict => ({ arrival, outcome: outcomes.get(arrival.submissionId)! }));
  return { institutionCode: key.institutionCode, sourceAwardId: key.sourceAwardId, after, changes, verdicts, before };
}

/**
 * Takes the lock of every sourceAwardId and decides under it. A new row is written with what was decided as new: being the
 * one who wrote it is the proof that it was. Where a row stands already, everything is decided again from it and from what waits there.
 */
export async function decideUnderLock(
  work: Work,
  admitted: ReadonlySet<Arrival>,
  asNew: DecidedAsNew,
  revisits: readonly SourceAwardKey[],
): Promise<SourceAwardVerdict[]> {
  const arrivals = bySourceAward(admitted);
  const candidates = [...arrivals].map(([key, own]) => {
    const verdict = asNew.sourceAwards.get(key)!;
    return { key, verdict, complete: own.length === verdict.verdicts.length };
  });
  const rows = candidates.map(({ verdict, complete }) => ({ ...verdict, state: complete ? verdict.after : nothingAccepted }));
  const inserted = await insertSourceAwards(work.tx, rows);
  const settled = candidates.filter(({ key, complete }) => complete && inserted.has(key));
  const open = new Map([...revisits.map((key) => [keyOf(key), key] as const), ...candidates.map(({ key, verdict }) => [key, verdict] as const)]);
  for (const { key } of settled) open.delete(key);
  const decided = open.size === 0 ? [] : await decideAgain(work, arrivals, [...open.values()]);
  return [...settled.map(({ verdict }) => verdict), ...decided];
}

async function decideAgain(
  { tx, keys, moment }: Work,
  arrivals: ReadonlyMap<string, readonly Arrival[]>,
  open: readonly SourceAwardKey[],
): Promise<SourceAwardVerdict[]> {
  const locked = await lockSourceAwards(tx, open);
  const arrivalsOf = (key: SourceAwardKey) => arrivals.get(keyOf(key)) ?? [];
  const own = new Set(open.flatMap(arrivalsOf).map(({ submissionId }) => submissionId));
  // What this transaction wrote as waiting is among the arrivals, not among what waited before.
  const stored = (await waitingUnder(tx, open)).filter(({ submissionId }) => !own.has(submissionId));
  const waiting = Map.groupBy(stored, keyOf);
  const before = locked.map((row) => ({ row, waiting: (waiting.get(keyOf(row)) ?? []).map((found) => arrivalFrom(found, keys)), arrivals: arrivalsOf(row) }));
  const codes = [...new Set(locked.map(({ institutionCode }) => institutionCode))];
  const facts = await readFacts(tx, codes, microCredentialsOf(before.flatMap((each) => [...each.waiting, ...each.arrivals])));
  return before.map((each) => decide(each.row, each.arrivals, each.waiting, { ...moment, facts }, each.row));
}
