import { CannotRun } from '../cannot-run.ts';
import { batchesOf } from '../mapping/batches.ts';
import type { SendableRecord } from '../mapping/to-events.ts';
import type { Outcome } from '../report/outcome.ts';
import type { Terminal } from '../report/terminal.ts';
import { eachAtOnce } from './each-at-once.ts';
import type { Registry, Submission } from './registry.ts';
import { waitForDecisions } from './wait-for-decisions.ts';

interface Sent {
  readonly sendable: SendableRecord;
  readonly submission: Submission;
}

const outcomeOf = ({ sendable, submission: { state, errors = [] } }: Sent): Outcome => ({ record: sendable.record, state, faults: errors });

/** Sends a batch; one that is refused as a whole is sent in halves, so that one record does not hold up the others. */
async function sendBatch(registry: Registry, batch: readonly SendableRecord[]): Promise<(Sent | Outcome)[]> {
  const answer = await registry.send(batch.map(({ event }) => event));
  if (!('code' in answer)) {
    if (answer.length !== batch.length)
      throw new CannotRun(`The registry answered for ${answer.length} of ${batch.length} records. Run the same command again.`);
    return batch.map((sendable, index) => ({ sendable, submission: answer[index]! }));
  }
  const [only, ...others] = batch;
  if (others.length === 0) {
    const faults = answer.errors.length > 0 ? answer.errors : [{ pointer: '', code: answer.code, message: answer.detail }];
    return [{ record: only!.record, state: 'REJECTED', faults }];
  }
  const middle = Math.ceil(batch.length / 2);
  return [...(await sendBatch(registry, batch.slice(0, middle))), ...(await sendBatch(registry, batch.slice(middle)))];
}

const isSent = (result: Sent | Outcome): result is Sent => 'submission' in result;
const needsItsErrors = ({ submission }: Sent): boolean => submission.state === 'REJECTED' && submission.errors === undefined;

/** Sends everything in order, reads why records were refused, and waits for those that are not decided yet. */
export async function publishRecords(
  registry: Registry,
  records: readonly SendableRecord[],
  { wait }: { wait: boolean },
  terminal: Terminal,
): Promise<Outcome[]> {
  const sending = terminal.progress('publishing', records.length);
  const results: (Sent | Outcome)[] = [];
  for (const batch of batchesOf(records)) {
    results.push(...(await sendBatch(registry, batch)));
    sending.advance(batch.length);
  }
  sending.finish();
  const sent = results.filter(isSent);
  const refused = await eachAtOnce(sent.filter(needsItsErrors), async (one) => ({ ...one, submission: await registry.outcome(one.submission.submissionId) }));
  const undecided = sent.filter(({ submission }) => submission.state === 'PENDING');
  const decided = wait ? await waitForDecisions(undecided, (one) => registry.outcome(one.submission.submissionId), terminal) : [];
  const latest = new Map([...refused, ...decided].map((one) => [one.submission.submissionId, one]));
  return results.map((result) => (isSent(result) ? outcomeOf(latest.get(result.submission.submissionId) ?? result) : result));
}
