/** One way to use a group: how many steps it gives to the first and to the second row, and what it costs. */
export interface Choice {
  readonly first: number;
  readonly second: number;
  readonly cost: number;
}

/** Groups of choices, of each of which one or none is made: what it costs at least to fill two rows with them, and how. */
export class CreditTable {
  readonly first: number;
  readonly second: number;
  readonly #width: number;
  readonly #size: number;
  readonly #need: number;
  #forward = new Float64Array(0);
  #backward = new Float64Array(0);
  #groups: readonly (readonly Choice[])[] = [];

  /** Rows of which so many steps are asked for. */
  constructor(first: number, second: number) {
    this.first = first;
    this.second = second;
    this.#width = second + 1;
    this.#size = (first + 1) * this.#width;
    this.#need = this.#size - 1;
  }

  /** The least that choices cost which together give what is asked for; Infinity when none do. */
  least(groups: readonly (readonly Choice[])[]): number {
    this.#groups = groups;
    const length = (groups.length + 1) * this.#size;
    if (this.#forward.length < length) [this.#forward, this.#backward] = [new Float64Array(length), new Float64Array(length)];
    this.#forward.fill(Infinity, 0, this.#size);
    this.#forward[0] = 0;
    const reach = { first: 0, second: 0 };
    for (let group = 0; group < groups.length; group += 1) this.#add(this.#forward, group, group + 1, groups[group]!, reach);
    return this.value;
  }

  /** What `least` found last. */
  get value(): number {
    return this.#forward[this.#groups.length * this.#size + this.#need]!;
  }

  /** For each group the number of its choice where the least is reached, -1 for none. Only where it is not Infinity. */
  chosen(): Int32Array {
    const into = new Int32Array(this.#groups.length);
    let at = this.#need;
    for (let group = this.#groups.length - 1; group >= 0; group -= 1) {
      const [before, after] = [group * this.#size, (group + 1) * this.#size];
      const value = this.#forward[after + at]!;
      into[group] = -1;
      if (this.#forward[before + at]! <= value) continue;
      for (const [number, choice] of this.#groups[group]!.entries()) {
        const from = this.#from(at, choice);
        if (this.#forward[before + from]! + choice.cost > value) continue;
        into[group] = number;
        at = from;
        break;
      }
    }
    return into;
  }

  /** Makes ready for `valueWith`. */
  readBackwards(): void {
    const count = this.#groups.length;
    this.#backward.fill(Infinity, count * this.#size, (count + 1) * this.#size);
    this.#backward[count * this.#size] = 0;
    const reach = { first: 0, second: 0 };
    for (let group = count - 1; group >= 0; group -= 1) this.#add(this.#backward, group + 1, group, this.#groups[group]!, reach);
  }

  /** The least when this choice of a group is made; without a choice, when none of the group is. */
  valueWith(group: number, choice?: Choice): number {
    const [before, after] = [group * this.#size, (group + 1) * this.#size];
    const open = choice ? this.#from(this.#need, choice) : this.#need;
    const [rows, columns] = [Math.floor(open / this.#width), open % this.#width];
    let least = Infinity;
    for (let row = 0; row <= rows; row += 1) {
      const forward = before + row * this.#width;
      const backward = after + (rows - row) * this.#width + columns;
      for (let column = 0; column <= columns; column += 1) {
        const sum = this.#forward[forward + column]! + this.#backward[backward - column]!;
        if (sum < least) least = sum;
      }
    }
    return least + (choice?.cost ?? 0);
  }

  /** What is still asked for beside a choice. */
  #from(at: number, { first, second }: Choice): number {
    const row = Math.max(0, Math.floor(at / this.#width) - first);
    return row * this.#width + Math.max(0, (at % this.#width) - second);
  }

  /** Adds a group to a table. `reach`: how much of each row the groups before it give at most together; beyond that nothing is filled yet. */
  #add(table: Float64Array, from: number, into: number, group: readonly Choice[], reach: { first: number; second: number }): void {
    const [before, after, width] = [from * this.#size, into * this.#size, this.#width];
    table.copyWithin(after, before, before + this.#size);
    for (const { first, second, cost } of group) {
      // What gives nothing and saves nothing changes nothing.
      if (first === 0 && second === 0 && cost >= 0) continue;
      const rows = Math.min(this.first, reach.first + first);
      const columns = Math.min(this.second, reach.second + second);
      const shift = Math.min(second, width);
      for (let row = 0; row <= rows; row += 1) {
        const source = before + (row > first ? row - first : 0) * width;
        const target = after + row * width;
        const least = table[source]! + cost;
        for (let at = target; at < target + shift; at += 1) if (least < table[at]!) table[at] = least;
        for (let column = shift; column <= columns; column += 1) {
          const sum = table[source + column - shift]! + cost;
          if (sum < table[target + column]!) table[target + column] = sum;
        }
      }
    }
    reach.first += group.reduce((most, { first }) => Math.max(most, first), 0);
    reach.second += group.reduce((most, { second }) => Math.max(most, second), 0);
  }
}
