import type { AwardInQuestion as PublicAward } from '@mcr/contracts';
import { dayInBritishColumbia } from '@mcr/event-kit';
import { dayOf, textOfDay } from '@mcr/pathway-engine';
import type { z } from 'zod';

/** An award as pathways keeps it for its learner. */
export interface HeldAward {
  /** `urn:uuid:…` */
  readonly award: string;
  readonly microCredential: string;
  readonly awardedOn: string;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly revokedAt: Date | null;
  /** Its micro-credential has been heard of here; before that no question can be answered about it. */
  readonly isKnown: boolean;
}

/** An award that a question was about, with what it was on its day. */
export type AwardInQuestion = z.infer<typeof PublicAward>;
type Status = AwardInQuestion['status'];

/** What is held, as the engine is told it: a revoked award too, so that the answer can say why it counts for nothing. */
export interface HeldCompletion {
  readonly microCredential: string;
  readonly completedOn: string;
  readonly grade?: number;
  readonly expiresOn?: string;
  readonly award?: string;
  readonly status?: 'ACTIVE' | 'SUSPENDED' | 'REVOKED';
}

const isBy = (instant: Date | null, day: string): boolean => instant !== null && dayInBritishColumbia(instant) <= day;

/**
 * What the award is when a day in British Columbia ends. As for awards themselves a revocation hides everything else, and what begins later
 * hides that it has ended. Without a first instant it counts from the day on which it was awarded.
 */
export function statusOn({ awardedOn, validFrom, validUntil, revokedAt }: HeldAward, day: string): Status {
  if (isBy(revokedAt, day)) return 'REVOKED';
  if (validFrom ? !isBy(validFrom, day) : awardedOn > day) return 'SCHEDULED';
  return isBy(validUntil, day) ? 'EXPIRED' : 'ACTIVE';
}

/**
 * The first day on which it is expired: that of its last instant, and never the day itself on which it was awarded. An award may be valid on that
 * day only, or from an earlier day until one; what was earned counts all the same.
 */
function expiresOn({ awardedOn, validUntil }: HeldAward): string | undefined {
  if (!validUntil) return undefined;
  const last = dayInBritishColumbia(validUntil);
  return last > awardedOn ? last : textOfDay(dayOf(awardedOn) + 1);
}

/** What of the awards is held on a day: everything that was ever earned by then, with the day on which it expires. */
export function completionsOn(awards: readonly HeldAward[], day: string): HeldCompletion[] {
  return awards.flatMap((held): HeldCompletion[] => {
    const status = statusOn(held, day);
    if (!held.isKnown || status === 'SCHEDULED') return [];
    const { award, microCredential, awardedOn } = held;
    const expired = expiresOn(held);
    return [
      {
        award,
        microCredential,
        completedOn: awardedOn,
        ...(expired !== undefined && { expiresOn: expired }),
        status: status === 'REVOKED' ? 'REVOKED' : 'ACTIVE',
      },
    ];
  });
}

/** The awards that a question was about, with what each was on its day. */
export const awardsInQuestion = (awards: readonly HeldAward[], day: string): AwardInQuestion[] =>
  awards.map((held) => ({ award: held.award, microCredential: held.microCredential, completedOn: held.awardedOn, status: statusOn(held, day) }));
