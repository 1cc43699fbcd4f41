import { IN, LEFT_OUT, UNDECIDED } from '../bound/decisions.ts';
import { isOutOfTime } from '../search/goal.ts';
import type { Budget } from '../search/goal.ts';
import { Choice } from './choice.ts';
import type { DividedBound } from './joint-bound.ts';
import type { JointProblem } from './problem.ts';

const AT_ROOT = 40;
const AT_NODE = 6;
/** Bounds are floating point, sums of items whole numbers: what is above the next lower number by this much is at least the number. */
const HAIR = 0.05;

/** A sum over the items that are in, with what bounds it. */
export interface JointSum {
  readonly weights: readonly number[];
  readonly bound: DividedBound;
}

export interface JointCeiling extends JointSum {
  readonly most: number;
}

/** What is to be least and no more than `most`, and what must not be exceeded. FIRST: the first plan by its items will do. */
export interface JointGoal extends JointCeiling {
  readonly ceilings: readonly JointCeiling[];
  readonly order: 'LEAST' | 'FIRST';
}

export interface JointFound {
  readonly plan: readonly number[] | undefined;
  /** Nothing was left out of the search. */
  readonly complete: boolean;
  /** No plan has less than this. */
  readonly bound: number;
  readonly nodes: number;
}

/** Looks for the best set of items for several credentials: each is in or left out; a branch ends where its bound says that nothing better follows. */
export function searchJoint(problem: JointProblem, goal: JointGoal, budget: Budget): JointFound {
  return new JointSearch(problem, goal, budget).run();
}

class JointSearch {
  readonly #goal: JointGoal;
  readonly #budget: Budget;
  readonly #choice: Choice;
  #plan: number[] | undefined;
  /** A plan that is kept has less than this. */
  #best: number;
  #nodes = 0;
  #stopped = false;

  constructor(problem: JointProblem, goal: JointGoal, budget: Budget) {
    this.#goal = goal;
    this.#budget = budget;
    this.#choice = new Choice(problem);
    this.#best = goal.most + 1;
    for (const item of problem.forced) this.#choice.set(item, IN);
  }

  run(): JointFound {
    const { bound, weights } = this.#goal;
    const states = this.#choice.spread();
    for (const each of this.#sums) each.bound.divide(states, AT_ROOT);
    const lowest = this.#choice.sumOf(weights) + bound.improve(states, this.#best, AT_ROOT).value;
    const before = this.#sums.map((each) => each.bound.prices);
    this.#visit();
    for (const [index, each] of this.#sums.entries()) each.bound.prices = before[index]!;
    const complete = !this.#stopped && !this.#choice.doubtful;
    return { plan: this.#plan, complete, bound: complete && this.#plan ? this.#best : Math.max(0, Math.ceil(lowest - HAIR)), nodes: this.#nodes };
  }

  get #sums(): readonly JointCeiling[] {
    return [this.#goal, ...this.#goal.ceilings];
  }

  #visit(): void {
    this.#stopped ||= this.#nodes >= this.#budget.nodes || isOutOfTime(this.#budget);
    if (this.#stopped) return;
    this.#nodes += 1;
    const choice = this.#choice;
    if (choice.sumOf(this.#goal.weights) >= this.#best || this.#goal.ceilings.some(({ weights, most }) => choice.sumOf(weights) > most)) return;
    const lacking = choice.lackingPrerequisite;
    if (lacking === 'NEVER' || !choice.isWithinReach(false)) return;
    if (!lacking && choice.isWithinReach(true) && choice.isPlan()) return this.#keep(choice.chosen);
    const before = choice.state.slice();
    const gains = this.#narrow();
    const item = gains && this.#next(gains, lacking);
    if (item !== undefined) this.#decide(item);
    choice.backTo(before);
  }

  /** Leaves out what no better plan can hold. Gives the gains by which to go on; undefined when nothing better follows at all. */
  #narrow(): Float64Array | undefined {
    const choice = this.#choice;
    let wanted: Float64Array | undefined;
    for (const { weights, bound, most } of [...this.#goal.ceilings, { ...this.#goal, most: this.#best - 1 }]) {
      const sum = choice.sumOf(weights);
      const { value, losses, gains } = bound.improve(choice.spread(), most + 1 - sum, AT_NODE);
      const room = most + HAIR - sum - value;
      if (room < 0) return undefined;
      for (const [item, loss] of losses.entries()) if (choice.state[item] === UNDECIDED && loss > room) choice.set(item, LEFT_OUT);
      wanted = gains;
    }
    return wanted;
  }

  /** The item to decide: in order where the first plan is asked for, else what is lacking before others, else what is wanted most. */
  #next(gains: Float64Array, lacking: readonly number[] | undefined): number | undefined {
    const { state } = this.#choice;
    const open = [...state.keys()].filter((item) => state[item] === UNDECIDED);
    if (this.#goal.order === 'FIRST') return open[0];
    const among = open.filter((item) => lacking?.includes(item));
    return (among.length > 0 ? among : open).reduce<number | undefined>(
      (best, item) => (best === undefined || gains[item]! > gains[best]! ? item : best),
      undefined,
    );
  }

  #decide(item: number): void {
    const before = this.#sums.map(({ bound }) => bound.prices);
    for (const decision of [IN, LEFT_OUT]) {
      this.#choice.set(item, decision);
      for (const [index, { bound }] of this.#sums.entries()) bound.prices = before[index]!;
      this.#visit();
      if (this.#goal.order === 'FIRST' && this.#plan) break;
    }
  }

  #keep(plan: number[]): void {
    this.#plan = plan;
    this.#best = plan.reduce((sum, item) => sum + this.#goal.weights[item]!, 0);
  }
}
