import { GiftList } from './gift-list.ts';
import type { Problem } from './problem.ts';
import { IN, UNDECIDED } from './decisions.ts';
import { RowCosts } from './row-costs.ts';

/** What the bound says of a moment of the search. */
export interface Bound {
  /** No plan from here on adds less than this to what is in already. It may be below 0: gains are measured from it. */
  readonly value: number;
  /** For each source what it would give above its cost at the best prices. */
  readonly gains: Float64Array;
}

/**
 * A lower bound by prices on rows (Lagrangian relaxation): whatever is put where, each row of the cheapest way through the tree is paid for
 * once, and a source brings no more than its gifts are worth at these prices. Any prices give a true bound; a few steps make them good.
 */
export class PriceBound {
  readonly #problem: Problem;
  readonly #gifts: GiftList;
  readonly #tree: RowCosts;
  readonly prices: Float64Array;
  readonly #costs: Float64Array;
  readonly #gains: Float64Array;
  readonly #bestGains: Float64Array;
  readonly #bestPrices: Float64Array;
  readonly #slope: Float64Array;
  readonly #groupOf: Int32Array;
  readonly #bestOfGroup: Int32Array;

  constructor(problem: Problem) {
    const { sources, rowCount, rows, compiled } = problem;
    this.#problem = problem;
    this.#gifts = new GiftList(sources, compiled.maxUses);
    this.#tree = new RowCosts(rows);
    this.prices = new Float64Array(rowCount);
    this.#slope = new Float64Array(rowCount);
    this.#bestPrices = new Float64Array(rowCount);
    this.#costs = new Float64Array(sources.length);
    this.#gains = new Float64Array(sources.length);
    this.#bestGains = new Float64Array(sources.length);
    // Of the sources of one unit the best counts.
    const groups = new Map<number, number>();
    this.#groupOf = Int32Array.from(sources, ({ unit }) => {
      if (!groups.has(unit)) groups.set(unit, groups.size);
      return groups.get(unit)!;
    });
    this.#bestOfGroup = new Int32Array(groups.size);
  }

  /** With the prices to begin with when nothing is decided but what is forced. */
  static startingAt(problem: Problem, weights: readonly number[]): PriceBound {
    const state = new Int8Array(problem.items.length);
    for (const item of problem.forced) state[item] = IN;
    const bound = new PriceBound(problem);
    bound.start(state, weights);
    return bound;
  }

  /** What each source still costs: 0 when everything is there, Infinity when it cannot be had any more. */
  costs(state: Int8Array, weights: readonly number[]): Float64Array {
    const { sources, rivalry } = this.#problem;
    rivalry.read(state);
    for (let index = 0; index < sources.length; index += 1) {
      let cost = rivalry.isLost(index) ? Infinity : 0;
      for (const options of sources[index]!.lacks) {
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

  /** The prices of an earlier moment. */
  set(prices: Float64Array): void {
    this.prices.set(prices);
  }

  /** Prices to begin with: for each row alone, what the last share costs that is needed to fill it from the cheapest source up. */
  private start(state: Int8Array, weights: readonly number[]): void {
    const costs = this.costs(state, weights);
    const offers: { price: number; amount: number }[][] = Array.from(this.prices, () => []);
    const { giftStart, placeStart, shareStart, shareRow, shareAmount } = this.#gifts;
    for (let source = 0; source < costs.length; source += 1) {
      if (costs[source] === Infinity) continue;
      for (let place = placeStart[giftStart[source]!]!; place < placeStart[giftStart[source + 1]!]!; place += 1)
        for (let share = shareStart[place]!; share < shareStart[place + 1]!; share += 1) {
          const amount = shareAmount[share]!;
          if (amount > 0) offers[shareRow[share]!]!.push({ price: costs[source]! / amount, amount });
        }
    }
    for (const [row, found] of offers.entries()) {
      found.sort((a, b) => a.price - b.price);
      let filled = 0;
      this.prices[row] = found.find(({ amount }) => (filled += amount) >= 1 - 1e-9)?.price ?? 0;
    }
  }

  /** Improves the prices so many times, from where they stand, or until the bound reaches `target`, which should not be far above it. */
  improve(state: Int8Array, weights: readonly number[], target: number, times: number): Bound {
    const costs = this.costs(state, weights);
    let best = -Infinity;
    let pace = 1;
    let idle = 0;
    for (let time = 0; ; time += 1) {
      const value = this.#evaluate(costs);
      if (value > best) {
        idle = 0;
        best = value;
        this.#bestPrices.set(this.prices);
        this.#bestGains.set(this.#gains);
      } else if ((idle += 1) >= 3) {
        idle = 0;
        pace /= 2;
        this.prices.set(this.#bestPrices);
        this.#evaluate(costs);
      }
      const goal = Math.min(target, Math.max(best, 1) * 1.2 + 1);
      if (best >= target || time >= times || !this.#step(pace * (goal - Math.min(value, best)))) break;
    }
    this.prices.set(this.#bestPrices);
    return { value: best, gains: this.#bestGains };
  }

  /** One step up the slope; false when it is flat. */
  #step(length: number): boolean {
    let norm = 0;
    for (let row = 0; row < this.#slope.length; row += 1) norm += this.#slope[row]! * this.#slope[row]!;
    if (norm < 1e-12) return false;
    for (let row = 0; row < this.prices.length; row += 1) this.prices[row] = Math.max(0, this.prices[row]! + (length / norm) * this.#slope[row]!);
    return true;
  }

  /** The bound at the present prices, and its slope by row. */
  #evaluate(costs: Float64Array): number {
    const { limitRows } = this.#problem;
    this.#slope.fill(0);
    let value = this.#tree.cheapest(this.prices);
    this.#tree.mark(this.#slope);
    for (const { row } of limitRows) {
      value += this.prices[row]!;
      this.#slope[row]! += 1;
    }
    this.#bestOfGroup.fill(-1);
    for (let source = 0; source < costs.length; source += 1) {
      const gain = costs[source] === Infinity ? -Infinity : this.#worth(source) - costs[source]!;
      this.#gains[source] = gain;
      const group = this.#groupOf[source]!;
      const best = this.#bestOfGroup[group]!;
      if (gain > 0 && (best < 0 || gain > this.#gains[best]!)) this.#bestOfGroup[group] = source;
    }
    for (let group = 0; group < this.#bestOfGroup.length; group += 1) {
      const source = this.#bestOfGroup[group]!;
      if (source < 0) continue;
      value -= this.#gains[source]!;
      this.#give(source);
    }
    return value;
  }

  #worth(source: number): number {
    const { giftStart, anywhereStart, anywhereRow, anywhereAmount } = this.#gifts;
    let worth = 0;
    for (let gift = giftStart[source]!; gift < giftStart[source + 1]!; gift += 1) {
      worth += this.#gifts.worthOf(gift, this.prices);
      for (let share = anywhereStart[gift]!; share < anywhereStart[gift + 1]!; share += 1) worth += anywhereAmount[share]! * this.prices[anywhereRow[share]!]!;
    }
    return worth;
  }

  #give(source: number): void {
    const { giftStart, anywhereStart, anywhereRow, anywhereAmount } = this.#gifts;
    for (let gift = giftStart[source]!; gift < giftStart[source + 1]!; gift += 1) {
      this.#gifts.give(gift, this.prices, this.#slope);
      for (let share = anywhereStart[gift]!; share < anywhereStart[gift + 1]!; share += 1) this.#slope[anywhereRow[share]!]! -= anywhereAmount[share]!;
    }
  }
}
