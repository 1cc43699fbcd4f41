import { column, type Database, type Transaction } from '@mcr/database';
import type { Fault } from '@mcr/event-kit';
import type { Outcome } from '../domain/submission/submission.ts';
import { newOnes } from './new-ones.ts';

/** A submission as it is written. */
export interface SubmissionRow {
  readonly submissionId: string;
  readonly institutionCode: string;
  readonly eventId: string;
  readonly contentHash: string;
  readonly conflictOf?: string;
  readonly sourceAwardId?: string;
  readonly outcome: Outcome;
  readonly receivedAt: Date;
  /** The encrypted record; only while it waits. */
  readonly sealed?: Buffer;
}

/** A submission as its sender knows it: by event id and content. */
export interface StoredSubmission {
  readonly submissionId: string;
  readonly institutionCode: string;
  readonly eventId: string;
  readonly contentHash: string;
  readonly conflictOf: string | null;
  readonly state: Outcome['state'];
}

const bare = (awardId: string | undefined): string | null => awardId?.slice('urn:uuid:'.length) ?? null;
const errorsOf = (outcome: Outcome): string | null => (outcome.state === 'REJECTED' ? JSON.stringify(outcome.errors) : null);
const awardOf = (outcome: Outcome): string | null => (outcome.state === 'ACCEPTED' || outcome.state === 'DUPLICATE' ? bare(outcome.awardId) : null);
const awaitedBy = (outcome: Outcome): string | null =>
  outcome.state === 'PENDING' && outcome.awaits !== 'EARLIER_REVISION' ? outcome.awaits.microCredentialCtid : null;
const hex = (bytes: Buffer | undefined): string | null => bytes?.toString('hex') ?? null;

const insertInto = (conflictTarget: string) => `
  with inserted as (
  insert into submission (submission_id, institution_code, event_id, content_hash, conflict_of, source_award_id, state, award_id, errors, awaits, sealed, received_at, decided_at)
  select id, code, event_id, decode(hash, 'hex'), conflict_of, source_award_id, state, award_id, errors::json, awaits, decode(sealed, 'hex'), received_at,
    case when state <> 'PENDING' then $12::timestamptz end
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[], $13::timestamptz[])
    as r (id, code, event_id, hash, conflict_of, source_award_id, state, award_id, errors, awaits, sealed, received_at)
  on conflict ${conflictTarget} do nothing
  returning submission_id)
  select case when count(*) < $14 then coalesce(array_agg(submission_id::text), '{}') end as some from inserted`;

const insertFirst = insertInto('(institution_code, event_id) where conflict_of is null');
const insertConflict = insertInto('(institution_code, event_id, content_hash) where conflict_of is not null');

const inOrder = (a: SubmissionRow, b: SubmissionRow): number =>
  a.institutionCode < b.institutionCode ? -1 : a.institutionCode > b.institutionCode ? 1 : a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0;

/**
 * Writes submissions, all first ones or all conflicts, sorted as every writer sorts them. Returns the ids that are new:
 * the others were there already, or came into being while this statement waited for their writer.
 */
export async function insertSubmissions(tx: Transaction, rows: readonly SubmissionRow[], now: Date): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const sorted = rows.toSorted(inOrder);
  const [inserted] = await tx.query<{ some: string[] | null }>(sorted[0]!.conflictOf === undefined ? insertFirst : insertConflict, [
    column(sorted, (row) => row.submissionId),
    column(sorted, (row) => row.institutionCode),
    column(sorted, (row) => row.eventId),
    column(sorted, (row) => row.contentHash),
    column(sorted, (row) => row.conflictOf ?? null),
    column(sorted, (row) => row.sourceAwardId ?? null),
    column(sorted, (row) => row.outcome.state),
    column(sorted, (row) => awardOf(row.outcome)),
    column(sorted, (row) => errorsOf(row.outcome)),
    column(sorted, (row) => awaitedBy(row.outcome)),
    column(sorted, (row) => hex(row.sealed)),
    now,
    column(sorted, (row) => row.receivedAt),
    sorted.length,
  ]);
  return newOnes(sorted, inserted!.some, ({ submissionId }) => submissionId);
}

