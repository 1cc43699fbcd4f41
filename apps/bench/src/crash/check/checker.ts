import { createHash } from 'node:crypto';
import type { Acknowledgement, ToldOutcome } from '../load/ledger.ts';
import type { Life } from '../load/lives.ts';
import type { LogRow, Stores } from './stores.ts';

/** Everything that must be empty. Each entry says what is wrong with which award, event or position. */
export interface Findings {
  /** Answered for and not there, or there as something else than was answered. */
  readonly lost: string[];
  /** There more than once. */
  readonly doubled: string[];
  /** Done before what should have been done before it. */
  readonly reordered: string[];
  /** Written, and not done by a consumer; or missing in a log. */
  readonly skipped: string[];
  readonly deadLetters: string[];
}

export interface Promises {
  readonly lives: readonly Life[];
  readonly acknowledged: readonly Acknowledgement[];
  /** What stood on the outcome topics; left out where there are none. */
  readonly told?: readonly ToldOutcome[];
}

const AWARD_EVENTS: Readonly<Record<string, string>> = { 'ca.bc.mcr.award.issued.v1': 'ACTIVE', 'ca.bc.mcr.award.revoked.v1': 'REVOKED' };
const DECIDED = 'ca.bc.mcr.submission.decided.v1';
const FINAL = new Set(['ACCEPTED', 'DUPLICATE']);

const named = ({ institution, eventId }: { readonly institution: string; readonly eventId: string }): string => `${institution} ${eventId}`;

function countOf<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

const moreThanOnce = (counts: ReadonlyMap<string, number>, what: string): string[] =>
  [...counts].filter(([, times]) => times > 1).map(([name]) => `${what} ${name}`);

/** Compares what the institutions were told with what every store holds. */
export function check(promises: Promises, stores: Stores): Findings {
  const findings: Findings = { lost: [], doubled: [], reordered: [], skipped: [], deadLetters: [...stores.deadLetters] };
  checkSubmissions(promises, stores, findings);
  checkAwards(promises, stores, findings);
  checkLogs(stores, findings);
  checkReadModel(stores, findings);
  checkWitness(stores, findings);
  if (promises.told?.length) checkOutcomeTopics(promises.told, stores, findings);
  for (const { consumer, topic, partition, reached, head } of stores.progress)
    if (reached !== head) findings.skipped.push(`${consumer} stands at ${reached} of ${head} in ${topic}/${partition}`);
  return findings;
}

function checkSubmissions({ acknowledged }: Promises, { submissions }: Stores, { lost, doubled }: Findings): void {
  const kept = new Map(submissions.filter(({ conflict }) => !conflict).map((submission) => [named(submission), submission]));
  for (const answer of acknowledged) {
    const submission = kept.get(named(answer));
    if (!submission) lost.push(`${named(answer)} was answered with 202 and is nowhere`);
    else if (answer.submissionId !== undefined && submission.submissionId !== answer.submissionId)
      doubled.push(`${named(answer)} was answered with two submissions`);
    else if (answer.state !== 'PENDING' && answer.state !== submission.state) lost.push(`${named(answer)} was ${answer.state} and is ${submission.state}`);
    else if (!FINAL.has(submission.state)) lost.push(`${named(answer)} is good and is ${submission.state}`);
  }
  for (const submission of submissions) if (submission.conflict) doubled.push(`${named(submission)} is there with two contents`);
}

function checkAwards({ lives }: Promises, { awards, logs }: Stores, { lost, doubled }: Findings): void {
  const statuses = new Map(awards.map((award) => [award.sourceAwardId, award.status]));
  for (const { sourceAwardId, ends } of lives) {
    const status = statuses.get(sourceAwardId) ?? undefined;
    if (status !== ends) lost.push(`award ${sourceAwardId} should be ${ends} and is ${status ?? 'nowhere'}`);
  }
  const issued = logs.filter(({ type }) => AWARD_EVENTS[type] === 'ACTIVE').map(({ event }) => (JSON.parse(event) as { data: { sourceAwardId: string } }).data);
  doubled.push(
    ...moreThanOnce(
      countOf(issued, ({ sourceAwardId }) => sourceAwardId),
      'two awards for',
    ),
  );
}

