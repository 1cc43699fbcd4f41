import type { AwardFacts, HeldAward, ReasonCode } from '../domain/award/award.ts';

/** The columns of an award as `to_json` gives them. */
export interface AwardColumns {
  readonly award_id: string;
  readonly version: number;
  readonly institution_ctid: string;
  readonly micro_credential_ctid: string;
  readonly micro_credential_version: number;
  readonly learner_ref: string;
  readonly awarded_date: string;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
  readonly activity_start_date: string | null;
  readonly activity_end_date: string | null;
  readonly method: AwardFacts['method'];
  readonly credits_earned: number | null;
  readonly hours_completed: number | null;
  readonly competencies_demonstrated: string[] | null;
  readonly status: HeldAward['status'];
  readonly reason_code: ReasonCode | null;
  readonly revoked_at: string | null;
}

const instant = (text: string | null): string | undefined => (text === null ? undefined : new Date(text).toISOString());

/** An award from its row. */
export function awardOf(row: AwardColumns): HeldAward {
  const facts = {
    awardId: `urn:uuid:${row.award_id}`,
    institutionCtid: row.institution_ctid,
    microCredentialCtid: row.micro_credential_ctid,
    microCredentialVersion: row.micro_credential_version,
    learnerRef: row.learner_ref,
    awardedDate: row.awarded_date,
    validFrom: instant(row.valid_from),
    validUntil: instant(row.valid_until),
    activityStartDate: row.activity_start_date ?? undefined,
    activityEndDate: row.activity_end_date ?? undefined,
    method: row.method,
    creditsEarned: row.credits_earned ?? undefined,
    hoursCompleted: row.hours_completed ?? undefined,
    competenciesDemonstrated: row.competencies_demonstrated ?? undefined,
  };
  if (row.status === 'ACTIVE') return { ...facts, status: 'ACTIVE' };
  return { ...facts, status: 'REVOKED', reasonCode: row.reason_code!, revokedAt: new Date(row.revoked_at!) };
}