/** Everything that is stored under these event ids: first submissions and conflicts. */
export async function findByEvent(tx: Transaction, events: readonly { institutionCode: string; eventId: string }[]): Promise<StoredSubmission[]> {
  if (events.length === 0) return [];
  return tx.query<StoredSubmission>(
    `select s.submission_id as "submissionId", s.institution_code as "institutionCode", s.event_id as "eventId", encode(s.content_hash, 'hex') as "contentHash",
       s.conflict_of as "conflictOf", s.state
     from (select distinct * from unnest($1::text[], $2::text[])) as e (code, event_id)
     join submission s on s.institution_code = e.code and s.event_id = e.event_id`,
    [column(events, ({ institutionCode }) => institutionCode), column(events, ({ eventId }) => eventId)],
  );
}

export interface Correction {
  readonly submissionId: string;
  readonly outcome: Outcome;
  readonly warnings: readonly Fault[];
  /** Given when a record is to wait that was not stored as waiting. */
  readonly sealed?: Buffer;
}

/** Writes the outcomes that have come to be others than those stored. What is decided loses its record. */
export async function correctSubmissions(tx: Transaction, corrections: readonly Correction[], now: Date): Promise<void> {
  if (corrections.length === 0) return;
  await tx.query(
    `update submission s set state = c.state, award_id = c.award_id, errors = c.errors::json, warnings = c.warnings::json, awaits = c.awaits,
       sealed = case when c.state = 'PENDING' then coalesce(decode(c.sealed, 'hex'), s.sealed) end,
       decided_at = case when c.state <> 'PENDING' then $8::timestamptz end
     from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[]) as c (id, state, award_id, errors, warnings, awaits, sealed)
     where s.submission_id = c.id and (s.state <> 'PENDING' or c.state <> 'PENDING' or s.awaits is distinct from c.awaits)`,
    [
      column(corrections, ({ submissionId }) => submissionId),
      column(corrections, ({ outcome }) => outcome.state),
      column(corrections, ({ outcome }) => awardOf(outcome)),
      column(corrections, ({ outcome }) => errorsOf(outcome)),
      column(corrections, ({ warnings }) => (warnings.length > 0 ? JSON.stringify(warnings) : null)),
      column(corrections, ({ outcome }) => awaitedBy(outcome)),
      column(corrections, ({ sealed }) => hex(sealed)),
      now,
    ],
  );
}

/** A waiting submission as it is stored. */
export interface WaitingRow {
  readonly submissionId: string;
  readonly institutionCode: string;
  readonly eventId: string;
  readonly contentHash: string;
  readonly sourceAwardId: string;
  readonly awaits: string | null;
  readonly sealed: Buffer;
  readonly receivedAt: Date;
}

export interface SourceAwardKey {
  readonly institutionCode: string;
  readonly sourceAwardId: string;
}

/** What waits under these sourceAwardIds, whose rows the caller has locked. */
export function waitingUnder(tx: Transaction, keys: readonly SourceAwardKey[]): Promise<WaitingRow[]> {
  return tx.query<WaitingRow>(
    `select s.submission_id as "submissionId", s.institution_code as "institutionCode", s.event_id as "eventId", encode(s.content_hash, 'hex') as "contentHash",
       s.source_award_id as "sourceAwardId", s.awaits, s.sealed, s.received_at as "receivedAt"
     from unnest($1::text[], $2::text[]) as k (code, source_award_id)
     join submission s on s.institution_code = k.code and s.source_award_id = k.source_award_id and s.state = 'PENDING'
     order by s.submission_id`,
    [column(keys, ({ institutionCode }) => institutionCode), column(keys, ({ sourceAwardId }) => sourceAwardId)],
  );
}

/** The sourceAwardIds under which something may be decidable by now. Locks nothing: who decides reads again. */
export function dueAt(database: Database, now: Date, patience: { factWaitMs: number; revisionGapMs: number }, limit: number): Promise<SourceAwardKey[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms);
  return database.query<SourceAwardKey>(
    `select institution_code as "institutionCode", source_award_id as "sourceAwardId"
     from submission s
     where state = 'PENDING' and (
       awaits is not null and (received_at <= $1 or exists (select from micro_credential_version v where v.micro_credential_ctid = s.awaits))
       or awaits is null and received_at <= $2)
     group by 1, 2 order by min(received_at) limit $3`,
    [ago(patience.factWaitMs), ago(patience.revisionGapMs), limit],
  );
}

export async function countWaitingForRevisions(database: Database, receivedBefore: Date): Promise<number> {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from submission where state = 'PENDING' and awaits is null and received_at <= $1`,
    [receivedBefore],
  );
  return row!.count;
}