const chained = (previous: Buffer, event: string): Buffer => createHash('sha256').update(previous).update(event, 'utf8').digest();

function checkLogs({ logs, submissions }: Stores, { lost, doubled, reordered, skipped }: Findings): void {
  const ends = new Map<string, Pick<LogRow, 'pos' | 'hash'>>();
  const versions = new Map<string, number>();
  for (const row of logs) {
    const place = `${row.topic}/${row.partition}`;
    const end = ends.get(place) ?? { pos: 0, hash: Buffer.alloc(32) };
    if (row.pos !== end.pos + 1) skipped.push(`${place}: position ${row.pos} follows ${end.pos}`);
    if (!chained(end.hash, row.event).equals(row.hash)) lost.push(`${place}@${row.pos}: the hash chain is broken`);
    ends.set(place, row);
    if (row.version === null) continue;
    const key = `${row.topic} ${row.key}`;
    const due = (versions.get(key) ?? 0) + 1;
    if (row.version < due) doubled.push(`${key}: version ${row.version} again`);
    if (row.version > due) reordered.push(`${key}: version ${row.version} where ${due} was due`);
    versions.set(key, Math.max(row.version, due));
  }
  const decided = countOf(
    logs.filter(({ type }) => type === DECIDED),
    ({ key }) => key,
  );
  doubled.push(...moreThanOnce(decided, 'two decisions of'));
  for (const { submissionId, state } of submissions)
    if (state !== 'PENDING' && !decided.has(submissionId)) lost.push(`the decision of ${submissionId} is in no log`);
}

function checkReadModel({ logs, shown }: Stores, { doubled, skipped }: Findings): void {
  const newest = new Map(logs.filter(({ type }) => AWARD_EVENTS[type]).map((row) => [row.key.replace('urn:uuid:', ''), row]));
  const rows = new Map(shown.map((row) => [row.awardId, row]));
  for (const [awardId, { type, version }] of newest) {
    const row = rows.get(awardId);
    if (row?.version !== version || row?.status !== AWARD_EVENTS[type])
      skipped.push(`the read model has ${awardId} at ${row?.version ?? 'nothing'}, not ${version}`);
  }
  for (const awardId of rows.keys()) if (!newest.has(awardId)) doubled.push(`the read model has ${awardId}, which no log has`);
}

/** Every event exactly once, and those of a key in their order. */
function checkWitness({ logs, notes }: Stores, { doubled, reordered, skipped }: Findings): void {
  const written = logs.filter(({ type }) => type === DECIDED || AWARD_EVENTS[type]);
  const noted = countOf(notes, ({ key, version }) => `${key}@${version}`);
  doubled.push(...moreThanOnce(noted, 'the witness noted twice'));
  for (const { key, version } of written) if (!noted.has(`${key}@${version ?? 1}`)) skipped.push(`the witness never saw ${key}@${version ?? 1}`);
  const reached = new Map<string, number>();
  for (const { key, version } of notes) {
    if (version > (reached.get(key) ?? 0) + 1) reordered.push(`the witness saw ${key}@${version} after ${reached.get(key) ?? 0}`);
    reached.set(key, Math.max(reached.get(key) ?? 0, version));
  }
}

/** Every decision at least once, and the first times in the order of the log: an outcome may come again, but never too early. */
function checkOutcomeTopics(told: readonly ToldOutcome[], { logs, submissions }: Stores, { lost, reordered }: Findings): void {
  const decided = new Map(logs.filter(({ type }) => type === DECIDED).map((row) => [row.key, row]));
  const seen = new Set<string>();
  const reached = new Map<string, number>();
  for (const { institution, submissionId, eventId } of told) {
    if (seen.has(submissionId)) continue;
    seen.add(submissionId);
    const row = decided.get(submissionId);
    if (!row) {
      lost.push(`${institution} was told of ${eventId}, which no log has`);
      continue;
    }
    const place = `${institution} ${row.partition}`;
    if (row.pos < (reached.get(place) ?? 0)) reordered.push(`${institution} was told of ${eventId} after what comes later`);
    reached.set(place, Math.max(reached.get(place) ?? 0, row.pos));
  }
  for (const submission of submissions) if (!seen.has(submission.submissionId)) lost.push(`${named(submission)} has no outcome on Kafka`);
}
