import { auditStanding } from '../audit/audit.ts';
import type { Counted } from '../agreements/fits.ts';
import type { Standing } from '../audit/situation.ts';
import { IN, LEFT_OUT, PriceBound, UNDECIDED } from './bound.ts';
import type { Problem } from './problem.ts';
import { withinReach } from './reach.ts';

const AT_ROOT = 60;
const AT_NODE = 8;
/** Bounds are floating point, sums of items whole numbers: what is above the next lower number by this much is at least the number. */
const HAIR = 0.05;

/** So much work a search may do; it looks at both now and then. */
export interface Budget {
  readonly nodes: number;
  readonly until: number;
  readonly now: () => number;
  readonly cancelled?: () => boolean;
}

/** What is to be least, and what must not be exceeded, as sums over the items that are in. */
export interface Goal {
  readonly weights: readonly number[];
  readonly ceilings: readonly { readonly weights: readonly number[]; readonly most: number }[];
  /** FIRST: any plan within the ceilings and with at most `most` will do, the one whose items come first. */
  readonly order: 'LEAST' | 'FIRST';
  readonly most: number;
}

export interface Found {
  /** Numbers of the items of the best plan, if there is one. */
  readonly plan: readonly number[] | undefined;
  readonly value: number;
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
  readonly #state: Int8Array;
  readonly #bound: PriceBound;
  readonly #audited = new Map<string, boolean | undefined>();
  #plan: number[] | undefined;
  #best: number;
  #nodes = 0;
  #stopped = false;
  #doubtful = false;

  constructor(problem: Problem, goal: Goal, budget: Budget) {
    this.#problem = problem;
    this.#goal = goal;
    this.#budget = budget;
    this.#state = new Int8Array(problem.items.length);
    this.#bound = new PriceBound(problem);
    // Found plans must be below this: at most `most` will do.
    this.#best = goal.most + 1;
  }

  run(): Found {
    for (const item of this.#problem.forced) this.#state[item] = IN;
    const { weights } = this.#goal;
    const { value } = this.#bound.improve(this.#state, weights, this.#best - this.#sum(weights), AT_ROOT);
    const lowest = this.#sum(weights) + value;
    this.#visit(AT_NODE);
    const complete = !this.#stopped && !this.#doubtful;
    const found = this.#plan !== undefined;
    return { plan: this.#plan, value: this.#best, complete, bound: complete && found ? this.#best : Math.ceil(lowest - HAIR), nodes: this.#nodes };
  }

  #visit(times: number): void {
    if (this.#outOfBudget()) return;
    this.#nodes += 1;
    const { weights, ceilings, order } = this.#goal;
    const sum = this.#sum(weights);
    if (sum >= this.#best || ceilings.some((ceiling) => this.#sum(ceiling.weights) > ceiling.most)) return;
    const lacking = this.#lackingPrerequisite();
    if (lacking === 'NEVER') return;
    const costs = this.#bound.costs(this.#state, weights);
    if (!withinReach(this.#problem, (source) => costs[source]! < Infinity)) return;
    const there = (source: number): boolean => this.#isThere(source);
    if (!lacking && withinReach(this.#problem, there) && this.#isPlan()) {
      this.#keep(sum);
      return;
    }
    const { value, gains } = this.#bound.improve(this.#state, weights, this.#best - sum, times);
    if (sum + value > this.#best - 1 + HAIR) return;
    const item = order === 'FIRST' ? this.#firstUndecided() : (lacking?.[0] ?? this.#mostWanted(gains) ?? this.#firstUndecided());
    if (item === undefined) return;
    this.#decide(item, times);
  }

  #decide(item: number, times: number): void {
    const prices = this.#bound.prices.slice();
    for (const state of [IN, LEFT_OUT]) {
      this.#state[item] = state;
      this.#bound.prices.set(prices);
      this.#visit(times);
      if (this.#goal.order === 'FIRST' && this.#plan) break;
    }
    this.#state[item] = UNDECIDED;
  }

  #keep(sum: number): void {
    this.#plan = this.#chosen();
    this.#best = sum;
  }

  #chosen(): number[] {
    return [...this.#state.keys()].filter((item) => this.#state[item] === IN);
  }

  #sum(weights: readonly number[]): number {
    let sum = 0;
    for (let item = 0; item < weights.length; item += 1) if (this.#state[item] === IN) sum += weights[item]!;
    return sum;
  }

  #outOfBudget(): boolean {
    const { nodes, until, now, cancelled } = this.#budget;
    this.#stopped ||= this.#nodes >= nodes || ((this.#nodes & 15) === 0 && (now() > until || cancelled?.() === true));
    return this.#stopped;
  }

  /** A group of prerequisites of which nothing is in yet: its undecided items, the cheapest first; NEVER when none is left. */
  #lackingPrerequisite(): readonly number[] | 'NEVER' | undefined {
    const { weights } = this.#goal;
    let found: number[] | undefined;
    for (const [item, groups] of this.#problem.prerequisites.entries()) {
      if (this.#state[item] !== IN) continue;
      for (const group of groups) {
        if (group.some((one) => this.#state[one] === IN)) continue;
        const open = group.filter((one) => this.#state[one] === UNDECIDED).sort((a, b) => weights[a]! - weights[b]!);
        if (open.length === 0) return 'NEVER';
        found ??= open;
      }
    }
    return found;
  }

  #isThere(source: number): boolean {
    return this.#problem.sources[source]!.lacks.every((options) => options.length === 0 || options.some((option) => this.#state[option] === IN));
  }

  /** The exact question, asked once for each set. */
  #isPlan(): boolean {
    const chosen = this.#chosen();
    const key = chosen.join();
    if (!this.#audited.has(key)) {
      const { graph, compiled, standing, items } = this.#problem;
      const { verdict, proven } = auditStanding(
        graph,
        compiled,
        withPlanned(
          this.#problem,
          standing,
          chosen.map((item) => items[item]!.id),
        ),
      );
      this.#audited.set(key, verdict !== 'INCOMPLETE' ? true : proven ? false : undefined);
    }
    const known = this.#audited.get(key);
    if (known === undefined) this.#doubtful = true;
    return known === true;
  }

  /** Of the source that gains most at the present prices, the cheapest item that it lacks. */
  #mostWanted(gains: Float64Array): number | undefined {
    const { weights } = this.#goal;
    let best: number | undefined;
    let bestGain = -Infinity;
    for (const [source, { lacks }] of this.#problem.sources.entries()) {
      if (gains[source]! <= bestGain) continue;
      let item: number | undefined;
      for (const options of lacks) {
        if (options.some((option) => this.#state[option] === IN)) continue;
        for (const option of options) if (this.#state[option] === UNDECIDED && (item === undefined || weights[option]! < weights[item]!)) item = option;
      }
      if (item !== undefined) [best, bestGain] = [item, gains[source]!];
    }
    return best;
  }

  #firstUndecided(): number | undefined {
    const item = this.#state.indexOf(UNDECIDED);
    return item < 0 ? undefined : item;
  }
}

/** The standing with these taken on its day. */
export function withPlanned({ graph }: Problem, standing: Standing, planned: readonly string[]): Standing {
  if (planned.length === 0) return standing;
  const byUnit = new Map(standing.byUnit);
  const direct = new Map(standing.direct);
  for (const microCredential of planned) {
    const completion: Counted = { microCredential, completedOn: standing.asOf, planned: true };
    const unit = graph.unit(microCredential);
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), completion]);
    direct.set(microCredential, [...(direct.get(microCredential) ?? []), completion]);
  }
  return { ...standing, byUnit, direct };
}
