import { LEAST_ENTRIES, roomIn } from './list-size.ts';

/** A whole number from 0 up to but not including the bound, each as likely as the others and none to be foretold: `crypto.randomInt`. */
export type RandomBelow = (bound: number) => number;

// With three quarters taken, more than this many draws in vain happen once in a hundred million.
const DRAWS = 64;

/** Which indexes of a list somebody has: a bit each, the first the highest of its byte. */
export interface TakenIndexes {
  readonly bits: Uint8Array;
  /** How many of them are set. */
  readonly used: number;
  readonly length?: number;
}

const isTaken = (bits: Uint8Array, index: number): boolean => (bits[index >> 3]! & (128 >> (index & 7))) !== 0;

function unusedIndex(bits: Uint8Array, random: RandomBelow, length: number): number {
  let index = random(length);
  for (let draw = 1; draw < DRAWS && isTaken(bits, index); draw += 1) index = random(length);
  while (isTaken(bits, index)) index = (index + 1) % length;
  return index;
}

/**
 * Random indexes that nobody has, each once (Bitstring Status List 1.0 §2.1: so that nothing follows from a position), and the bits with them taken.
 * Only a unique key over list and index makes this hold between two that ask at the same time.
 * @throws RangeError when the list has no room for so many: begin another.
 */
export function unusedIndexes(
  count: number,
  { bits: before, used, length = LEAST_ENTRIES }: TakenIndexes,
  random: RandomBelow,
): { readonly indexes: readonly number[]; readonly bits: Uint8Array } {
  if (count > roomIn(used, length)) throw new RangeError(`The status list has room for ${roomIn(used, length)} more entries, not for ${count}.`);
  const bits = Uint8Array.from(before);
  const indexes = Array.from({ length: count }, () => {
    const index = unusedIndex(bits, random, length);
    bits[index >> 3]! |= 128 >> (index & 7);
    return index;
  });
  return { indexes, bits };
}
