import { recordFault } from '../../domain/record/record-fault.ts';
import { rejected } from '../../domain/submission/submission.ts';
import { lockSourceAwards } from '../../storage/source-award-store.ts';
import { correctSubmissions, waitingUnder, type SourceAwardKey } from '../../storage/submission-store.ts';
import { laneOf, type Arrival } from '../arrival.ts';
import { admit } from './admit.ts';
import type { Work } from './group.ts';
import { tellOutcome } from './keep-decisions.ts';
import type { Answer } from './process-group.ts';

const notProcessed = () => rejected(recordFault('NOT_PROCESSED'));

/** The outcome of a record that cannot be decided even alone: it is refused, without another look at what it says. */
export async function refuseUnprocessed(work: Work, arrival: Arrival): Promise<Answer> {
  const { admitted, conflicts, repeats } = await admit(work, [arrival], new Map([[arrival, notProcessed()]]));
  const repeat = repeats.get(arrival);
  if (repeat) return repeat;
  const outcome = admitted.has(arrival) ? notProcessed() : conflicts[0]!.outcome;
  tellOutcome(work.tx, arrival, arrival.record.sourceAwardId, outcome, work.moment.now);
  return { submissionId: arrival.submissionId, state: outcome.state };
}

/** The same for what waits under a sourceAwardId. The stored records are not opened: that may be what fails. */
export async function refuseWaiting({ tx, moment }: Work, key: SourceAwardKey): Promise<void> {
  await lockSourceAwards(tx, [key]);
  const waiting = await waitingUnder(tx, [key]);
  const outcome = notProcessed();
  await correctSubmissions(
    tx,
    waiting.map(({ submissionId }) => ({ submissionId, outcome, warnings: [] })),
    moment.now,
  );
  for (const row of waiting) {
    const lane = laneOf(row.institutionCode, row.sourceAwardId, row.eventId);
    tellOutcome(tx, { ...row, lane }, row.sourceAwardId, outcome, moment.now);
  }
}
