import { type Source, type WhyNotReason, textOfDay } from '@mcr/pathway-engine';
import { fromHundredths } from '../../facts/public-units.ts';

const list = (ids: readonly string[]): string => ids.join(', ');
const isPlaced = (by: Source): string => ('agreement' in by ? `credit of the agreement ${by.agreement}` : by.microCredential);

/** By what an agreement goes before another. */
const keyInWords = {
  PRIORITY: 'its priority is higher',
  MORE_ITEMS: 'it begins from more micro-credentials',
  KIND: 'its kind goes first',
  RECORDED_LATER: 'it was recorded later',
  ID: 'its id comes first',
} as const;

/** A reason as a sentence, in public units. */
export function reasonInWords(reason: WhyNotReason): string {
  switch (reason.code) {
    case 'NO_AGREEMENT':
      return 'No agreement of the receiver covers it.';
    case 'AGREEMENT_NO_CREDIT':
      return 'The agreement says that it gives no credit.';
    case 'NOT_YET_EFFECTIVE':
      return `${reason.microCredential} counts from ${textOfDay(reason.from)} on, not before.`;
    case 'EXPIRED_AGREEMENT':
      return `The agreement covered what was completed until ${textOfDay(reason.until - 1)}.`;
    case 'COMPLETED_OUTSIDE_WINDOW':
      return `${reason.microCredential} was completed after the agreement ended; it covers ${textOfDay(reason.from)} to ${textOfDay(reason.until - 1)}.`;
    case 'GRADE_BELOW_MIN':
      return reason.have === undefined
        ? `A grade of at least ${fromHundredths(reason.need)} is needed in ${reason.microCredential}; none was given.`
        : `The grade in ${reason.microCredential} is ${fromHundredths(reason.have)}; at least ${fromHundredths(reason.need)} is needed.`;
    case 'GRADE_ABOVE_MAX':
      return reason.have === undefined
        ? `A grade of at most ${fromHundredths(reason.most)} is needed in ${reason.microCredential}; none was given.`
        : `The grade in ${reason.microCredential} is ${fromHundredths(reason.have)}; this is for at most ${fromHundredths(reason.most)}.`;
    case 'STALE_DATED':
      return `${reason.microCredential} was completed more than ${reason.months} months ago.`;
    case 'CREDENTIAL_EXPIRED':
      return `${reason.microCredential} expired on ${textOfDay(reason.on)}.`;
    case 'REVOKED':
      return `${reason.microCredential} was revoked.`;
    case 'SUSPENDED':
      return `${reason.microCredential} is suspended.`;
    case 'CLUSTER_INCOMPLETE':
      return `All items are needed together; missing: ${list(reason.missing)}.`;
    case 'CONDITION_UNMET':
      return `Not declared: ${reason.condition.text}.`;
    case 'PROGRAM_SCOPE':
      return `The agreement counts for certain pathways only: ${list(reason.programs)}.`;
    case 'INDIVIDUAL_ASSESSMENT':
      return 'The receiver looks at each case by itself.';
    case 'SUPERSEDED_BY':
      return `The agreement ${reason.agreement} for the same learning was recorded later.`;
    case 'LOST_CONFLICT_TO':
      return `The agreement ${reason.agreement} for the same learning goes first: ${keyInWords[reason.key]}.`;
    case 'ALREADY_COUNTED':
      return `The same learning is counted at ${reason.place} already, by ${isPlaced(reason.by)}.`;
    case 'SHARE_LIMIT':
      return `It is used at ${list(reason.places)}; the pathway lets a piece of credit be used at most ${reason.maxUses} times, and not everywhere together.`;
    case 'CAP_REACHED':
      return `No more of ${reason.bucket} counts: its limit is reached.`;
    case 'PLAR_CAP':
      return `No more assessed learning of ${reason.bucket} counts: its limit is reached.`;
    case 'RESIDENCY_SHORT':
      return `${reason.limit} asks for ${fromHundredths(reason.need)} credits of the institution itself, of which this is none; there are ${fromHundredths(reason.have)}.`;
    case 'LEVEL_SHORT':
      return `${reason.limit} asks for ${fromHundredths(reason.need)} credits of a higher level than this has; there are ${fromHundredths(reason.have)}.`;
    case 'UNASSIGNED_ONLY':
      return `The agreement gives credit without a course; asked for is ${list(reason.courses)}.`;
    case 'SLOT_ALREADY_FULL':
      return `${reason.place} is filled already, by ${isPlaced(reason.by)}.`;
    case 'NOT_IN_TREE':
      return 'What it gives fits no requirement that was asked about.';
    case 'MANUAL_REVIEW':
      return `A person has to look at ${reason.requirement}.`;
    case 'NON_CREDIT':
      return `${reason.microCredential} carries no credit.`;
  }
}
