import type { PublishedMicroCredential } from '@mcr/contracts';
import { type MicroCredential, dayOf } from '@mcr/pathway-engine';
import { folded, hundredths } from './public-units.ts';

const LEVEL_OF = { Preparatory: undefined, LowerDivision: 100, UpperDivision: 300, Graduate: 500 } as const;
/** As B.C. institutions convert: three quarter hours are two semester hours. */
const OF_A_SEMESTER_HOUR = { SemesterHours: 1, QuarterHours: 2 / 3 } as const;
const CODED = /^([A-Z]{2,8})[ -]?([1-9])\d{2,3}[A-Z]?\b/;

/**
 * What the engine is told of a published version. The issuer is the owner. Subject and level are read from a coded notation such as "DVE 100",
 * the level otherwise from the credit's; the area is the two-digit series of CIP. What the event does not say is stood for: no cost is 0, and
 * every one takes one term.
 */
export function microCredentialFact(published: PublishedMicroCredential): MicroCredential {
  const { ctid, ownedBy, isNonCredit, creditValue, totalHours, estimatedCost, codedNotation, deliveryType, instructionalProgramType } = published;
  const [, subject, digit] = CODED.exec(folded(codedNotation ?? '')) ?? [];
  const level = digit === undefined ? creditValue?.creditLevelType && LEVEL_OF[creditValue.creditLevelType] : Number(digit) * 100;
  const credits = isNonCredit || !creditValue ? 0 : hundredths(creditValue.value * OF_A_SEMESTER_HOUR[creditValue.creditUnitType]);
  return {
    id: ctid,
    issuer: ownedBy,
    credits,
    minutes: Math.round(totalHours * 60),
    cost: estimatedCost.reduce((sum, { price }) => sum + hundredths(price), 0),
    terms: 1,
    ...(subject !== undefined && { subject }),
    ...(level !== undefined && { level }),
    ...(instructionalProgramType !== undefined && { areas: [instructionalProgramType.slice(0, 2)] }),
    ...(deliveryType !== undefined && { delivery: deliveryType }),
    offeredFrom: dayOf(published.dateEffective),
    offeredUntil: published.expirationDate === undefined ? null : dayOf(published.expirationDate) + 1,
  };
}
