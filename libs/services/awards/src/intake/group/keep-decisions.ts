import { randomBytes } from 'node:crypto';
import { AwardIssued, AwardRevoked, SubmissionDecided } from '@mcr/contracts';
import type { Fault } from '@mcr/event-kit';
import type { EventfulTransaction } from '@mcr/messaging';
import { snapshotOf, type HeldAward } from '../../domain/award/award.ts';
import { particularsOf } from '../../domain/award/particulars.ts';
import type { AwardChange, Outcome } from '../../domain/submission/submission.ts';
import { insertAwards, reviseAwards, type AwardRow } from '../../storage/award-store.ts';
import { insertParticulars, type ParticularsRow } from '../../storage/particulars-store.ts';
import { updateSourceAwards } from '../../storage/source-award-store.ts';
import { correctSubmissions } from '../../storage/submission-store.ts';
import type { Arrival } from '../arrival.ts';
import type { IntakeKeys } from '../intake-keys.ts';
import type { Learners } from './assign-learners.ts';
import type { SourceAwardVerdict, Verdict, Work } from './group.ts';

/** A hash of an address can be guessed, but not those of all credentials at once. */
const newSalt = (): string => randomBytes(16).toString('hex');

/** Writes awards with their particulars and sourceAwardIds, and the events of both, in the order in which things happened. */
export async function keepAwards({ tx, keys, moment }: Work, verdicts: readonly SourceAwardVerdict[], { refs, ambiguous }: Learners): Promise<void> {
  const issued: AwardRow[] = [];
  const revised: AwardRow[] = [];
  for (const { sourceAwardId, before, changes } of verdicts) {
    let version = before?.awardVersion ?? 0;
    let row: AwardRow | undefined;
    for (const { kind, submission, award } of changes) {
      version += 1;
      const held: HeldAward = { ...award, learnerRef: before?.learnerRef ?? refs.get(changes[0]!.submission.submissionId)! };
      const { revision } = submission.record;
      row = { award: held, version, revision, partition: laneOf(submission), receivedAt: row?.receivedAt ?? submission.receivedAt };
      tx.append(kind === 'issued' ? AwardIssued : AwardRevoked, snapshotOf(held, sourceAwardId, revision), {
        version,
        partition: row.partition,
        now: moment.now,
      });
    }
    if (row) (before?.learnerRef ? revised : issued).push(row);
  }
  await insertAwards(tx, issued);
  await insertParticulars(
    tx,
    verdicts.flatMap(({ changes }) => changes.flatMap((change) => particularsRow(change, ambiguous, keys))),
  );
  await reviseAwards(tx, revised);
  const grown = verdicts.filter(({ before, after }) => before && before.state.acceptedHashes.length < after.acceptedHashes.length);
  await updateSourceAwards(
    tx,
    grown.map(({ institutionCode, sourceAwardId, after }) => ({ institutionCode, sourceAwardId, state: after })),
  );
}

function particularsRow({ kind, submission, award }: AwardChange, ambiguous: Learners['ambiguous'], keys: IntakeKeys): ParticularsRow[] {
  if (kind !== 'issued' || submission.record.kind !== 'submit') return [];
  const { submit, signed } = submission.record;
  const content = signed && !('faults' in signed) ? signed : undefined;
  const particulars = particularsOf(submit, ambiguous.has(submission.submissionId), newSalt, content);
  const awardId = award.awardId.slice('urn:uuid:'.length);
  return particulars ? [{ awardId, sealed: keys.sealParticulars(awardId, particulars), credentialId: content?.credentialId }] : [];
}

const laneOf = (submission: AwardChange['submission']): number => (submission as AwardChange['submission'] & Pick<Arrival, 'lane'>).lane;

/** Corrects the rows whose outcome became another than the one they were written with, and tells every outcome once. */
export async function keepOutcomes(
  { tx, keys, moment }: Work,
  verdicts: readonly Verdict[],
  written: ReadonlyMap<Arrival, Outcome>,
  { warnings }: Learners,
): Promise<void> {
  const told = verdicts.map((verdict) => ({ ...verdict, warnings: warnings.get(verdict.arrival.submissionId) ?? [] }));
  const changed = told.filter(({ arrival, outcome, warnings: own }) => own.length > 0 || written.get(arrival) !== outcome);
  const corrections = changed.map(({ arrival, outcome, warnings: own }) => ({
    submissionId: arrival.submissionId,
    outcome,
    warnings: own,
    sealed: outcome.state === 'PENDING' && written.has(arrival) ? keys.seal(arrival.submissionId, arrival.inbound) : undefined,
  }));
  await correctSubmissions(tx, corrections, moment.now);
  for (const { arrival, outcome, warnings: own } of told)
    if (outcome.state !== 'PENDING') tellOutcome(tx, arrival, arrival.record.sourceAwardId, outcome, moment.now, own);
}

type Told = Pick<Arrival, 'submissionId' | 'institutionCode' | 'eventId' | 'lane'>;
type Decided = Exclude<Outcome, { state: 'PENDING' }>;

/** The one event of a decided submission. */
export function tellOutcome(
  tx: EventfulTransaction,
  submission: Told,
  sourceAwardId: string | undefined,
  outcome: Decided,
  now: Date,
  warnings: readonly Fault[] = [],
): void {
  const { submissionId, institutionCode, eventId, lane } = submission;
  const data = {
    submissionId,
    institutionCode,
    eventId,
    sourceAwardId,
    state: outcome.state,
    awardId: outcome.state === 'REJECTED' ? undefined : outcome.awardId,
    errors: outcome.state === 'REJECTED' ? [...outcome.errors] : undefined,
    warnings: warnings.length > 0 ? [...warnings] : undefined,
  };
  tx.append(SubmissionDecided, data, { version: 1, partition: lane, now });
}
