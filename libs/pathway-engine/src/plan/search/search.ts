import { IN, LEFT_OUT, UNDECIDED } from '../bound/decisions.ts';
import type { Bound } from '../bound/bound.ts';
import { isOutOfTime } from './goal.ts';
import type { Budget, Goal, Sum } from './goal.ts';
import type { Problem } from '../bound/problem.ts';
import { withinReach } from '../bound/reach.ts';
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
    this.#best = goal.most + 1;
  }

  run(): Found {
    const { state } = this.#selection;
    for (const item of this.#problem.forced) state[item] = IN;
    let lowest = 0;
    if (this.#staysUnderCeilings(AT_ROOT)) {
      lowest = this.#boundOf(this.#goal, this.#best, AT_ROOT).value;
      if (this.#goal.order === 'LEAST' && lowest <= this.#best - 1 + HAIR) {
        const { gains } = this.#boundOf(this.#goal, this.#best, 0);
        this.#keep(roundedPlan(this.#selection, gains, this.#best - 1, () => isOutOfTime(this.#budget)));
        lowest = Math.max(lowest, this.#boundOf(this.#goal, this.#best, AT_ROOT).value);
      }
      const atRoot = this.#prices();
      this.#visit();
      for (const [index, { prices }] of this.#sums.entries()) prices.set(atRoot[index]!);
    }
    const complete = !this.#stopped && !this.#selection.doubtful;
    const bound = complete && this.#plan ? this.#best : Math.max(0, Math.ceil(lowest - HAIR));
    return { plan: this.#plan, complete, bound, nodes: this.#nodes };
  }

  #visit(): void {
    if (this.#isOutOfBudget()) return;
    this.#nodes += 1;
    const { state } = this.#selection;
    if (this.#selection.sum >= this.#best || !this.#selection.isWithinCeilings) return;
    const lacking = this.#selection.lackingPrerequisite;
    if (lacking === 'NEVER') return;
    const costs = this.#goal.prices.costs(state, this.#goal.weights);
    if (!withinReach(this.#problem, (source) => costs[source]! < Infinity)) return;
    if (!lacking && this.#selection.couldBeEnough && this.#selection.isPlan()) return this.#keep(this.#selection.chosen);

    const before = state.slice();
    const wanted = this.#narrow();
    if (wanted) {
      const needed = lacking?.find((one) => state[one] === UNDECIDED);
      const { firstUndecided } = this.#selection;
      const item = this.#goal.order === 'FIRST' ? firstUndecided : (needed ?? this.#mostWanted(wanted) ?? firstUndecided);
      if (item !== undefined) this.#decide(item);
    }
    state.set(before);
  }

  /** Leaves out what no better plan can hold. Gives the gains by which to go on; undefined when nothing better follows at all. */
  #narrow(): Float64Array | undefined {
    if (!this.#staysUnderCeilings(AT_NODE)) return undefined;
    const { value, gains } = this.#boundOf(this.#goal, this.#best, AT_NODE);
    const room = this.#best - 1 + HAIR - value;
    if (room < 0) return undefined;
    this.#leaveOutTooDear(gains, this.#goal.weights, room);
    return gains;
  }

  #staysUnderCeilings(times: number): boolean {
    return this.#goal.ceilings.every((ceiling) => {
      const { value, gains } = this.#boundOf(ceiling, ceiling.most + 1, times);
      const room = ceiling.most + HAIR - value;
      if (room >= 0) this.#leaveOutTooDear(gains, ceiling.weights, room);
      return room >= 0;
    });
  }

  /** No plan from here on has a smaller sum than `value`. */
  #boundOf({ weights, prices }: Sum, target: number, times: number): Bound {
    const { state } = this.#selection;
    let sum = 0;
    for (let item = 0; item < weights.length; item += 1) if (state[item] === IN) sum += weights[item]!;
    const { value, gains } = prices.improve(state, weights, target - sum, times);
    return { value: sum + value, gains };
  }

  #decide(item: number): void {
    const { state } = this.#selection;
    const before = this.#prices();
    for (const decision of [IN, LEFT_OUT]) {
      state[item] = decision;
      for (const [index, { prices }] of this.#sums.entries()) prices.set(before[index]!);
      this.#visit();
      if (this.#goal.order === 'FIRST' && this.#plan) break;
    }
    state[item] = UNDECIDED;
  }

  get #sums(): readonly Sum[] {
    return [this.#goal, ...this.#goal.ceilings];
  }

  #prices(): Float64Array[] {
    return this.#sums.map(({ prices }) => prices.prices.slice());
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

  /** An item without which the bound holds, and with which it would be exceeded, is in no better plan. */
  #leaveOutTooDear(gains: Float64Array, weights: readonly number[], room: number): void {
    const { state } = this.#selection;
    const least = Float64Array.from(weights);
    for (const [source, { lacks }] of this.#problem.sources.entries()) {
      if (gains[source] === -Infinity) continue;
      const loss = Math.max(0, -gains[source]!);
      for (const options of lacks) for (const option of options) if (loss < least[option]!) least[option] = loss;
    }
    for (let item = 0; item < least.length; item += 1) if (state[item] === UNDECIDED && least[item]! > room) state[item] = LEFT_OUT;
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
