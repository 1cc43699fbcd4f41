import { recordFault } from '../../domain/record/record-fault.ts';
import { rejected, type Outcome } from '../../domain/submission/submission.ts';
import { findByEvent, insertSubmissions, type StoredSubmission, type SubmissionRow } from '../../storage/submission-store.ts';
import type { Arrival } from '../arrival.ts';
import type { IntakeKeys } from '../intake-keys.ts';
import type { Verdict, Work } from './group.ts';

/** How the arrivals entered: as submissions of their own, or as ones that are there already. */
export interface Admission {
  readonly admitted: ReadonlySet<Arrival>;
  /** Another content under a known event id: a submission of its own, refused. */
  readonly conflicts: readonly Conflict[];
  /** The submission that answers for an arrival which was sent before, maybe in this very group. */
  readonly repeats: ReadonlyMap<Arrival, Pick<StoredSubmission, 'submissionId' | 'state'>>;
}

type Conflict = Verdict & { readonly outcome: ReturnType<typeof rejected> };
type Event = Pick<Arrival, 'institutionCode' | 'eventId'>;
const eventOf = ({ institutionCode, eventId }: Event): string => `${institutionCode} ${eventId}`;
const contentOf = (arrival: Event & Pick<Arrival, 'contentHash'>): string => `${eventOf(arrival)} ${arrival.contentHash}`;

/** The first arrival of each event, in order; the others are met with what became of it. */
export function firstOfEachEvent(arrivals: readonly Arrival[]): Arrival[] {
  const seen = new Set<string>();
  return arrivals.filter((arrival) => seen.size < seen.add(eventOf(arrival)).size);
}

function rowOf({ arrival, outcome }: Verdict, keys: IntakeKeys, conflictOf?: string): SubmissionRow {
  const { submissionId, institutionCode, eventId, contentHash, receivedAt, record, inbound } = arrival;
  const sealed = outcome.state === 'PENDING' ? keys.seal(submissionId, inbound) : undefined;
  return { submissionId, institutionCode, eventId, contentHash, conflictOf, sourceAwardId: record.sourceAwardId, outcome, receivedAt, sealed };
}

/**
 * Gives every arrival its row, unless its event was sent before. Rows are written with the outcome that is right if nothing
 * was heard of their sourceAwardId yet, which is so nearly always; whoever finds otherwise corrects them in this transaction.
 */
export async function admit({ tx, keys, moment }: Work, arrivals: readonly Arrival[], asNew: ReadonlyMap<Arrival, Outcome>): Promise<Admission> {
  const rows = [...asNew].map(([arrival, outcome]) => rowOf({ arrival, outcome }, keys));
  const inserted = await insertSubmissions(tx, rows, moment.now);
  const admitted = new Set([...asNew.keys()].filter(({ submissionId }) => inserted.has(submissionId)));
  if (admitted.size === arrivals.length) return { admitted, conflicts: [], repeats: new Map() };

  const others = arrivals.filter((arrival) => !admitted.has(arrival));
  const stored = byContent(await findByEvent(tx, others));
  const conflicts = await admitConflicts({ tx, keys, moment }, others, stored);
  const isConflict = new Set(conflicts.map(({ arrival }) => arrival));
  const repeated = others.filter((arrival) => !isConflict.has(arrival));
  // A conflict that another process wrote in the meantime, or this group a moment ago, is found only now.
  const known = repeated.every((arrival) => stored.has(contentOf(arrival))) ? stored : byContent(await findByEvent(tx, others));
  return { admitted, conflicts, repeats: new Map(repeated.map((arrival) => [arrival, known.get(contentOf(arrival))!])) };
}

const byContent = (stored: readonly StoredSubmission[]): Map<string, StoredSubmission> => new Map(stored.map((row) => [contentOf(row), row]));

async function admitConflicts({ tx, keys, moment }: Work, arrivals: readonly Arrival[], stored: ReadonlyMap<string, StoredSubmission>): Promise<Conflict[]> {
  const distinct = new Map(arrivals.filter((arrival) => !stored.has(contentOf(arrival))).map((arrival) => [contentOf(arrival), arrival]));
  const firstOf = new Map([...stored.values()].flatMap((row) => (row.conflictOf === null ? [[eventOf(row), row.submissionId] as const] : [])));
  const verdicts = [...distinct.values()].map((arrival) => ({ arrival, outcome: rejected(recordFault('IDEMPOTENCY_CONFLICT')) }));
  const rows = verdicts.map((verdict) => rowOf(verdict, keys, firstOf.get(eventOf(verdict.arrival))));
  const inserted = await insertSubmissions(tx, rows, moment.now);
  return verdicts.filter(({ arrival }) => inserted.has(arrival.submissionId));
}
