import type { Credential } from '../facts/credential.ts';
import type { Facts, Situation, Verdict } from '../facts/facts.ts';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { PlanTerms, Totals } from '../facts/question.ts';
import { assignmentSearch } from './assignment-search.ts';
import { readModel, type Piece } from './model.ts';
import { piecesWith } from './pieces-there.ts';
import { candidatesOf, compareTotals, fullOrder, isWithinBudgets, noTotals, plus, shareOf } from './plan-terms.ts';

/** A question for one plan for several credentials, by their ids. */
export interface InstanceOfSeveral {
  readonly facts: Facts;
  readonly credentials: readonly string[];
  readonly situation: Situation;
  readonly terms: PlanTerms;
}

/** The best plan for several, its ids sorted. */
export interface BruteForceTogether {
  readonly plan: string[];
  readonly totals: Totals;
  readonly verdict: Verdict;
}

const creditOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { credits }) => sum + credits, 0);

/** Whether what has a place for each credential keeps the share caps of all of them. */
function keepsCaps(credentials: readonly Credential[], placings: readonly (readonly Piece[])[]): boolean {
  return credentials.every(({ sharing }, own) =>
    (sharing?.across ?? []).every((cap) =>
      credentials.every((other, beside) => {
        const named = new Set(sharing?.across?.map((one) => one.with));
        if (beside === own || (cap.with === undefined ? named.has(other.id) : cap.with !== other.id)) return true;
        const unitsThere = new Set(placings[beside]!.flatMap(({ units }) => units));
        const shared = creditOf(placings[own]!.filter(({ units }) => units.some((unit) => unitsThere.has(unit))));
        return 'max' in cap ? shared <= cap.max : shared * 10_000 <= cap.share * creditOf(placings[own]!);
      }),
    ),
  );
}

/** Whether one of each list can be chosen so that the choice is good. */
function canChoose<T>(lists: readonly (readonly T[])[], isGood: (choice: readonly T[]) => boolean, choice: readonly T[] = []): boolean {
  const [next] = lists.slice(choice.length);
  return next ? next.some((one) => canChoose(lists, isGood, [...choice, one])) : isGood(choice);
}

/** The verdict for several credentials at once while these are planned, by trying every assignment of each with every one of the others. */
export function verdictTogether({ facts, credentials: ids, situation }: InstanceOfSeveral, planned: readonly MicroCredential[]): Verdict {
  const credentials = ids.map((id) => facts.credentials.find((each) => each.id === id)!);
  const models = ids.map((id) => {
    const model = readModel(facts, id, situation, planned);
    const everyone = planned.map(() => true);
    const search = assignmentSearch(model);
    return { search, pairs: search.pairsWith(piecesWith(model, everyone), everyone) };
  });
  const isCapped = credentials.some(({ sharing }) => sharing?.across?.length);
  const isMet = (manual: boolean): boolean => {
    if (!models.every(({ search, pairs }) => search.find(pairs, manual))) return false;
    if (!isCapped) return true;
    const placings = models.map(({ search, pairs }) => search.everyPlacing(pairs, manual));
    return canChoose(placings, (choice) => keepsCaps(credentials, choice));
  };
  return isMet(false) ? 'COMPLETE' : isMet(true) ? 'COMPLETE_EXCEPT_MANUAL' : 'INCOMPLETE';
}

function hasPrerequisites(set: readonly MicroCredential[], { facts, situation }: InstanceOfSeveral): boolean {
  const textOf = new Map(facts.microCredentials.map(({ id, sameAs }) => [id, sameAs]));
  const isSame = (a: string, b: string): boolean => a === b || (textOf.get(a) !== undefined && textOf.get(a) === textOf.get(b));
  const usable = situation.held.filter(({ status = 'ACTIVE', completedOn }) => status === 'ACTIVE' && completedOn <= situation.asOf);
  const there = [...usable.map(({ microCredential }) => microCredential), ...set.map(({ id }) => id)];
  return set.every(({ prerequisites = [] }) => prerequisites.every((group) => group.some((id) => there.some((one) => isSame(one, id)))));
}

/** Every set of what may be planned that is a plan for several, the best first; for a dozen candidates at the most. */
export function everyPlanTogether(instance: InstanceOfSeveral): BruteForceTogether[] {
  const { facts, situation, terms } = instance;
  const candidates = candidatesOf(facts, situation, terms).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const plans: BruteForceTogether[] = [];
  for (let bits = 0; bits < 2 ** candidates.length; bits += 1) {
    const set = candidates.filter((_candidate, index) => bits & (1 << index));
    const [plan, totals] = [set.map(({ id }) => id), set.map(shareOf).reduce(plus, noTotals)];
    if (!(terms.forced ?? []).every((id) => plan.includes(id)) || !isWithinBudgets(totals, terms) || !hasPrerequisites(set, instance)) continue;
    const verdict = verdictTogether(instance, set);
    if (verdict !== 'INCOMPLETE') plans.push({ plan, totals, verdict });
  }
  const order = fullOrder(terms);
  const comesFirst = (a: readonly string[], b: readonly string[]): number => {
    const at = a.findIndex((id, index) => id !== b[index]);
    return at < 0 ? -1 : b[at] !== undefined && a[at]! < b[at]! ? -1 : 1;
  };
  return plans.sort((a, b) => compareTotals(a.totals, b.totals, order) || comesFirst(a.plan, b.plan));
}

/** The best plan for several; undefined when there is none. The plans are gone through from the cheapest, so that most sets need not be asked about. */
export const bruteForceTogether = (instance: InstanceOfSeveral): BruteForceTogether | undefined => everyPlanTogether(instance)[0];
