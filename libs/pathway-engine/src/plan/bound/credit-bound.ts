import type { CreditOption, CreditOptions } from './credit-options.ts';
import { CreditTable } from './credit-table.ts';
import type { Choice } from './credit-table.ts';
import type { Problem } from './problem.ts';
import { RowCosts } from './row-costs.ts';

/** An option with what it costs above its worth at the present prices. */
interface Priced extends Choice {
  readonly option: CreditOption;
  cost: number;
}

/** What follows from the bound. */
export interface CreditLosses {
  /** For each source, how much higher the bound would be if it were used. Infinity where it cannot be. */
  readonly ofSources: Float64Array;
  /** For each group, how much higher the bound would be if no source of it were used. */
  readonly ofGroups: readonly { readonly loss: number; readonly sources: readonly number[] }[];
  /** By which to go on: of a source that is used where the bound is reached what is lost without it, of another what is lost with it, below 0. */
  readonly gains: Float64Array;
}

/**
 * A lower bound that counts the credit of one or two rows whole: which sources fill them at the least cost is found exactly, step by step, and
 * only the other rows are paid for at prices. Where micro-credentials of 100 to 300 credits have to make up 900, prices alone stay far below the
 * truth, and this is near it.
 */
export class CreditBound {
  readonly #rows: readonly number[];
  readonly #limitRows: readonly number[];
  readonly #tree: RowCosts;
  readonly #table: CreditTable;
  readonly #groups: readonly (readonly Priced[])[];
  readonly #slope: Float64Array;
  readonly #bestSlope: Float64Array;
  readonly #best: Float64Array;
  readonly prices: Float64Array;
  /** Groups that give something to the rows that are counted, and those that do not. */
  #inside: (readonly Priced[])[] = [];
  #outside: (readonly Priced[])[] = [];

  constructor({ rows, rowCount, limitRows }: Problem, options: CreditOptions) {
    this.#rows = options.rows;
    this.#limitRows = limitRows.map(({ row }) => row).filter((row) => !options.rows.includes(row));
    this.#tree = new RowCosts(rows);
    this.#table = new CreditTable(options.needs[0]!, options.needs[1] ?? 0);
    const priced = (option: CreditOption): Priced => ({ option, first: option.steps[0]!, second: option.steps[1] ?? 0, cost: 0 });
    this.#groups = options.groups.map((group) => group.map(priced));
    [this.#slope, this.#bestSlope] = [new Float64Array(rowCount), new Float64Array(rowCount)];
    [this.prices, this.#best] = [new Float64Array(rowCount), new Float64Array(rowCount)];
  }

  /** Takes over prices; the rows that are counted have none. */
  set(prices: Float64Array): void {
    this.prices.set(prices);
    for (const row of this.#rows) this.prices[row] = 0;
  }

  /**
   * Improves the prices so many times, from where they stand, or until the bound reaches `target`. No plan adds less than the value to what is in
   * already, at these costs of the sources. It may be below 0: the losses are measured from it.
   */
  improve(costs: Float64Array, target: number, times: number): number {
    this.#leaveOutImpossible(costs);
    let best = -Infinity;
    let pace = 1;
    let idle = 0;
    for (let time = 0; ; time += 1) {
      const value = this.#evaluate(costs);
      if (value > best) {
        idle = 0;
        best = value;
        this.#best.set(this.prices);
        this.#bestSlope.set(this.#slope);
      } else if ((idle += 1) >= 2) {
        idle = 0;
        pace /= 2;
        this.prices.set(this.#best);
        this.#slope.set(this.#bestSlope);
      }
      if (best >= target || time >= times || !this.#step(pace * (Math.min(target, best * 1.05 + 1) - Math.min(value, best)))) break;
    }
    this.prices.set(this.#best);
    return best;
  }

  /** What the bound says of each source and group, at the prices that `improve` found for these costs. */
  losses(costs: Float64Array): CreditLosses {
    this.#evaluate(costs);
    const used = new Set(this.#usedOptions().map(({ option }) => option.source));
    const ofSources = new Float64Array(costs.length).fill(Infinity);
    const ofGroups: { loss: number; sources: readonly number[] }[] = [];
    const read = (group: readonly Priced[], lossWith: (choice?: Priced) => number): void => {
      for (const choice of group) {
        const { source } = choice.option;
        ofSources[source] = Math.min(ofSources[source]!, Math.max(0, lossWith(choice)));
      }
      ofGroups.push({ loss: lossWith(), sources: group.map(({ option }) => option.source) });
    };
    for (const group of this.#outside) {
      const least = Math.min(0, cheapestOf(group).cost);
      read(group, (choice) => (choice?.cost ?? 0) - least);
    }
    const [table, least] = [this.#table, this.#table.value];
    table.readBackwards();
    for (const [index, group] of this.#inside.entries()) read(group, (choice) => table.valueWith(index, choice) - least);
    const gains = ofSources.map((loss) => -loss);
    for (const { loss, sources } of ofGroups) for (const source of sources) if (used.has(source)) gains[source] = loss;
    return { ofSources, ofGroups, gains };
  }

  #leaveOutImpossible(costs: Float64Array): void {
    const possible = this.#groups.map((group) => group.filter(({ option }) => costs[option.source]! < Infinity)).filter(({ length }) => length > 0);
    const gives = ({ first, second }: Choice): boolean => first > 0 || second > 0;
    this.#inside = possible.filter((group) => group.some(gives));
    this.#outside = possible.filter((group) => !group.some(gives));
  }

  /** One step up the slope; false when it is flat or the length is nothing. */
  #step(length: number): boolean {
    let norm = 0;
    for (let row = 0; row < this.#slope.length; row += 1) norm += this.#slope[row]! * this.#slope[row]!;
    if (norm < 1e-12 || !(length > 0)) return false;
    for (let row = 0; row < this.prices.length; row += 1) this.prices[row] = Math.max(0, this.prices[row]! + (length / norm) * this.#slope[row]!);
    return true;
  }

  /** The bound at the present prices, and its slope by row. */
  #evaluate(costs: Float64Array): number {
    let value = this.#tree.cheapest(this.prices);
    this.#slope.fill(0);
    this.#tree.mark(this.#slope);
    for (const row of this.#limitRows) {
      value += this.prices[row]!;
      this.#slope[row]! += 1;
    }
    for (const group of this.#inside) this.#price(group, costs);
    for (const group of this.#outside) {
      this.#price(group, costs);
      value += Math.min(0, cheapestOf(group).cost);
    }
    value += this.#table.least(this.#inside);
    if (value < Infinity) for (const { option } of this.#usedOptions()) for (const { row, amount } of option.shares) this.#slope[row]! -= amount;
    for (const row of this.#rows) this.#slope[row] = 0;
    return value;
  }

  #price(group: readonly Priced[], costs: Float64Array): void {
    for (const priced of group) {
      let cost = costs[priced.option.source]!;
      for (const { row, amount } of priced.option.shares) cost -= amount * this.prices[row]!;
      priced.cost = cost;
    }
  }

  #usedOptions(): Priced[] {
    const chosen = this.#table.chosen();
    const inside = this.#inside.flatMap((group, index) => group[chosen[index]!] ?? []);
    return [...inside, ...this.#outside.map(cheapestOf).filter(({ cost }) => cost < 0)];
  }
}

const cheapestOf = (group: readonly Priced[]): Priced => group.reduce((best, one) => (one.cost < best.cost ? one : best));
