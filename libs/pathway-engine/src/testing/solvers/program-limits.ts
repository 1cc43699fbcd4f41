import type { Limit } from '../../facts/credential.ts';
import { names, type Draft, type Terms } from './integer-program.ts';
import { capsOf, isCounted } from '../brute-force/measure.ts';
import type { Piece } from '../brute-force/model.ts';

const creditOf = (pieces: readonly Piece[], sign: 1 | -1): Terms => pieces.map(({ index, credits }) => [names.hasPlace(index), sign * credits]);

const greatestDivisor = (a: number, b: number): number => (b === 0 ? Math.abs(a) : greatestDivisor(b, a % b));

/** Points above and below the average that is asked for; divided by what divides them all, as solvers like small numbers. */
function addGpa({ atLeast }: Draft, pieces: readonly Piece[], min: number): void {
  const graded = pieces.flatMap(({ index, grade, credits }) => (grade === undefined ? [] : [[names.hasPlace(index), credits * (grade - min)] as const]));
  const divisor = graded.reduce((all, [, points]) => greatestDivisor(all, points), 0) || 1;
  atLeast(0, graded.map(([variable, points]) => [variable, points / divisor])); // prettier-ignore
}

function addCredit({ model, number, atLeast, atMost }: Draft, pieces: readonly Piece[], limit: Exclude<Limit, { limit: 'GPA' | 'CAP' }>, at: number): void {
  const { limits = [], institution } = model.credential;
  const caps = capsOf(limits);
  const counted = pieces.filter((piece) => isCounted(limit, piece, institution));
  const isCapped = ({ bucket }: Piece) => bucket !== undefined && caps.has(bucket);
  const free = creditOf(counted.filter((piece) => !isCapped(piece)), 1); // prettier-ignore
  const buckets = [...Map.groupBy(counted.filter(isCapped), ({ bucket }) => bucket!)].map(([bucket, within], index) => {
    const credit = number(`l${at}_${index}`);
    atMost(caps.get(bucket)!, [[credit, 1]]);
    atMost(0, [[credit, 1], ...creditOf(within, -1)]);
    return [credit, 1] as const;
  });
  atLeast(limit.min, [...free, ...buckets]);
}

/** Adds the credential's limits over all pieces that have a place. */
export function addLimits(draft: Draft): void {
  const pieces = [...new Set(draft.pairs.all.map(({ piece }) => piece))];
  draft.model.credential.limits?.forEach((limit, at) => {
    if (limit.limit === 'GPA') addGpa(draft, pieces, limit.min);
    else if (limit.limit !== 'CAP') addCredit(draft, pieces, limit, at);
  });
}
