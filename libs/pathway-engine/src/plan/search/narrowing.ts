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
