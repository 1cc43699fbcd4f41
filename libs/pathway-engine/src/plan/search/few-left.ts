import { IN, LEFT_OUT, UNDECIDED } from '../bound/decisions.ts';
import type { Problem } from '../bound/problem.ts';
import { compareInTurn, sumOf } from '../objectives.ts';
import type { Goal } from './goal.ts';
import { Selection } from './selection.ts';

/** Where more is undecided, or more sets are as good, bounds find the way sooner than looking at each set. */
const MOST_UNDECIDED = 24;
const MOST_SETS = 48;
const MOST_STEPS = 10_000;

export interface FewLeft {
  /** What is decided of every plan that is as good as the best. */
  readonly left: Int8Array;
  /** What is decided already: no plan has a lower sum, and one has exactly `most`. */
  readonly decided: Goal;
  /** By which plans that are as good are told apart, one after the other. */
  readonly then: readonly (readonly number[])[];
  /** So many sets may be looked at. */
  readonly sets: number;
  readonly isOver: () => boolean;
}

/**
 * The best of the few plans that are left once the first objective is decided: every set with exactly that sum is listed, in the order of
 * plans, and the first one that is a plan is the answer. Gives how many sets it looked at, and no plan where that is not the way: too much is
 * left, time or sets ran out, or an audit ended before it had looked at everything.
 */
export function bestOfFew(problem: Problem, { left, decided, then, sets, isOver }: FewLeft): { plan?: readonly number[]; looked: number } {
  const found = setsWithSum(left, decided.weights, decided.most);
  if (!found || found.length > Math.min(sets, MOST_SETS)) return { looked: 0 };
  const sums = new Map(found.map((set) => [set, then.map((weights) => sumOf(weights, set))]));
  // Sets with the same sums have as many items.
  found.sort((a, b) => compareInTurn(sums.get(a)!, sums.get(b)!) || compareInTurn(a, b));
  const selection = new Selection(problem, decided);
  for (const [index, set] of found.entries()) {
    if (isOver()) return { looked: index };
    selection.state.fill(LEFT_OUT);
    for (const item of set) selection.state[item] = IN;
    const isPlan = selection.isWithinCeilings && !selection.lackingPrerequisite && selection.couldBeEnough && selection.isPlan();
    if (selection.doubtful) return { looked: index + 1 };
    if (isPlan) return { plan: set, looked: index + 1 };
  }
  return { looked: found.length };
}

/** Every set of items with exactly this sum that keeps to what is decided; undefined when there is too much to go through. */
function setsWithSum(left: Int8Array, weights: readonly number[], sum: number): number[][] | undefined {
  const items = [...left.keys()];
  const undecided = items.filter((item) => left[item] === UNDECIDED);
  if (undecided.length > MOST_UNDECIDED) return undefined;
  const taken = items.filter((item) => left[item] === IN);
  const most = undecided.map((_, at) => sumOf(weights, undecided.slice(at)));
  const found: number[][] = [];
  let steps = 0;
  const choose = (at: number, room: number, chosen: readonly number[]): void => {
    if ((steps += 1) > MOST_STEPS || room < 0 || room > (most[at] ?? 0)) return;
    if (at === undecided.length) {
      if (room === 0) found.push([...taken, ...chosen].sort((a, b) => a - b));
      return;
    }
    choose(at + 1, room - weights[undecided[at]!]!, [...chosen, undecided[at]!]);
    choose(at + 1, room, chosen);
  };
  choose(0, sum - sumOf(weights, taken), []);
  return steps > MOST_STEPS ? undefined : found;
}
