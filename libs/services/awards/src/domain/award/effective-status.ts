import { dayInBritishColumbia } from '@mcr/event-kit';
import type { Award } from './award.ts';

/** What holds of an award on a day. A stronger status hides a weaker one: REVOKED, SCHEDULED, EXPIRED, ACTIVE. */
export type EffectiveStatus = 'ACTIVE' | 'SCHEDULED' | 'EXPIRED' | 'REVOKED';

/** What a status follows from. */
export interface AwardDates {
  /** The day in British Columbia from which the award counts where `validFrom` says nothing. */
  readonly awardedDate?: string;
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
  if (hasNotBegun(award, asOf)) return 'SCHEDULED';
  if (award.validUntil && award.validUntil <= asOf) return 'EXPIRED';
  return 'ACTIVE';
}

const hasNotBegun = ({ validFrom, awardedDate }: AwardDates, asOf: Date): boolean =>
  validFrom ? validFrom > asOf : awardedDate !== undefined && awardedDate > dayInBritishColumbia(asOf);

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

/** What the status of an award follows from, as it is kept. */
export const datesOf = (award: Award): AwardDates => ({
  awardedDate: award.awardedDate,
  validFrom: instant(award.validFrom),
  validUntil: instant(award.validUntil),
  revokedAt: award.status === 'REVOKED' ? award.revokedAt : undefined,
});
