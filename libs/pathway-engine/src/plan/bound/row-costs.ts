import type { RowTree } from './rows.ts';

/** A tree over rows, numbered for arithmetic: what its cheapest way costs at given prices, and which rows lie on it. */
export class RowCosts {
  readonly #kinds: ('FREE' | 'ROW' | 'K_OF')[] = [];
  readonly #row: number[] = [];
  readonly #k: number[] = [];
  readonly #cost: Float64Array;
  readonly #order: number[][] = [];

  constructor(root: RowTree) {
    this.#number(root);
    this.#cost = new Float64Array(this.#kinds.length);
  }

  /** The cost of the cheapest way. Children stand after their parents, so one pass from the end does. */
  cheapest(prices: Float64Array): number {
    for (let node = this.#kinds.length - 1; node >= 0; node -= 1) {
      const kind = this.#kinds[node]!;
      this.#cost[node] = kind === 'ROW' ? prices[this.#row[node]!]! : kind === 'FREE' ? 0 : this.#least(node);
    }
    return this.#cost[0]!;
  }

  /** Adds one to each row on the way that `cheapest` found last. */
  mark(rows: Float64Array, node = 0): void {
    const kind = this.#kinds[node]!;
    if (kind === 'ROW') rows[this.#row[node]!]! += 1;
    if (kind !== 'K_OF') return;
    const children = this.#order[node]!;
    const k = Math.min(this.#k[node]!, children.length);
    for (let index = 0; index < k; index += 1) this.mark(rows, children[index]!);
  }

  /** The sum of the k cheapest children, which it puts in front. */
  #least(node: number): number {
    const order = this.#order[node]!;
    const k = Math.min(this.#k[node]!, order.length);
    if (k < order.length) order.sort((a, b) => this.#cost[a]! - this.#cost[b]! || a - b);
    let sum = 0;
    for (let index = 0; index < k; index += 1) sum += this.#cost[order[index]!]!;
    return sum;
  }

  #number(tree: RowTree): number {
    const node = this.#kinds.push(tree.kind) - 1;
    this.#row.push(tree.kind === 'ROW' ? tree.row : -1);
    this.#k.push(tree.kind === 'K_OF' ? tree.k : 0);
    this.#order.push([]);
    if (tree.kind === 'K_OF') this.#order[node] = tree.of.map((child) => this.#number(child));
    return node;
  }
}
