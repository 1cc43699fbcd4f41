import type { Database, Transaction } from '@mcr/database';
import type { Audience, Consent } from '../domain/consent/consent.ts';

interface ConsentRow {
  readonly consent_id: string;
  readonly learner_ref: string;
  readonly awards: readonly string[] | null;
  readonly advisor_subject: string | null;
  readonly institution_ctid: string | null;
  readonly purpose: Consent['purpose'];
  readonly granted_at: Date;
  readonly expires_at: Date;
  readonly withdrawn_at: Date | null;
}

const columns = 'consent_id, learner_ref, awards, advisor_subject, institution_ctid, purpose, granted_at, expires_at, withdrawn_at';

const URN = 'urn:uuid:';

const audienceOf = ({ advisor_subject, institution_ctid }: ConsentRow): Audience =>
  advisor_subject === null ? { kind: 'ADVISORS_OF_INSTITUTION', institutionCtid: institution_ctid! } : { kind: 'ADVISOR', advisor: advisor_subject };

function consentOf(row: ConsentRow): Consent {
  const terms = {
    consentId: row.consent_id,
    learnerRef: row.learner_ref,
    awards: row.awards?.map((id) => URN + id),
    audience: audienceOf(row),
    purpose: row.purpose,
    grantedAt: row.granted_at,
    expiresAt: row.expires_at,
  };
  return row.withdrawn_at === null ? { ...terms, status: 'GRANTED' } : { ...terms, status: 'WITHDRAWN', withdrawnAt: row.withdrawn_at };
}

export async function insertConsent(tx: Transaction, consent: Consent): Promise<void> {
  const { audience } = consent;
  await tx.query(
    `insert into consent (consent_id, learner_ref, awards, advisor_subject, institution_ctid, purpose, granted_at, expires_at)
     values ($1, $2, $3::uuid[], $4, $5, $6, $7, $8)`,
    [
      consent.consentId,
      consent.learnerRef,
      consent.awards?.map((award) => award.slice(URN.length)) ?? null,
      audience.kind === 'ADVISOR' ? audience.advisor : null,
      audience.kind === 'ADVISOR' ? null : audience.institutionCtid,
      consent.purpose,
      consent.grantedAt,
      consent.expiresAt,
    ],
  );
}

/** The consent, with its row locked until the transaction ends: shared by those who use it, alone for who ends it. */
export async function lockConsent(tx: Transaction, consentId: string, lock: 'share' | 'update'): Promise<Consent | undefined> {
  const [row] = await tx.query<ConsentRow>(`select ${columns} from consent where consent_id = $1 for ${lock}`, [consentId]);
  return row && consentOf(row);
}

export async function saveWithdrawal(tx: Transaction, consentId: string, at: Date): Promise<void> {
  await tx.query('update consent set withdrawn_at = $2 where consent_id = $1', [consentId, at]);
}

/** How many consents of the learner hold. */
export async function countHolding(tx: Transaction, learnerRef: string, now: Date): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from consent where learner_ref = $1 and withdrawn_at is null and expires_at > $2',
    [learnerRef, now],
  );
  return row!.count;
}

export interface Use {
  readonly consentId: string;
  readonly usedAt: Date;
  readonly usedBy: string;
  readonly question: string;
}

export async function insertUse(tx: Transaction, { consentId, usedAt, usedBy, question }: Use): Promise<void> {
  await tx.query('insert into consent_use (consent_id, used_at, used_by, question) values ($1, $2, $3, $4)', [consentId, usedAt, usedBy, question]);
}

export interface UsedConsent {
  readonly consent: Consent;
  readonly useCount: number;
  readonly uses: readonly { readonly usedAt: string; readonly usedBy: string; readonly question: string }[];
}

const MOST_SHOWN = 200;
const LATEST_USES = 100;

/** The learner's consents, those that hold first, then the latest, each with its latest uses. */
export async function consentsOf(database: Database, learnerRef: string, now: Date): Promise<UsedConsent[]> {
  const rows = await database.query<ConsentRow & Omit<UsedConsent, 'consent'>>(
    `select ${columns}, latest.uses, (select count(*)::int from consent_use u where u.consent_id = c.consent_id) as "useCount"
     from (select * from consent where learner_ref = $1 order by (withdrawn_at is null and expires_at > $2) desc, granted_at desc, consent_id limit ${MOST_SHOWN}) c
     cross join lateral (
       select coalesce(json_agg(json_build_object('usedAt', used_at, 'usedBy', used_by, 'question', question) order by used_at desc), '[]') as uses
       from (select * from consent_use u where u.consent_id = c.consent_id order by used_at desc limit ${LATEST_USES}) u) latest
     order by (withdrawn_at is null and expires_at > $2) desc, granted_at desc, consent_id`,
    [learnerRef, now],
  );
  return rows.map(({ uses, useCount, ...row }) => ({
    consent: consentOf(row),
    useCount,
    uses: uses.map((use) => ({ ...use, usedAt: new Date(use.usedAt).toISOString() })),
  }));
}
