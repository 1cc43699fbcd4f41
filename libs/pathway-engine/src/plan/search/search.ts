import { IN, LEFT_OUT, UNDECIDED } from '../bound/decisions.ts';
import type { Bound } from '../bound/bound.ts';
import { isOutOfTime } from './goal.ts';
import type { Budget, Goal, Sum } from './goal.ts';
import type { Problem } from '../bound/problem.ts';
import { withinReach } from '../bound/reach.ts';
import { roundedPlan } from './rounding.ts';
import { leaveOutTooDear, lossesAt, mostWanted, takeInNeeded } from './narrowing.ts';
import { Selection } from './selection.ts';

const AT_ROOT = 60;
const AT_NODE = 8;
const LOOK_AT_CLOCK_EVERY = 8;
const CREDIT_AT_ROOT = 30;
const CREDIT_AT_NODE = 3;
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
  /** What is decided of every plan that is as good as the best one, or as good as the goal's known one. */
  readonly kept: Int8Array;
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
  readonly #from: Int8Array;
  #plan: number[] | undefined;
  /** A plan that is kept has less than this. */
  #best: number;
  #nodes = 0;
  /** The number of nodes from which on a plan is looked for again. */
  #roundAt = 8;
  #stopped = false;
  /** No plan has less than this. */
  #lowest = 0;

  constructor(problem: Problem, goal: Goal, budget: Budget) {
    this.#problem = problem;
    this.#goal = goal;
    this.#budget = budget;
    this.#selection = new Selection(problem, goal);
    this.#best = goal.most + 1;
    this.#from = goal.from ?? Int8Array.from(problem.items, (_, item) => (problem.forced.includes(item) ? IN : UNDECIDED));
  }

  run(): Found {
    const { state } = this.#selection;
    state.set(this.#from);
    let kept = this.#from;
    if (this.#staysUnderCeilings()) {
      const byPrices = this.#boundOf(this.#goal, this.#best, AT_ROOT);
      for (const { prices, credit } of this.#sums) credit?.set(prices.prices);
      this.#lowest = byPrices.value;
      if (this.#lowest <= this.#best - 1 + HAIR) {
        const byCredit = this.#narrowByCredit(this.#goal, this.#best - 1, CREDIT_AT_ROOT);
        this.#lowest = Math.max(this.#lowest, byCredit.value);
        if (this.#goal.order === 'LEAST' && this.#lowest <= this.#best - 1 + HAIR) this.#round(byCredit.gains ?? byPrices.gains);
      }
      const atRoot = this.#prices();
      this.#visit();
      this.#setPrices(atRoot);
      kept = this.#keptWith(this.#best);
    }
    const complete = !this.#stopped && !this.#selection.doubtful;
    const bound = complete && this.#plan ? this.#best : Math.max(0, Math.ceil(this.#lowest - HAIR));
    return { plan: this.#plan, complete, bound, nodes: this.#nodes, kept };
  }

  /** What is so of every plan with at most this sum, as far as the bounds at the root tell. */
  #keptWith(most: number): Int8Array {
    const { state } = this.#selection;
    state.set(this.#from);
    this.#best = most + 1;
    this.#narrow();
    this.#best = most;
    return state.slice();
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
    let wanted = this.#narrow();
    if (wanted && this.#goal.order === 'LEAST' && this.#nodes >= this.#roundAt) {
      this.#roundAt = 4 * this.#nodes;
      if (this.#round(wanted)) wanted = this.#narrow();
    }
    if (wanted) {
      const needed = lacking?.find((one) => state[one] === UNDECIDED);
      const { firstUndecided } = this.#selection;
      const item = this.#goal.order === 'FIRST' ? firstUndecided : (needed ?? mostWanted(this.#problem, state, this.#goal.weights, wanted) ?? firstUndecided);
      if (item !== undefined) this.#decide(item);
      // Everything is decided, and something was taken in since the last look.
      else if (state.some((decision, one) => decision === IN && before[one] !== IN)) this.#visit();
    }
    state.set(before);
  }

  /** Leaves out what no better plan can hold. Gives the gains by which to go on; undefined when nothing better follows at all. */
  #narrow(): Float64Array | undefined {
    if (!this.#staysUnderCeilings()) return undefined;
    const { value, gains } = this.#boundOf(this.#goal, this.#best, AT_NODE);
    const room = this.#best - 1 + HAIR - value;
    if (room < 0) return undefined;
    leaveOutTooDear(this.#problem, this.#selection.state, this.#goal.weights, lossesAt(gains), room);
    const byCredit = this.#narrowByCredit(this.#goal, this.#best - 1, CREDIT_AT_NODE);
    if (byCredit.value > this.#best - 1 + HAIR) return undefined;
    return byCredit.gains ?? gains;
  }

  /** The same by the bound that counts credit, which also tells what is in every better plan. No plan from here on has less than its value. */
  #narrowByCredit({ weights, prices, credit }: Sum, most: number, times: number): { value: number; gains?: Float64Array } {
    if (!credit) return { value: 0 };
    const { state } = this.#selection;
    const costs = prices.costs(state, weights);
    const sum = this.#selection.sumOf(weights);
    const value = credit.improve(costs, most + 1 - sum, times);
    const room = most + HAIR - sum - value;
    if (room < 0) return { value: sum + value };
    const losses = credit.losses(costs);
    leaveOutTooDear(this.#problem, state, weights, losses.ofSources, room);
    takeInNeeded(this.#problem, state, losses, room);
    return { value: sum + value, gains: losses.gains };
  }

  #staysUnderCeilings(): boolean {
    return this.#goal.ceilings.every((ceiling) => {
      const { value, gains } = this.#boundOf(ceiling, ceiling.most + 1, AT_NODE);
      const room = ceiling.most + HAIR - value;
      if (room < 0) return false;
      leaveOutTooDear(this.#problem, this.#selection.state, ceiling.weights, lossesAt(gains), room);
      return this.#narrowByCredit(ceiling, ceiling.most, CREDIT_AT_NODE).value <= ceiling.most + HAIR;
    });
  }

  /** No plan from here on has a smaller sum than `value`. */
  #boundOf({ weights, prices }: Sum, target: number, times: number): Bound {
    const sum = this.#selection.sumOf(weights);
    const { value, gains } = prices.improve(this.#selection.state, weights, target - sum, times);
    return { value: sum + value, gains };
  }

  #decide(item: number): void {
    const { state } = this.#selection;
    const before = this.#prices();
    for (const decision of [IN, LEFT_OUT]) {
      state[item] = decision;
      this.#setPrices(before);
      this.#visit();
      if (this.#goal.order === 'FIRST' && this.#plan) break;
    }
    state[item] = UNDECIDED;
  }

  get #sums(): readonly Sum[] {
    return [this.#goal, ...this.#goal.ceilings];
  }

  #prices(): Float64Array[] {
    return this.#sums.flatMap(({ prices, credit }) => [prices.prices.slice(), ...(credit ? [credit.prices.slice()] : [])]);
  }

  #setPrices(kept: readonly Float64Array[]): void {
    let index = 0;
    for (const { prices, credit } of this.#sums) {
      prices.set(kept[index++]!);
      credit?.set(kept[index++]!);
    }
  }

  #keep(plan: number[] | undefined): void {
    if (!plan) return;
    this.#plan = plan;
    this.#best = plan.reduce((sum, item) => sum + this.#goal.weights[item]!, 0);
  }

  /** Looks for a better plan near what gains most. */
  #round(gains: Float64Array): boolean {
    const plan = roundedPlan(this.#selection, gains, { least: this.#lowest - HAIR, most: this.#best - 1 }, () => isOutOfTime(this.#budget));
    this.#keep(plan);
    return plan !== undefined;
  }

  #isOutOfBudget(): boolean {
    this.#stopped ||= this.#nodes >= this.#budget.nodes || (this.#nodes % LOOK_AT_CLOCK_EVERY === 0 && isOutOfTime(this.#budget));
    return this.#stopped;
  }
}
