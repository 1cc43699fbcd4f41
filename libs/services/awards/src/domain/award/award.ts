import type { AwardSnapshot, RevokeAward, SubmitAward } from '@mcr/contracts';

/** What was earned, as the record of it said. The learner is a reference only. */
export interface AwardFacts {
  readonly awardId: string;
  readonly institutionCtid: string;
  readonly microCredentialCtid: string;
  /** Pinned when the record was accepted: a later version changes nothing here. */
  readonly microCredentialVersion: number;
  readonly awardedDate: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  readonly activityStartDate?: string;
  readonly activityEndDate?: string;
  readonly method: SubmitAward['method'];
  readonly creditsEarned?: number;
  readonly hoursCompleted?: number;
  readonly competenciesDemonstrated?: readonly string[];
}

export type ReasonCode = RevokeAward['reasonCode'];

/** A revoked award stays revoked: no transition leads out of it. */
export type AwardState = { readonly status: 'ACTIVE' } | { readonly status: 'REVOKED'; readonly reasonCode: ReasonCode; readonly revokedAt: Date };

/** An award before its learner is known. */
export type Award = AwardFacts & AwardState;

/** An award as its row keeps it. */
export type HeldAward = Award & { readonly learnerRef: string };

/** The public state as an event carries it, at that revision of its sourceAwardId. */
export function snapshotOf(award: HeldAward, sourceAwardId: string, revision: number): AwardSnapshot {
  return {
    awardId: award.awardId,
    sourceAwardId,
    revision,
    institutionCtid: award.institutionCtid,
    microCredentialCtid: award.microCredentialCtid,
    microCredentialVersion: award.microCredentialVersion,
    learnerRef: award.learnerRef,
    awardedDate: award.awardedDate,
    validFrom: award.validFrom,
    validUntil: award.validUntil,
    method: award.method,
    creditsEarned: award.creditsEarned,
    hoursCompleted: award.hoursCompleted,
    status: award.status,
    ...(award.status === 'REVOKED' ? { previousStatus: 'ACTIVE' as const, reasonCode: award.reasonCode } : {}),
  };
}
