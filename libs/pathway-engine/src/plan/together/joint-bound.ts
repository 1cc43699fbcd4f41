import { PriceBound } from '../bound/bound.ts';
import { UNDECIDED } from '../bound/decisions.ts';
import type { Problem } from '../bound/problem.ts';
import type { JointProblem } from './problem.ts';

const ROUNDS_AT_START = 20;

/** One credential's part of a bound: its share of what each of its items costs. */
interface Part {
  readonly problem: Problem;
  readonly jointOf: readonly number[];
  readonly weights: number[];
  readonly prices: PriceBound;
}

/** What the bound says of a moment of the search. */
export interface JointBound {
  /** No plan from here on adds less than this to what is in already. */
  readonly value: number;
  /** For each item, by how much at least the bound would rise with it. */
  readonly losses: Float64Array;
  /** For each item, the most that a source gives above its cost which lacks it. */
  readonly gains: Float64Array;
}

/**
 * A lower bound for several credentials at once: what an item costs is divided between the credentials that could use it, and each is bounded by
 * itself. Any division gives a true bound; a good one asks those to pay that want the item.
 */
export class DividedBound {
  readonly #parts: readonly Part[];
  readonly #items: number;

  constructor({ problems, jointOf, items }: JointProblem, weights: readonly number[]) {
    const users = items.map((_, item) => jointOf.filter((numbers) => numbers.includes(item)).length);
    this.#items = items.length;
    this.#parts = problems.map((problem, part) => {
      const own = jointOf[part]!.map((item) => weights[item]! / users[item]!);
      return { problem, jointOf: jointOf[part]!, weights: own, prices: PriceBound.startingAt(problem, own) };
    });
  }

  /** Divides anew so that the bound rises, as long as it does. `states` are those of the parts. */
  divide(states: readonly Int8Array[], times: number): void {
    let last = -Infinity;
    for (let round = 0; round < ROUNDS_AT_START; round += 1) {
      const found = this.#parts.map(({ prices, weights }, part) => prices.improve(states[part]!, weights, Infinity, times));
      const value = found.reduce((sum, one) => sum + one.value, 0);
      if (value <= last + 1e-6) break;
      last = value;
      this.#move(
        states,
        found.map(({ gains }) => gains),
      );
    }
  }

  improve(states: readonly Int8Array[], target: number, times: number): JointBound {
    const losses = new Float64Array(this.#items);
    const best = new Float64Array(this.#items).fill(-Infinity);
    let value = 0;
    for (const [index, { prices, problem, weights, jointOf }] of this.#parts.entries()) {
      const found = prices.improve(states[index]!, weights, target - value, times);
      value += found.value;
      const least = Float64Array.from(weights);
      for (const [source, { lacks }] of problem.sources.entries()) {
        const gain = found.gains[source]!;
        if (gain === -Infinity) continue;
        for (const options of lacks)
          for (const option of options) {
            least[option] = Math.min(least[option]!, Math.max(0, -gain));
            best[jointOf[option]!] = Math.max(best[jointOf[option]!]!, gain);
          }
      }
      for (const [item, loss] of least.entries()) losses[jointOf[item]!]! += loss;
    }
    return { value, losses, gains: best };
  }

  get prices(): Float64Array[] {
    return this.#parts.map(({ prices }) => prices.prices.slice());
  }

  set prices(prices: readonly Float64Array[]) {
    for (const [index, part] of this.#parts.entries()) part.prices.set(prices[index]!);
  }

  /** Who would not use an item even for less lets those pay that use it: by no more than leaves every source of theirs unused. */
  #move(states: readonly Int8Array[], gains: readonly Float64Array[]): void {
    const users: { part: Part; item: number; slack: number }[][] = Array.from({ length: this.#items }, () => []);
    for (const [index, part] of this.#parts.entries()) {
      const slack = new Float64Array(part.weights.length).fill(Infinity);
      for (const [source, { lacks }] of part.problem.sources.entries()) {
        if (gains[index]![source] === -Infinity) continue;
        const lacking = lacks.filter(({ length }) => length > 0);
        const each = Math.max(0, -gains[index]![source]!) / Math.max(1, lacking.length);
        for (const option of lacking.flat()) slack[option] = Math.min(slack[option]!, each);
      }
      for (const [item, one] of slack.entries()) if (states[index]![item] === UNDECIDED) users[part.jointOf[item]!]!.push({ part, item, slack: one });
    }
    for (const ofItem of users) {
      const wanting = ofItem.filter(({ slack }) => slack === 0);
      if (wanting.length === 0) continue;
      for (const { part, item, slack } of ofItem) {
        const moved = Math.min(slack, part.weights[item]!);
        part.weights[item]! -= moved;
        for (const wanted of wanting) wanted.part.weights[wanted.item]! += moved / wanting.length;
      }
    }
  }
}
