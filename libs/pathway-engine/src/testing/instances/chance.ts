/** Chance that gives the same again for the same seed. */
export interface Chance {
  /** From 0 up to, but without, 1. */
  readonly next: () => number;
  /** An integer from `min` to `max`, both included. */
  readonly between: (min: number, max: number) => number;
  /** Whether something of this probability happens. */
  readonly is: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  /** Up to so many different ones, in a shuffled order. */
  readonly some: <T>(from: readonly T[], number: number) => T[];
}

/** Chance from a seed, by the mulberry32 generator. */
export function chanceOf(seed: number): Chance {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  const some = <T>(from: readonly T[], number: number): T[] => {
    const rest = [...from];
    const taken: T[] = [];
    while (rest.length > 0 && taken.length < number) taken.push(...rest.splice(between(0, rest.length - 1), 1));
    return taken;
  };
  return { next, between, is: (probability) => next() < probability, pick: (from) => from[between(0, from.length - 1)]!, some };
}
