import { alikeInstance } from './alike-instances.ts';
import type { Instance } from './instance.ts';
import { randomInstance } from './random-instances.ts';

/** Of a hundred instances so many have up to 12 micro-credentials that may be planned, up to 16, up to 22. */
const SIZES = [
  { share: 90, from: 4, upTo: 12 },
  { share: 9, from: 13, upTo: 16 },
  { share: 1, from: 17, upTo: 22 },
];

function candidatesAt(index: number): number {
  let place = index % 100;
  for (const { share, from, upTo } of SIZES) {
    if (place < share) return from + ((Math.floor(index / 100) + place) % (upTo - from + 1));
    place -= share;
  }
  throw new RangeError('The shares are not a hundred.');
}

/** One of a long row of instances, with its size class. */
export interface Mixed {
  readonly instance: Instance;
  readonly seed: number;
  readonly candidates: number;
  readonly upTo: number;
}

/** Random instances over everything that facts can say and, in turn, ones whose micro-credentials are much alike, in the sizes above. */
export function mixedInstance(index: number): Mixed {
  const [seed, candidates] = [1_000_000 + index, candidatesAt(index)];
  const { upTo } = SIZES.find((size) => candidates <= size.upTo)!;
  const instance = (seed % 2 === 0 ? randomInstance : alikeInstance)(seed, { candidates });
  return { instance, seed, candidates, upTo };
}
