import type { Placement } from '../../facts/facts.ts';
import { assignmentSearch, gaveUp } from './assignment-search.ts';
import type { Model } from './model.ts';
import { piecesAtMostWith, piecesWith } from './pieces-there.ts';
import { prerequisiteGroups } from './plan-terms.ts';

/** A set of candidates: the bit of each is its index. */
export type CandidateSet = number;

/** How long to look for a no that is sure; without one, there may be a plan. */
const STEPS = 100;

/** Questions about sets of candidates. */
export interface PlanTest {
  /** An assignment that makes the set a plan, as far as prerequisites and the certificate go. */
  readonly assignmentOf: (set: CandidateSet) => readonly Placement[] | undefined;
  /** Whether a plan could lie within the set. Only a no is sure. */
  readonly mayHoldPlan: (set: CandidateSet) => boolean;
}

/** The candidates in a set that an assignment rests on: with them, the same assignment is possible again where no conflict counts. */
function neededBy(placements: readonly Placement[], model: Model, set: CandidateSet): CandidateSet {
  let needed = 0;
  const need = (candidates: readonly number[]) => {
    if (!candidates.some((each) => needed & (1 << each))) needed |= 1 << candidates.find((each) => set & (1 << each))!;
  };
  for (const { source, place } of placements) {
    if ('agreement' in source) {
      const { things } = model.offers.find(({ agreement }) => agreement.id === source.agreement)!;
      for (const thing of things) if (!thing.held) need(thing.candidates);
      continue;
    }
    const { piece, held, candidate } = model.directs.find((each) => each.piece.direct!.microCredential === source.microCredential)!;
    const fit = model.places.find(({ id }) => id === place)!.fits.find((each) => each.piece === piece.index)!;
    if (!held || fit.candidate !== undefined) need([candidate!]);
  }
  return needed;
}

/** Prepares the questions. What was answered once is kept: a set within one that cannot hold a plan cannot, and one around one that can, can. */
export function planTestOf(model: Model, forced: CandidateSet): PlanTest {
  const search = assignmentSearch(model);
  const groups = prerequisiteGroups(model);
  const piecesAtMost = piecesAtMostWith(model);
  const toPlanned = (set: CandidateSet) => model.candidates.map((_candidate, index) => (set & (1 << index)) !== 0);
  const answers = new Map<string, readonly Placement[] | undefined>();
  const enough: CandidateSet[] = [];
  const tooLittle: CandidateSet[] = [];

  const findWith = (set: CandidateSet): CandidateSet | undefined => {
    const planned = toPlanned(set);
    const found = search.findWithin(STEPS, search.pairsWith(piecesAtMost(planned), planned), true);
    return found === gaveUp ? set : found && neededBy(found, model, set);
  };

  const isLacking = (index: number, set: CandidateSet) => groups[index]!.some((group) => !group.held && !group.candidates.some((each) => set & (1 << each)));

  /** The largest set within one that has all its prerequisites. */
  const withPrerequisites = (set: CandidateSet): CandidateSet => {
    const lacking = model.candidates.findIndex((_candidate, index) => (set & (1 << index)) !== 0 && isLacking(index, set));
    return lacking < 0 ? set : withPrerequisites(set & ~(1 << lacking));
  };

  const mayHoldPlan = (whole: CandidateSet): boolean => {
    const set = withPrerequisites(whole);
    if ((forced & set) !== forced) return false;
    if (enough.some((each) => (each & set) === each)) return true;
    if (tooLittle.some((each) => (each & set) === set)) return false;
    const needed = findWith(set);
    if (needed === undefined) tooLittle.unshift(set);
    else enough.unshift(needed);
    return needed !== undefined;
  };

  const assignmentOf = (set: CandidateSet): readonly Placement[] | undefined => {
    if (withPrerequisites(set) !== set) return undefined;
    const planned = toPlanned(set);
    const pairs = search.pairsWith(piecesWith(model, planned), planned);
    const name = pairs.map(Number).join('');
    if (!answers.has(name)) answers.set(name, search.find(pairs, true));
    return answers.get(name);
  };

  return { assignmentOf, mayHoldPlan };
}
