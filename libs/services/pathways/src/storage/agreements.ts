import type { Transaction } from '@mcr/database';
import type { Agreement } from '../domain/agreements/life.ts';
import type { StoredAgreement } from '../domain/facts/graph-fact.ts';
import { noteChanged } from './graph-numbers.ts';

/** Who changed something, and when. */
export interface AgreementChange {
  readonly by: string;
  readonly at: Date;
}

/** Agreement `a` counts on some day: both signed it, and it was not terminated before it began. */
export const counts = `(a.recorded_on is not null and (a.end_on is null or a.end_on >= a.start_on))`;

/** All of an agreement `a` that answers depend on, as JSON. */
export const wholeAgreement = `a.terms || jsonb_strip_nulls(jsonb_build_object(
  'ctid', a.id, 'sendingOrganization', a.sender_id, 'receivingOrganization', a.receiver_id,
  'startDate', a.start_on, 'endDate', a.end_on, 'recordedOn', a.recorded_on
))`;

const lifeOfAgreement = `${wholeAgreement} || jsonb_strip_nulls(jsonb_build_object(
  'status', a.status, 'version', a.version, 'sent', a.sender_signature, 'received', a.receiver_signature, 'reason', a.reason
))`;

/** What the columns of their own do not say. */
function termsOf(agreement: Agreement): string {
  const { kind, from, grants, priority, maxAgeMonths, requiresUnexpired, programScope, conditions, capBucket, exclusiveGroup, evidenceUrl } = agreement;
  const terms = { kind, from, grants, priority, maxAgeMonths, requiresUnexpired, programScope, conditions, capBucket, exclusiveGroup, evidenceUrl };
  return JSON.stringify(terms);
}

function lifeOf(agreement: Agreement, { by, at }: AgreementChange): unknown[] {
  const { ctid, status, endDate, version } = agreement;
  const { received, recordedOn, reason } = { received: undefined, recordedOn: undefined, reason: undefined, ...agreement };
  return [ctid, status, endDate ?? null, received ? JSON.stringify(received) : null, recordedOn ?? null, reason ?? null, by, at, version];
}

/** What the engine is told of it changes only when it begins to count, or counts no longer than now. */
async function noteCounting(tx: Transaction, { ctid, status, version }: Agreement): Promise<void> {
  const isListed = version === 1 && (status === 'AGREED' || status === 'ACTIVE');
  const isSigned = version > 1 && status === 'AGREED';
  if (isListed || isSigned || status === 'TERMINATED') await noteChanged(tx, 'AGREEMENT', [ctid]);
}

/** Writes a new agreement. False when the CTID is in use; nothing is written then. */
export async function insertAgreement(tx: Transaction, agreement: Agreement, change: AgreementChange): Promise<boolean> {
  const { sendingOrganization, receivingOrganization, startDate, from, sent } = agreement;
  const inserted = await tx.query(
    `with agreement as (
       insert into agreement (id, status, end_on, receiver_signature, recorded_on, reason, changed_by, changed_at, version,
         sender_id, receiver_id, start_on, terms, sender_signature)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       on conflict do nothing
       returning id
     ), items as (
       insert into agreement_from (agreement_id, position, micro_credential_id)
       select id, position, micro_credential_id from agreement cross join unnest($15::text[]) with ordinality as item (micro_credential_id, position)
     )
     select id from agreement`,
    [
      ...lifeOf(agreement, change),
      sendingOrganization,
      receivingOrganization,
      startDate,
      termsOf(agreement),
      JSON.stringify(sent),
      from.map(({ microCredential }) => microCredential),
    ],
  );
  if (inserted.length === 0) return false;
  await noteCounting(tx, agreement);
  return true;
}

/** The agreement, locked until the transaction ends. */
export async function lockAgreement(tx: Transaction, ctid: string): Promise<Agreement | undefined> {
  const [row] = await tx.query<{ agreement: Agreement }>(`select ${lifeOfAgreement} as agreement from agreement a where a.id = $1 for update`, [ctid]);
  return row?.agreement;
}

/** Writes what has become of an agreement. Needs the lock of `lockAgreement`. */
export async function updateAgreement(tx: Transaction, agreement: Agreement, change: AgreementChange): Promise<void> {
  await tx.query(
    `update agreement set status = $2, end_on = $3, receiver_signature = $4, recorded_on = $5, reason = $6, changed_by = $7, changed_at = $8, version = $9
     where id = $1`,
    lifeOf(agreement, change),
  );
  await noteCounting(tx, agreement);
}

/** Agreements whose first day has come or whose last is over, which nobody has said yet; locked. What another process has in hand is left out. */
export async function lockDueAgreements(tx: Transaction, today: string, most: number): Promise<Agreement[]> {
  const rows = await tx.query<{ agreement: Agreement }>(
    `select ${lifeOfAgreement} as agreement from agreement a
     where (a.status = 'AGREED' and a.start_on <= $1) or (a.status = 'ACTIVE' and a.end_on < $1)
     order by a.id limit $2 for update skip locked`,
    [today, most],
  );
  return rows.map(({ agreement }) => agreement);
}

/** Writes what the days have brought these agreements to; what counts stays as it is. Needs the lock of `lockDueAgreements`. */
export async function updateStatuses(tx: Transaction, agreements: readonly Agreement[], { by, at }: AgreementChange): Promise<void> {
  await tx.query(
    `update agreement a set status = next.status, version = next.version, changed_by = $4, changed_at = $5
     from unnest($1::text[], $2::text[], $3::int[]) as next (id, status, version) where a.id = next.id`,
    [agreements.map(({ ctid }) => ctid), agreements.map(({ status }) => status), agreements.map(({ version }) => version), by, at],
  );
}

export const isAgreement = async (tx: Transaction, ctid: string): Promise<boolean> =>
  (await tx.query('select from agreement where id = $1', [ctid])).length > 0;

/** The agreements of a receiver that count and begin from any of these micro-credentials. */
export async function agreementsAt(tx: Transaction, receivingOrganization: string, microCredentials: readonly string[]): Promise<StoredAgreement[]> {
  const rows = await tx.query<{ agreement: StoredAgreement }>(
    `select ${wholeAgreement} as agreement from agreement a
     where a.id in (select f.agreement_id from agreement_from f where f.micro_credential_id = any($2::text[])) and a.receiver_id = $1 and ${counts}
     order by a.id`,
    [receivingOrganization, microCredentials],
  );
  return rows.map(({ agreement }) => agreement);
}
