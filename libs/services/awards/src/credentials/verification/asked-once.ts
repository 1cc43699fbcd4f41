/** Answers that are asked for once, one by one as they are needed or many together beforehand. For questions that belong together: it forgets nothing. */
export class AskedOnce<Value> {
  readonly #load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
  readonly #answers = new Map<string, Promise<Value | undefined>>();

  constructor(load: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>) {
    this.#load = load;
  }

  /** Undefined for what there is not. */
  get(key: string): Promise<Value | undefined> {
    const answer = this.#answers.get(key) ?? this.#load([key]).then((found) => found.get(key));
    this.#answers.set(key, answer);
    return answer;
  }

  async prepare(keys: Iterable<string>): Promise<void> {
    const unknown = [...new Set(keys)].filter((key) => !this.#answers.has(key));
    if (unknown.length === 0) return;
    const found = await this.#load(unknown);
    for (const key of unknown) this.#answers.set(key, Promise.resolve(found.get(key)));
  }
}
