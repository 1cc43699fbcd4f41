import { isWithin } from '../../facts/day.ts';
import type { Day } from '../../facts/day.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import type { PlanTerms } from '../../facts/question.ts';

/** Whether the terms of a question let a micro-credential into a plan. */
export function isAllowed(one: MicroCredential, { forbidden, issuers, deliveries, regions }: PlanTerms, asOf: Day): boolean {
  return (
    isWithin(asOf, one.offeredFrom, one.offeredUntil) &&
    !forbidden?.includes(one.id) &&
    isAmong(issuers, one.issuer) &&
    isAmong(deliveries, one.delivery) &&
    isAmong(regions, one.region)
  );
}

const isAmong = (asked: readonly string[] | undefined, value: string | undefined): boolean => !asked || (value !== undefined && asked.includes(value));

/** Whether the terms of a question keep anything out that is offered. */
export const isFiltered = ({ forbidden, issuers, deliveries, regions }: PlanTerms): boolean =>
  (forbidden?.length ?? 0) > 0 || issuers !== undefined || deliveries !== undefined || regions !== undefined;
