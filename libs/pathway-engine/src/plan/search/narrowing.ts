import { IN, LEFT_OUT, UNDECIDED } from '../bound/decisions.ts';
import type { CreditLosses } from '../bound/credit-bound.ts';
import type { Problem } from '../bound/problem.ts';

/** An item without which the bound holds, and with which it would rise by more than there is room for, is in no better plan. */
export function leaveOutTooDear({ sources }: Problem, state: Int8Array, weights: readonly number[], losses: ArrayLike<number>, room: number): void {
  const least = Float64Array.from(weights);
  for (const [source, { lacks }] of sources.entries()) {
    const loss = losses[source]!;
    for (const options of lacks) for (const option of options) if (loss < least[option]!) least[option] = loss;
  }
  for (let item = 0; item < least.length; item += 1) if (state[item] === UNDECIDED && least[item]! > room) state[item] = LEFT_OUT;
}

/** Where the bound would rise by more than there is room for if nothing of a group were used, what all of its sources lack is in every better plan. */
export function takeInNeeded({ sources }: Problem, state: Int8Array, { ofSources, ofGroups }: CreditLosses, room: number): void {
  for (const { loss, sources: group } of ofGroups) {
    if (loss <= room) continue;
    const usable = group.filter((source) => ofSources[source]! <= room);
    const [first, ...others] = usable.map((source) => new Set(sources[source]!.lacks.flatMap((options) => onlyOption(options, state))));
    for (const item of first ?? []) if (others.every((needed) => needed.has(item))) state[item] = IN;
  }
}

/** The item that fills a lacking thing, if it is not in yet and there is no other. */
function onlyOption(options: readonly number[], state: Int8Array): number[] {
  if (options.some((option) => state[option] === IN)) return [];
  const open = options.filter((option) => state[option] === UNDECIDED);
  return open.length === 1 ? open : [];
}

/** What the bound by prices loses when a source is used that does not gain. One that cannot be used loses everything. */
export const lossesAt = (gains: Float64Array): Float64Array => gains.map((gain) => (gain === -Infinity ? Infinity : Math.max(0, -gain)));

/** Of the source that gains most, the cheapest item that it lacks. */
export function mostWanted({ sources }: Problem, state: Int8Array, weights: readonly number[], gains: Float64Array): number | undefined {
  let best: number | undefined;
  let bestGain = -Infinity;
  for (const [source, { lacks }] of sources.entries()) {
    if (gains[source]! <= bestGain) continue;
    let item: number | undefined;
    for (const options of lacks) {
      if (options.some((option) => state[option] === IN)) continue;
      for (const option of options) if (state[option] === UNDECIDED && (item === undefined || weights[option]! < weights[item]!)) item = option;
    }
    if (item !== undefined) [best, bestGain] = [item, gains[source]!];
  }
  return best;
}
