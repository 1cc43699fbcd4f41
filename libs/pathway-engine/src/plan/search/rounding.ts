import { IN, UNDECIDED } from '../bound/decisions.ts';
import type { Selection } from './selection.ts';

/** So many steps an audit may take where a wrong no costs only time. */
const HASTY = 60;

/**
 * A plan to begin with: what gains most at the prices goes in until it is one; then what is not needed goes out again, the dearest first. No plan
 * has less than `least`, so nothing goes out that would leave less. Gives the numbers of its items, or undefined when none was found up to `most`.
 * The selection is afterwards as it was.
 */
export function roundedPlan(
  selection: Selection,
  gains: Float64Array,
  { least, most }: { readonly least: number; readonly most: number },
  isOver: () => boolean,
): number[] | undefined {
  const before = selection.state.slice();
  const { weights } = selection.goal;
  const isGood = (): boolean =>
    selection.sum <= most && selection.isWithinCeilings && !selection.lackingPrerequisite && selection.couldBeEnough && selection.isPlan(HASTY);
  let [taken, look] = [0, 1];
  for (const source of byGain(gains)) {
    if (isOver()) break;
    if (selection.isThere(source)) continue;
    takeIn(selection, source);
    if ((taken += 1) < look || !selection.couldBeEnough) continue;
    if (isGood()) break;
    // The further it is from a plan, the more goes in before the next look: what is too much goes out again.
    look = taken + Math.ceil(taken / 4);
  }
  let plan: number[] | undefined;
  if (isGood()) {
    for (const item of selection.chosen.sort((a, b) => weights[b]! - weights[a]!)) {
      if (before[item] === IN || selection.sum - Math.max(weights[item]!, 1) < least || isOver()) continue;
      selection.state[item] = UNDECIDED;
      if (!isGood()) selection.state[item] = IN;
    }
    plan = selection.chosen;
  }
  selection.state.set(before);
  return plan;
}

const byGain = (gains: Float64Array): number[] => [...gains.keys()].filter((source) => gains[source]! > -Infinity).sort((a, b) => gains[b]! - gains[a]!);

/** Takes in what a source lacks, the cheapest option of each thing, with what these ask for before. */
function takeIn(selection: Selection, source: number): void {
  for (const options of selection.problem.sources[source]!.lacks) if (options.length > 0) takeOneOf(selection, options);
  for (let lacking = selection.lackingPrerequisite; lacking && lacking !== 'NEVER'; lacking = selection.lackingPrerequisite) takeOneOf(selection, lacking);
}

function takeOneOf({ state, goal }: Selection, options: readonly number[]): void {
  if (options.some((option) => state[option] === IN)) return;
  const open = options.filter((option) => state[option] === UNDECIDED);
  if (open.length > 0) state[open.reduce((best, option) => (goal.weights[option]! < goal.weights[best]! ? option : best))] = IN;
}
