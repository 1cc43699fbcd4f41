interface Waiting {
  readonly asker: string;
  readonly take: () => Promise<void>;
}

/**
 * One thing after the other, for many askers: whoever has had the fewest turns since nobody waited comes next, in the order of asking among equals. So
 * one who asks for much makes others wait for one turn of theirs, not for all.
 */
export class FairTurns {
  readonly #waiting: Waiting[] = [];
  readonly #turns = new Map<string, number>();
  #going = false;

  /** How many wait, with the one whose turn it is; of one asker, or of all. */
  waiting(asker?: string): number {
    return this.#waiting.filter((one) => asker === undefined || one.asker === asker).length;
  }

  /** What `work` gives, once it was this asker's turn. */
  take<T>(asker: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ asker, take: () => Promise.resolve().then(work).then(resolve, reject) });
      if (!this.#going) void this.#go();
    });
  }

  async #go(): Promise<void> {
    this.#going = true;
    for (let next = this.#next(); next; next = this.#next()) {
      this.#turns.set(next.asker, this.#turnsOf(next) + 1);
      await next.take();
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
    }
    this.#turns.clear();
    this.#going = false;
  }

  #next(): Waiting | undefined {
    const fewest = Math.min(...this.#waiting.map((one) => this.#turnsOf(one)));
    return this.#waiting.find((one) => this.#turnsOf(one) === fewest);
  }

  #turnsOf({ asker }: Waiting): number {
    return this.#turns.get(asker) ?? 0;
  }
}
