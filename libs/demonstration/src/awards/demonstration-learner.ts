import type { PlannedAward } from './award-plan.ts';

const penOf = ({ submit }: PlannedAward): string | undefined => submit.learner.identifiers.find(({ type }) => type === 'PEN')?.value;

/**
 * The PEN of the learner whom the role `learner` of the development sign-in stands for: of those with a revoked award the one with awards of the
 * most institutions, then the most awards, then the lowest PEN. Undefined when there is nobody like that.
 */
export function demonstrationLearner(awards: readonly PlannedAward[]): string | undefined {
  const byPen = Map.groupBy(awards, (award) => penOf(award) ?? '');
  byPen.delete('');
  const candidates = [...byPen].flatMap(([pen, own]) =>
    own.some(({ revoke }) => revoke) ? [{ pen, institutions: new Set(own.map(({ institution }) => institution)).size, awards: own.length }] : [],
  );
  candidates.sort((one, other) => other.institutions - one.institutions || other.awards - one.awards || (one.pen < other.pen ? -1 : 1));
  return candidates[0]?.pen;
}
