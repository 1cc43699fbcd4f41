import { isWithin } from '../../facts/day.ts';
import type { Facts, Situation } from '../../facts/facts.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import { objectives, type Objective, type PlanTerms, type Totals } from '../../facts/question.ts';
import type { Model } from './model.ts';

/** What may be planned under these terms: offered on the day, allowed by the filters, not forbidden. */
export function candidatesOf(facts: Facts, { asOf }: Situation, terms: PlanTerms): readonly MicroCredential[] {
  const { issuers, deliveries, regions, forbidden } = terms;
  return facts.microCredentials.filter(
    ({ id, issuer, delivery, region, offeredFrom, offeredUntil }) =>
      isWithin(asOf, offeredFrom, offeredUntil) &&
      (!issuers || issuers.includes(issuer)) &&
      (!deliveries || (delivery !== undefined && deliveries.includes(delivery))) &&
      (!regions || (region !== undefined && regions.includes(region))) &&
      !forbidden?.includes(id),
  );
}

/** The order of objectives that is asked for, with those that were not named after them. */
export const fullOrder = ({ objectives: named = [] }: PlanTerms): readonly Objective[] => [...new Set([...named, ...objectives])];

/** What one micro-credential adds to each total. */
export const shareOf = ({ cost, minutes, terms }: MicroCredential): Totals => ({ COST: cost, HOURS: minutes, COUNT: 1, TERMS: terms });

/** The totals of nothing. */
export const noTotals: Totals = { COST: 0, HOURS: 0, COUNT: 0, TERMS: 0 };

/** The sum of two totals. */
export const plus = (a: Totals, b: Totals): Totals => ({
  COST: a.COST + b.COST,
  HOURS: a.HOURS + b.HOURS,
  COUNT: a.COUNT + b.COUNT,
  TERMS: a.TERMS + b.TERMS,
});

/** Less than 0 when `a` is better than `b`, 0 when they are the same. */
export function compareTotals(a: Totals, b: Totals, order: readonly Objective[]): number {
  const different = order.find((each) => a[each] !== b[each]);
  return different ? a[different] - b[different] : 0;
}

/** Whether no total is over its budget. */
export const isWithinBudgets = (totals: Totals, { budgets = {} }: PlanTerms): boolean =>
  objectives.every((each) => totals[each] <= (budgets[each] ?? Infinity));

/** One group of prerequisites: whether something that is held stands in for it, and which candidates do. */
export interface PrerequisiteGroup {
  readonly held: boolean;
  readonly candidates: readonly number[];
}

/** The groups of prerequisites of each candidate. */
export function prerequisiteGroups(model: Model): readonly (readonly PrerequisiteGroup[])[] {
  const { candidates, situation, unitOf } = model;
  const isUsable = ({ status = 'ACTIVE', completedOn }: Situation['held'][number]) => status === 'ACTIVE' && completedOn <= situation.asOf;
  const units = new Set(situation.held.filter(isUsable).map(({ microCredential }) => unitOf(microCredential)));
  return candidates.map(({ prerequisites = [] }) =>
    prerequisites.map((group) => ({
      held: group.some((id) => units.has(unitOf(id))),
      candidates: candidates.flatMap((candidate, index) => (group.some((id) => unitOf(id) === unitOf(candidate.id)) ? [index] : [])),
    })),
  );
}
