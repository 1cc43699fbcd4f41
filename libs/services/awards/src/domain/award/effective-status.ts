/** What holds of an award on a day. A stronger status hides a weaker one: REVOKED, SCHEDULED, EXPIRED, ACTIVE. */
export type EffectiveStatus = 'ACTIVE' | 'SCHEDULED' | 'EXPIRED' | 'REVOKED';

/** The instants that a status follows from. */
export interface AwardDates {
  readonly validFrom?: Date;
  readonly validUntil?: Date;
  readonly revokedAt?: Date;
}

/**
 * The status at `asOf`, from the dates alone: no job has to run at midnight for an answer to be right.
 * An award counts from `validFrom` on and no longer at `validUntil`; a revocation never ends.
 */
export function effectiveStatus(award: AwardDates, asOf: Date): EffectiveStatus {
  if (award.revokedAt && award.revokedAt <= asOf) return 'REVOKED';
  if (award.validFrom && award.validFrom > asOf) return 'SCHEDULED';
  if (award.validUntil && award.validUntil <= asOf) return 'EXPIRED';
  return 'ACTIVE';
}
