import type { Facts, Placement, Situation, Verdict } from '../../facts/facts.ts';
import type { PlanTerms, Totals } from '../../facts/question.ts';
import { assignmentSearch } from './assignment-search.ts';
import type { Instance } from '../instances/instance.ts';
import { readModel, type Model } from './model.ts';
import { piecesWith } from './pieces-there.ts';
import { candidatesOf, compareTotals, fullOrder, isWithinBudgets, noTotals, plus, prerequisiteGroups, shareOf } from './plan-terms.ts';
import { planTestOf, type CandidateSet } from './plan-test.ts';
import { queueOf } from './queue.ts';

/** A verdict with an assignment that gives it; none for INCOMPLETE. */
export interface BruteForceVerdict {
  readonly verdict: Verdict;
  readonly placements: readonly Placement[];
}

/** The best plan, its ids sorted, and an assignment that proves that it is one. */
export interface BruteForcePlan {
  readonly plan: string[];
  readonly totals: Totals;
  readonly placements: readonly Placement[];
}

/** The verdict of a situation, by trying every assignment. */
export function bruteForceVerdict(facts: Facts, credentialId: string, situation: Situation): BruteForceVerdict {
  const planned = facts.microCredentials.filter(({ id }) => situation.planned?.includes(id));
  const model = readModel(facts, credentialId, situation, planned);
  const search = assignmentSearch(model);
  const all = planned.map(() => true);
  const pairs = search.pairsWith(piecesWith(model, all), all);
  const complete = search.find(pairs, false);
  if (complete) return { verdict: 'COMPLETE', placements: complete };
  const exceptManual = search.find(pairs, true);
  return exceptManual ? { verdict: 'COMPLETE_EXCEPT_MANUAL', placements: exceptManual } : { verdict: 'INCOMPLETE', placements: [] };
}

/** Candidates that could change anything: by an agreement, by themselves, or as a prerequisite. The others only make a plan dearer. */
function usefulOnes(model: Model, forced: ReadonlySet<string>): readonly number[] {
  const useful = new Set([
    ...model.offers.flatMap(({ things }) => things.flatMap((thing) => thing.candidates)),
    ...model.places.flatMap(({ fits }) => fits.flatMap(({ piece }) => model.pieces[piece]!.direct?.candidate ?? [])),
    ...prerequisiteGroups(model).flatMap((groups) => groups.flatMap((group) => group.candidates)),
  ]);
  return model.candidates.flatMap(({ id }, index) => (useful.has(index) || forced.has(id) ? [index] : []));
}

const bitsOf = (indexes: readonly number[]): CandidateSet => indexes.reduce((set, index) => set | (1 << index), 0);

function idsComeFirst(a: readonly string[], b: readonly string[]): boolean {
  const at = a.findIndex((id, index) => id !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

interface Branch {
  /** What is taken. */
  readonly set: CandidateSet;
  /** What may still be taken. */
  readonly rest: CandidateSet;
  readonly totals: Totals;
}

/** The sets of candidates that could be plans of a model. */
function setsOf(model: Model, terms: PlanTerms) {
  const forced = new Set(terms.forced);
  const useful = usefulOnes(model, forced);
  const forcedOnes = bitsOf(useful.filter((index) => forced.has(model.candidates[index]!.id)));
  const membersOf = (set: CandidateSet) => model.candidates.filter((_candidate, index) => set & (1 << index));
  const branch = (set: CandidateSet, rest: CandidateSet): Branch => ({ set, rest, totals: membersOf(set).map(shareOf).reduce(plus, noTotals) });
  return {
    root: branch(forcedOnes, bitsOf(useful) & ~forcedOnes),
    hasForced: [...forced].every((id) => membersOf(forcedOnes).some((candidate) => candidate.id === id)),
    idsOf: (set: CandidateSet) =>
      membersOf(set)
        .map(({ id }) => id)
        .sort(),
    branch,
    /** A branch for each further candidate: with it, and with none of those before it. */
    branchesOf: ({ set, rest }: Branch): Branch[] =>
      useful.filter((index) => rest & (1 << index)).map((index) => branch(set | (1 << index), rest & ~((2 << index) - 1))),
    neededIn: ({ set, rest }: Branch, mayHoldPlan: (set: CandidateSet) => boolean): CandidateSet =>
      bitsOf(useful.filter((index) => rest & (1 << index) && !mayHoldPlan((set | rest) & ~(1 << index)))),
  };
}

/**
 * The best plan of an instance of up to 30 candidates: goes through their sets in the order of the objectives and asks of each whether it is a
 * plan. Sets are left out only for what is always so: totals never shrink, and what could not do if no conflict counted cannot do.
 * @returns undefined when there is no plan; TIMED_OUT when it was over before that was known.
 */
export function bruteForcePlan(instance: Instance): BruteForcePlan | undefined;
export function bruteForcePlan(instance: Instance, isOver: () => boolean): BruteForcePlan | 'TIMED_OUT' | undefined;
export function bruteForcePlan(instance: Instance, isOver: () => boolean = () => false): BruteForcePlan | 'TIMED_OUT' | undefined {
  const { facts, credential, situation, terms } = instance;
  const model = readModel(facts, credential, situation, candidatesOf(facts, situation, terms));
  const { root, hasForced, idsOf, branch, branchesOf, neededIn } = setsOf(model, terms);
  if (!hasForced) return undefined;
  const order = fullOrder(terms);
  const { assignmentOf, mayHoldPlan } = planTestOf(model, root.set);
  const queue = queueOf<Branch>((a, b) => compareTotals(a.totals, b.totals, order));
  const push = (each: Branch) => isWithinBudgets(each.totals, terms) && mayHoldPlan(each.set | each.rest) && queue.push(each);

  let best: BruteForcePlan | undefined;
  push(root);
  for (let next = queue.pop(); next; next = queue.pop()) {
    const { set, rest, totals } = next;
    if (isOver()) return 'TIMED_OUT';
    if (best && compareTotals(totals, best.totals, order) > 0) return best;
    const needed = neededIn(next, mayHoldPlan);
    if (needed !== 0) {
      push(branch(set | needed, rest & ~needed));
      continue;
    }
    const plan = idsOf(set);
    const placements = !best || idsComeFirst(plan, best.plan) ? assignmentOf(set) : undefined;
    if (placements) best = { plan, totals, placements };
    if (!best) branchesOf(next).forEach(push);
  }
  return best;
}
