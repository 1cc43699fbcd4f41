import type { WhyNotReason as PublicReason } from '@mcr/contracts';
import { type WhyNotReason, textOfDay } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { fromHundredths } from '../../facts/public-units.ts';
import { reasonInWords } from './reason-in-words.ts';

type Members = Omit<z.infer<typeof PublicReason>, 'code' | 'message' | 'fix'>;
type AmountAt = (id: string, amount: number) => number;

function membersOf(reason: WhyNotReason, amountAt: AmountAt): Members {
  switch (reason.code) {
    case 'NO_AGREEMENT':
      return { receiver: reason.receiver };
    case 'NOT_YET_EFFECTIVE':
      return { microCredentials: [reason.microCredential], startDate: textOfDay(reason.from) };
    case 'EXPIRED_AGREEMENT':
      return { endDate: textOfDay(reason.until - 1) };
    case 'COMPLETED_OUTSIDE_WINDOW':
      return { microCredentials: [reason.microCredential], startDate: textOfDay(reason.from), endDate: textOfDay(reason.until - 1) };
    case 'GRADE_BELOW_MIN':
      return { microCredentials: [reason.microCredential], ...had(reason), need: fromHundredths(reason.need) };
    case 'GRADE_ABOVE_MAX':
      return { microCredentials: [reason.microCredential], ...had(reason), most: fromHundredths(reason.most) };
    case 'STALE_DATED':
      return { microCredentials: [reason.microCredential], months: reason.months };
    case 'CREDENTIAL_EXPIRED':
      return { microCredentials: [reason.microCredential], endDate: textOfDay(reason.on - 1) };
    case 'REVOKED':
    case 'SUSPENDED':
    case 'NON_CREDIT':
      return { microCredentials: [reason.microCredential] };
    case 'CLUSTER_INCOMPLETE':
      return { microCredentials: [...reason.missing] };
    case 'CONDITION_UNMET':
      return { declares: reason.condition.declares };
    case 'PROGRAM_SCOPE':
      return { pathways: [...reason.programs] };
    case 'SUPERSEDED_BY':
      return { agreement: reason.agreement, key: 'RECORDED_LATER' };
    case 'LOST_CONFLICT_TO':
      return { agreement: reason.agreement, key: reason.key };
    case 'ALREADY_COUNTED':
    case 'SLOT_ALREADY_FULL':
      return {
        requirements: [reason.place],
        ...('agreement' in reason.by ? { agreement: reason.by.agreement } : { microCredentials: [reason.by.microCredential] }),
      };
    case 'SHARE_LIMIT':
      return { requirements: [...reason.places], most: reason.maxUses };
    case 'CAP_REACHED':
    case 'PLAR_CAP':
      return { bucket: reason.bucket, have: amountAt(reason.bucket, reason.have), most: amountAt(reason.bucket, reason.most) };
    case 'RESIDENCY_SHORT':
    case 'LEVEL_SHORT':
      return { requirements: [reason.limit], have: fromHundredths(reason.have), need: fromHundredths(reason.need) };
    case 'UNASSIGNED_ONLY':
      return { courses: [...reason.courses] };
    case 'NOT_IN_TREE':
      return { pathways: [reason.credential] };
    case 'MANUAL_REVIEW':
      return { requirements: [reason.requirement] };
    case 'AGREEMENT_NO_CREDIT':
    case 'INDIVIDUAL_ASSESSMENT':
      return {};
  }
}

const had = ({ have }: { readonly have?: number }): { have?: number } => (have === undefined ? {} : { have: fromHundredths(have) });

/** A reason as callers know it. `amountAt` gives what is counted at a limit or an AT_MOST in the public unit. */
export const publicReason = (reason: WhyNotReason, amountAt: AmountAt): Omit<z.infer<typeof PublicReason>, 'fix'> => ({
  code: reason.code,
  message: reasonInWords(reason),
  ...membersOf(reason, amountAt),
});
