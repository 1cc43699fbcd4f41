import { IN, LEFT_OUT, PriceBound, UNDECIDED } from './bound.ts';
import { isOutOfTime } from './goal.ts';
import type { Budget, Goal } from './goal.ts';
import type { Problem } from './problem.ts';
import { withinReach } from './reach.ts';
import { roundedPlan } from './rounding.ts';
import { Selection } from './selection.ts';

const AT_ROOT = 60;
const AT_NODE = 8;
const LOOK_AT_CLOCK_EVERY = 8;
/** Bounds are floating point, sums of items whole numbers: what is above the next lower number by this much is at least the number. */
const HAIR = 0.05;

export interface Found {
  /** Numbers of the items of the best plan, if there is one. */
  readonly plan: readonly number[] | undefined;
  /** Nothing was left out of the search. */
  readonly complete: boolean;
  /** No plan has less than this. */
  readonly bound: number;
  readonly nodes: number;
}

/** Looks for the best set of items: each is in or left out; a branch ends where its bound says that nothing better follows. */
export function searchPlan(problem: Problem, goal: Goal, budget: Budget): Found {
  return new Search(problem, goal, budget).run();
}

class Search {
  readonly #problem: Problem;
  readonly #goal: Goal;
  readonly #budget: Budget;
  readonly #selection: Selection;
  readonly #bound: PriceBound;
  #plan: number[] | undefined;
  /** A plan that is kept has less than this. */
  #best: number;
  #nodes = 0;
  #stopped = false;

  constructor(problem: Problem, goal: Goal, budget: Budget) {
    this.#problem = problem;
    this.#goal = goal;
    this.#budget = budget;
    this.#selection = new Selection(problem, goal);
    this.#bound = new PriceBound(problem);
    this.#best = goal.most + 1;
  }

  run(): Found {
    const { state } = this.#selection;
    for (const item of this.#problem.forced) state[item] = IN;
    const { sum } = this.#selection;
    const { weights } = this.#goal;
    this.#bound.start(state, weights);
    let root = this.#bound.improve(state, weights, this.#best - sum, AT_ROOT);
    if (this.#goal.order === 'LEAST') {
      this.#keep(roundedPlan(this.#selection, root.gains, this.#best - 1, () => isOutOfTime(this.#budget)));
      root = this.#bound.improve(state, weights, this.#best - sum, AT_ROOT);
    }
    const lowest = Math.ceil(sum + root.value - HAIR);
    this.#visit();
    const complete = !this.#stopped && !this.#selection.doubtful;
    return { plan: this.#plan, complete, bound: complete && this.#plan ? this.#best : lowest, nodes: this.#nodes };
  }

  #visit(): void {
    if (this.#isOutOfBudget()) return;
    this.#nodes += 1;
    const { state, sum, isWithinCeilings } = this.#selection;
    if (sum >= this.#best || !isWithinCeilings) return;
    const lacking = this.#selection.lackingPrerequisite;
    if (lacking === 'NEVER') return;
    const { weights, order } = this.#goal;
    const costs = this.#bound.costs(state, weights);
    if (!withinReach(this.#problem, (source) => costs[source]! < Infinity)) return;
    if (!lacking && this.#selection.couldBeEnough && this.#selection.isPlan()) return this.#keep(this.#selection.chosen);
    const { value, gains } = this.#bound.improve(state, weights, this.#best - sum, AT_NODE);
    const room = this.#best - 1 + HAIR - sum - value;
    if (room < 0) return;
    const leftOut = this.#leaveOutTooDear(gains, room);
    const needed = lacking?.find((one) => state[one] === UNDECIDED);
    const item = order === 'FIRST' ? this.#selection.firstUndecided : (needed ?? this.#mostWanted(gains) ?? this.#selection.firstUndecided);
    if (item !== undefined) this.#decide(item);
    for (const one of leftOut) state[one] = UNDECIDED;
  }

  #decide(item: number): void {
    const { state } = this.#selection;
    const prices = this.#bound.prices.slice();
    for (const decision of [IN, LEFT_OUT]) {
      state[item] = decision;
      this.#bound.prices.set(prices);
      this.#visit();
      if (this.#goal.order === 'FIRST' && this.#plan) break;
    }
    state[item] = UNDECIDED;
  }

  #keep(plan: number[] | undefined): void {
    if (!plan) return;
    this.#plan = plan;
    this.#best = plan.reduce((sum, item) => sum + this.#goal.weights[item]!, 0);
  }

  #isOutOfBudget(): boolean {
    this.#stopped ||= this.#nodes >= this.#budget.nodes || (this.#nodes % LOOK_AT_CLOCK_EVERY === 0 && isOutOfTime(this.#budget));
    return this.#stopped;
  }

  /** An item without which the bound holds, and with which it would be exceeded, is in no better plan. Returns those that were left out. */
  #leaveOutTooDear(gains: Float64Array, room: number): number[] {
    const { state } = this.#selection;
    const least = Float64Array.from(this.#goal.weights);
    for (const [source, { lacks }] of this.#problem.sources.entries()) {
      if (gains[source] === -Infinity) continue;
      const loss = Math.max(0, -gains[source]!);
      for (const options of lacks) for (const option of options) if (loss < least[option]!) least[option] = loss;
    }
    const leftOut = [...least.keys()].filter((item) => state[item] === UNDECIDED && least[item]! > room);
    for (const item of leftOut) state[item] = LEFT_OUT;
    return leftOut;
  }

  /** Of the source that gains most at the present prices, the cheapest item that it lacks. */
  #mostWanted(gains: Float64Array): number | undefined {
    const { state } = this.#selection;
    const { weights } = this.#goal;
    let best: number | undefined;
    let bestGain = -Infinity;
    for (const [source, { lacks }] of this.#problem.sources.entries()) {
      if (gains[source]! <= bestGain) continue;
      let item: number | undefined;
      for (const options of lacks) {
        if (options.some((option) => state[option] === IN)) continue;
        for (const option of options) if (state[option] === UNDECIDED && (item === undefined || weights[option]! < weights[item]!)) item = option;
      }
      if (item !== undefined) [best, bestGain] = [item, gains[source]!];
    }
    return best;
  }
}
