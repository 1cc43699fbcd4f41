import { LEAST_ENTRIES, roomIn } from './list-size.ts';

/** A whole number from 0 up to but not including the bound, each as likely as the others and none to be foretold: `crypto.randomInt`. */
export type RandomBelow = (bound: number) => number;

// With three quarters taken, more than this many draws in vain happen once in a hundred million.
const DRAWS = 64;

function unusedIndex(taken: ReadonlySet<number>, random: RandomBelow, length: number): number {
  let index = random(length);
  for (let draw = 1; draw < DRAWS && taken.has(index); draw += 1) index = random(length);
  while (taken.has(index)) index = (index + 1) % length;
  return index;
}

/**
 * Random indexes that nobody has, each once (Bitstring Status List 1.0 §2.1: so that nothing follows from a position).
 * Only a unique key over list and index makes this hold between two that ask at the same time.
 * @throws RangeError when the list has no room for so many: begin another.
 */
export function unusedIndexes(count: number, used: ReadonlySet<number>, random: RandomBelow, length: number = LEAST_ENTRIES): number[] {
  if (count > roomIn(used.size, length)) throw new RangeError(`The status list has room for ${roomIn(used.size, length)} more entries, not for ${count}.`);
  const taken = new Set(used);
  return Array.from({ length: count }, () => {
    const index = unusedIndex(taken, random, length);
    taken.add(index);
    return index;
  });
}
