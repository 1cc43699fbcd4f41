import type { Transaction } from '@mcr/database';
import type { Terms } from '../domain/agreement.ts';
import type { Period } from '../domain/ground.ts';
import { noteChanged } from './graph-numbers.ts';

export interface NewAgreement extends Terms {
  readonly ctid: string;
  readonly sendingOrganization: string;
  readonly receivingOrganization: string;
  readonly ground: string;
}

export const FIRST_VERSION = 1;

/** Writes an agreement with its items. False when the CTID is in use; nothing is written then. */
export async function insertAgreement(tx: Transaction, agreement: NewAgreement, published: { by: string; at: Date }): Promise<boolean> {
  const { ctid, kind, sendingOrganization, receivingOrganization, startDate, endDate, ground, from, grants } = agreement;
  const inserted = await tx.query(
    `with agreement as (
       insert into agreement (id, kind, sender_id, receiver_id, start_on, end_on, ground, published_by, published_at, version)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict do nothing
       returning id
     ), items as (
       insert into agreement_from (agreement_id, position, micro_credential_id, min_grade)
       select id, position, value ->> 'microCredential', (value ->> 'minGrade')::numeric
       from agreement cross join jsonb_array_elements($11::jsonb) with ordinality as item (value, position)
     ), grants as (
       insert into agreement_grant (agreement_id, position, course, subject, level, credits)
       select id, position, value ->> 'course', value ->> 'subject', (value ->> 'level')::int, (value ->> 'credits')::numeric
       from agreement cross join jsonb_array_elements($12::jsonb) with ordinality as item (value, position)
     )
     select id from agreement`,
    [
      ctid,
      kind,
      sendingOrganization,
      receivingOrganization,
      startDate,
      endDate ?? null,
      ground,
      published.by,
      published.at,
      FIRST_VERSION,
      JSON.stringify(from),
      JSON.stringify(grants),
    ],
  );
  if (inserted.length === 0) return false;
  await noteChanged(tx, 'AGREEMENT', [ctid]);
  return true;
}

export const isAgreement = async (tx: Transaction, ctid: string): Promise<boolean> =>
  (await tx.query('select from agreement where id = $1', [ctid])).length > 0;

/** The days of every agreement on this ground. */
export async function periodsOn(tx: Transaction, ground: string): Promise<Period[]> {
  const rows = await tx.query<{ startDate: string; endDate: string | null }>(
    `select start_on::text as "startDate", end_on::text as "endDate" from agreement where ground = $1`,
    [ground],
  );
  return rows.map(({ startDate, endDate }) => (endDate === null ? { startDate } : { startDate, endDate }));
}

/** All of an agreement `a`, as JSON. */
export const wholeAgreement = `jsonb_strip_nulls(jsonb_build_object(
  'ctid', a.id, 'kind', a.kind, 'sendingOrganization', a.sender_id,
  'receivingOrganization', a.receiver_id,
  'recordedOn', (a.published_at at time zone 'UTC')::date, 'startDate', a.start_on, 'endDate', a.end_on,
  'from', (
    select jsonb_agg(jsonb_build_object('microCredential', f.micro_credential_id, 'minGrade', f.min_grade) order by f.position)
    from agreement_from f where f.agreement_id = a.id
  ),
  'grants', (
    select jsonb_agg(jsonb_build_object('course', g.course, 'subject', g.subject, 'level', g.level, 'credits', g.credits) order by g.position)
    from agreement_grant g where g.agreement_id = a.id
  )
))`;
