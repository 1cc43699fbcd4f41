import type { Problem, RowTree } from './problem.ts';

export const UNDECIDED = 0;
export const IN = 1;
export const LEFT_OUT = -1;

/** What the bound says of a moment of the search. */
export interface Bound {
  /** No plan from here on adds less than this to what is in already. */
  readonly value: number;
  /** For each source what it would give above its cost at the last prices. */
  readonly gains: Float64Array;
}

/**
 * A lower bound by prices on rows (Lagrangian relaxation): whatever is put where, each row of the cheapest way through the tree is paid for
 * once, and a source brings no more than its gifts are worth at these prices. Any prices give a true bound; a few steps make them good.
 */
export class PriceBound {
  readonly #problem: Problem;
  readonly prices: Float64Array;
  readonly #costs: Float64Array;
  readonly #gains: Float64Array;
  readonly #slope: Float64Array;
  readonly #scratch: Float64Array;
  readonly #groupOf: Int32Array;
  readonly #bestOfGroup: Int32Array;
  readonly #groupCount: number;

  constructor(problem: Problem) {
    this.#problem = problem;
    const { sources, rowCount } = problem;
    this.prices = new Float64Array(rowCount);
    this.#costs = new Float64Array(sources.length);
    this.#gains = new Float64Array(sources.length);
    this.#slope = new Float64Array(rowCount);
    this.#scratch = new Float64Array(rowCount);
    // Sources on one and the same unit exclude each other: the best of them counts.
    const groups = new Map<number, number>();
    this.#groupOf = Int32Array.from(sources, ({ unit }, index) => {
      const key = unit < 0 ? -1 - index : unit;
      if (!groups.has(key)) groups.set(key, groups.size);
      return groups.get(key)!;
    });
    this.#groupCount = groups.size;
    this.#bestOfGroup = new Int32Array(groups.size);
  }

  /** What each source still costs: 0 when everything is there, Infinity when it cannot be had any more. */
  costs(state: Int8Array, weights: readonly number[]): Float64Array {
    for (const [index, { lacks }] of this.#problem.sources.entries()) {
      let cost = 0;
      for (const options of lacks) {
        if (options.length === 0) continue;
        let least = Infinity;
        for (const option of options) {
          if (state[option] === IN) least = 0;
          else if (state[option] === UNDECIDED && weights[option]! < least) least = weights[option]!;
        }
        cost += least;
      }
      this.#costs[index] = cost;
    }
    return this.#costs;
  }

  /** Improves the prices so many times, from where they stand; `target` is what the bound would like to reach. */
  improve(state: Int8Array, weights: readonly number[], target: number, times: number): Bound {
    const costs = this.costs(state, weights);
    let best = -Infinity;
    const bestPrices = this.#scratch;
    const goal = Number.isFinite(target) ? target : this.#guess(costs);
    let pace = 1;
    for (let time = 0; time <= times; time += 1) {
      const value = this.#evaluate(costs);
      if (value > best) {
        best = value;
        bestPrices.set(this.prices);
      } else pace *= 0.7;
      if (best >= target) break;
      let norm = 0;
      for (const slope of this.#slope) norm += slope * slope;
      if (norm < 1e-12 || time === times) break;
      const step = (pace * Math.max(goal - value, Math.abs(goal) * 0.02, 1)) / norm;
      for (let row = 0; row < this.prices.length; row += 1) this.prices[row] = Math.max(0, this.prices[row]! + step * this.#slope[row]!);
    }
    this.prices.set(bestPrices);
    this.#evaluate(costs);
    return { value: Math.max(0, best), gains: this.#gains };
  }

  #guess(costs: Float64Array): number {
    let sum = 0;
    for (const cost of costs) if (Number.isFinite(cost)) sum += cost;
    return Math.max(1, sum);
  }

  /** The bound at the present prices, and its slope by row. */
  #evaluate(costs: Float64Array): number {
    const { rows, limitRows, sources } = this.#problem;
    this.#slope.fill(0);
    let value = this.#cheapest(rows);
    this.#ask(rows);
    for (const { row } of limitRows) {
      value += this.prices[row]!;
      this.#slope[row]! += 1;
    }
    this.#bestOfGroup.fill(-1);
    for (let index = 0; index < sources.length; index += 1) {
      const gain = costs[index] === Infinity ? -Infinity : this.#worth(index) - costs[index]!;
      this.#gains[index] = gain;
      const group = this.#groupOf[index]!;
      const best = this.#bestOfGroup[group]!;
      if (gain > 0 && (best < 0 || gain > this.#gains[best]!)) this.#bestOfGroup[group] = index;
    }
    for (let group = 0; group < this.#groupCount; group += 1) {
      const index = this.#bestOfGroup[group]!;
      if (index < 0) continue;
      value -= this.#gains[index]!;
      this.#give(index);
    }
    return value;
  }

  #worth(index: number): number {
    let worth = 0;
    for (const gift of this.#problem.sources[index]!.gifts) {
      worth += this.#atPlaces(gift.atPlace, undefined);
      for (const { row, amount } of gift.anywhere) worth += amount * this.prices[row]!;
    }
    return worth;
  }

  #give(index: number): void {
    for (const gift of this.#problem.sources[index]!.gifts) {
      this.#atPlaces(gift.atPlace, this.#slope);
      for (const { row, amount } of gift.anywhere) this.#slope[row]! -= amount;
    }
  }

  /** The worth of a piece at its best places; with a slope, taken off there. */
  #atPlaces(atPlace: readonly (readonly { row: number; amount: number }[])[], slope: Float64Array | undefined): number {
    const { maxUses } = this.#problem.compiled;
    const worthOf = (shares: readonly { row: number; amount: number }[]): number => {
      let worth = 0;
      for (const { row, amount } of shares) worth += amount * this.prices[row]!;
      return worth;
    };
    const take = (shares: readonly { row: number; amount: number }[]): void => {
      if (slope) for (const { row, amount } of shares) slope[row]! -= amount;
    };
    if (atPlace.length <= maxUses) {
      let all = 0;
      for (const shares of atPlace) {
        all += worthOf(shares);
        take(shares);
      }
      return all;
    }
    if (maxUses === 1) {
      let best = 0;
      let at: readonly { row: number; amount: number }[] | undefined;
      for (const shares of atPlace) {
        const worth = worthOf(shares);
        if (worth > best) [best, at] = [worth, shares];
      }
      if (at) take(at);
      return best;
    }
    const ranked = atPlace.toSorted((a, b) => worthOf(b) - worthOf(a)).slice(0, maxUses);
    for (const shares of ranked) take(shares);
    return ranked.reduce((sum, shares) => sum + worthOf(shares), 0);
  }

  /** What the cheapest way through the tree costs at the present prices. */
  #cheapest(node: RowTree): number {
    if (node.kind === 'FREE') return 0;
    if (node.kind === 'ROW') return this.prices[node.row]!;
    if (node.k >= node.of.length) return node.of.reduce((sum, child) => sum + this.#cheapest(child), 0);
    return sumOfLeast(
      node.of.map((child) => this.#cheapest(child)),
      node.k,
    );
  }

  #ask(node: RowTree): void {
    if (node.kind === 'FREE') return;
    if (node.kind === 'ROW') {
      this.#slope[node.row]! += 1;
      return;
    }
    if (node.k >= node.of.length) for (const child of node.of) this.#ask(child);
    else {
      const costs = node.of.map((child) => this.#cheapest(child));
      const order = node.of.map((_, index) => index).sort((a, b) => costs[a]! - costs[b]!);
      for (const index of order.slice(0, node.k)) this.#ask(node.of[index]!);
    }
  }
}

const sumOfLeast = (costs: readonly number[], k: number): number =>
  costs
    .toSorted((a, b) => a - b)
    .slice(0, k)
    .reduce((sum, cost) => sum + cost, 0);
