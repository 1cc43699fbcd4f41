import { isWithin } from '../facts/day.ts';
import type { Facts, Placement, Situation, Verdict } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import { objectives, type Objective, type PlanTerms, type Totals } from '../facts/question.ts';
import { assignmentSearch, nameOf } from './assignment-search.ts';
import type { Instance } from './instance.ts';
import { readModel, type Model } from './model.ts';

/** A verdict with an assignment that gives it; none for INCOMPLETE. */
export interface BruteForceVerdict {
  readonly verdict: Verdict;
  readonly placements: readonly Placement[];
}

/** The best plan, its ids sorted, and an assignment that proves that it is one. */
export interface BruteForcePlan {
  readonly plan: readonly string[];
  readonly totals: Totals;
  readonly placements: readonly Placement[];
}

/** The verdict of a situation, by trying every assignment. */
export function bruteForceVerdict(facts: Facts, credentialId: string, situation: Situation): BruteForceVerdict {
  const planned = facts.microCredentials.filter(({ id }) => situation.planned?.includes(id));
  const search = assignmentSearch(readModel(facts, credentialId, situation, planned));
  const moves = search.movesWith(planned.map(() => true));
  const complete = search.find(moves, false);
  if (complete) return { verdict: 'COMPLETE', placements: complete };
  const exceptManual = search.find(moves, true);
  return exceptManual ? { verdict: 'COMPLETE_EXCEPT_MANUAL', placements: exceptManual } : { verdict: 'INCOMPLETE', placements: [] };
}

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

/** Which usable completion or candidate stands in for each group of a candidate's prerequisites: held, or these candidates. */
export function prerequisiteGroups(model: Model): readonly (readonly { readonly held: boolean; readonly candidates: readonly number[] }[])[] {
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

const noTotals: Totals = { COST: 0, HOURS: 0, COUNT: 0, TERMS: 0 };
const plus = (a: Totals, b: Totals): Totals => ({ COST: a.COST + b.COST, HOURS: a.HOURS + b.HOURS, COUNT: a.COUNT + b.COUNT, TERMS: a.TERMS + b.TERMS });

function compareTotals(a: Totals, b: Totals, order: readonly Objective[]): number {
  const different = order.find((each) => a[each] !== b[each]);
  return different ? a[different] - b[different] : 0;
}

function idsComeFirst(a: readonly string[], b: readonly string[]): boolean {
  const at = a.findIndex((id, index) => id !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

/** What asks whether sets of candidates are plans, each set of pieces once. */
function planTest(model: Model) {
  const search = assignmentSearch(model);
  const groups = prerequisiteGroups(model);
  const seen = new Map<string, Placement[] | undefined>();

  const assignmentOf = (planned: readonly boolean[]): Placement[] | undefined => {
    const lacks = groups.some((own, index) => planned[index] && own.some((group) => !group.held && !group.candidates.some((each) => planned[each])));
    if (lacks || !isHopeful(planned)) return undefined;
    const moves = search.movesWith(planned);
    const name = nameOf(moves);
    if (!seen.has(name)) seen.set(name, search.find(moves, true));
    return seen.get(name);
  };

  /** Whether there could be a plan within these candidates, were there no conflicts. */
  const isHopeful = (planned: readonly boolean[]): boolean => {
    const has = (candidate: number | undefined) => candidate !== undefined && planned[candidate] === true;
    const there = model.pieces.map(() => false);
    for (const { things, pieces } of model.offers) {
      const applies = things.every((thing) => thing.held || thing.candidates.some(has));
      for (const piece of pieces) there[piece.index] = applies;
    }
    for (const { piece, held, candidate } of model.directs) there[piece.index] = held || has(candidate);
    return search.isHopefulWith((piece) => there[piece.index]!, has);
  };

  return { assignmentOf, isHopeful };
}

/**
 * The best plan of an instance, by going through the sets of candidates. A branch is left only for what is always so: totals never shrink, and
 * what no conflict could hinder must suffice when all is taken that is still open. @returns undefined when there is no plan.
 */
export function bruteForcePlan(instance: Instance): BruteForcePlan | undefined {
  const { facts, credential, situation, terms } = instance;
  const model = readModel(facts, credential, situation, candidatesOf(facts, situation, terms));
  const { candidates } = model;
  const order = fullOrder(terms);
  const forced = new Set(terms.forced);
  if (![...forced].every((id) => candidates.some((candidate) => candidate.id === id))) return undefined;
  const { assignmentOf, isHopeful } = planTest(model);
  let best: BruteForcePlan | undefined;

  const visit = (next: number, planned: readonly boolean[], totals: Totals): void => {
    if (objectives.some((each) => totals[each] > (terms.budgets?.[each] ?? Infinity))) return;
    const against = best ? compareTotals(totals, best.totals, order) : -1;
    if (against > 0) return;
    const plan = candidates.flatMap(({ id }, index) => (planned[index] ? [id] : [])).sort();
    if ([...forced].every((id) => plan.includes(id)) && (against < 0 || idsComeFirst(plan, best!.plan))) {
      const placements = assignmentOf(planned);
      if (placements) best = { plan, totals, placements };
      if (placements) return;
    }
    if (against === 0) return;
    for (let index = next; index < candidates.length; index++) {
      if (!isHopeful(planned.map((isPlanned, at) => isPlanned || at >= index))) return;
      visit(index + 1, planned.with(index, true), plus(totals, shareOf(candidates[index]!)));
      if (forced.has(candidates[index]!.id)) return;
    }
  };

  visit(
    0,
    candidates.map(() => false),
    noTotals,
  );
  return best;
}
