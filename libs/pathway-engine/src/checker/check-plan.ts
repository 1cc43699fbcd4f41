import { isWithin } from '../facts/day.ts';
import type { Facts, Placement, Situation } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import { objectives, type PlanTerms, type Totals } from '../facts/question.ts';
import { checkAssignment, type CheckedAssignment, type CheckFault } from './check-assignment.ts';
import { proofsOf, unitsOf } from './evidence.ts';

/** What a plan's assignment gives, with the totals that the plan really has. A plan holds when its verdict is not INCOMPLETE. */
export interface CheckedPlan extends CheckedAssignment {
  readonly totals: Totals;
}

const sumOf = (plan: readonly MicroCredential[], valueOf: (each: MicroCredential) => number): number => plan.reduce((sum, each) => sum + valueOf(each), 0);

const isIn = (value: string | undefined, allowed: readonly string[] | undefined): boolean => !allowed || (value !== undefined && allowed.includes(value));

function faultsOfMembers(plan: readonly MicroCredential[], { asOf }: Situation, terms: PlanTerms): CheckFault[] {
  return plan.flatMap(({ id, offeredFrom, offeredUntil, issuer, delivery, region }): CheckFault[] => [
    ...(isWithin(asOf, offeredFrom, offeredUntil) ? [] : [{ code: 'NOT_OFFERED' as const, about: id }]),
    ...(terms.forbidden?.includes(id) ? [{ code: 'FORBIDDEN' as const, about: id }] : []),
    ...(isIn(issuer, terms.issuers) && isIn(delivery, terms.deliveries) && isIn(region, terms.regions) ? [] : [{ code: 'FILTERED_OUT' as const, about: id }]),
  ]);
}

function missingPrerequisites(plan: readonly MicroCredential[], facts: Facts, situation: Situation): CheckFault[] {
  const unitOf = unitsOf(facts);
  const there = new Set(proofsOf(situation, unitOf).map((proof) => proof.unit));
  const lacks = ({ prerequisites = [] }: MicroCredential) => prerequisites.some((group) => !group.some((id) => there.has(unitOf(id))));
  return plan.filter(lacks).map(({ id }) => ({ code: 'PREREQUISITE_MISSING', about: id }));
}

/** Checks a plan, which is what the situation has planned: that it may be taken under these terms, its totals, and that its assignment holds. */
export function checkPlan(
  facts: Facts,
  credentialId: string,
  situation: Situation,
  terms: PlanTerms,
  placements: readonly Placement[],
  claimedTotals: Totals,
): CheckedPlan {
  const { planned = [] } = situation;
  const ids = [...new Set(planned)];
  const plan = ids.flatMap((id) => facts.microCredentials.find((known) => known.id === id) ?? []);
  const totals: Totals = {
    COST: sumOf(plan, ({ cost }) => cost),
    HOURS: sumOf(plan, ({ minutes }) => minutes),
    COUNT: plan.length,
    TERMS: sumOf(plan, (each) => each.terms),
  };
  const unknown = ids.filter((id) => !plan.some((known) => known.id === id));
  const missing = (terms.forced ?? []).filter((id) => !ids.includes(id));
  const checked = checkAssignment(facts, credentialId, situation, placements);
  const faults: CheckFault[] = [
    ...checked.faults,
    ...unknown.map((about) => ({ code: 'UNKNOWN_MICRO_CREDENTIAL' as const, about })),
    ...planned.filter((id, at) => planned.indexOf(id) !== at).map((about) => ({ code: 'PLANNED_TWICE' as const, about })),
    ...missing.map((about) => ({ code: 'FORCED_MISSING' as const, about })),
    ...faultsOfMembers(plan, situation, terms),
    ...missingPrerequisites(plan, facts, situation),
    ...objectives.filter((each) => totals[each] > (terms.budgets?.[each] ?? Infinity)).map((about) => ({ code: 'OVER_BUDGET' as const, about })),
    ...objectives.filter((each) => totals[each] !== claimedTotals[each]).map((about) => ({ code: 'WRONG_TOTAL' as const, about })),
  ];
  return { ...checked, faults, totals, verdict: faults.length > 0 ? 'INCOMPLETE' : checked.verdict };
}
