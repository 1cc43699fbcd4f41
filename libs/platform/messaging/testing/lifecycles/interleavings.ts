import fc from 'fast-check';
import type { Kind, Step } from './contract.ts';

/** The life of one award as its institution tells it: what it sends, in which order, and where the award then stands. */
interface Life {
  readonly revisions: number;
  readonly ends: 'revoke' | 'amend';
  /** A revision that never comes; whatever stands behind it waits. */
  readonly missing: number | undefined;
  /** A rank for each time that a revision is sent; at least once each. */
  readonly ranks: readonly (readonly number[])[];
}

/** Some awards whose records are sent in one mixed order. */
export interface Interleaving {
  readonly sends: readonly Step[];
  /** The last revision that each award can reach, and what it says. */
  readonly expected: readonly Step[];
}

const kindOf = ({ revisions, ends }: Life, revision: number): Kind => (revision === 1 ? 'submit' : revision === revisions ? ends : 'amend');

const life: fc.Arbitrary<Life> = fc.integer({ min: 1, max: 5 }).chain((revisions) =>
  fc.record({
    revisions: fc.constant(revisions),
    ends: fc.constantFrom('revoke' as const, 'amend' as const),
    missing: fc.option(fc.integer({ min: 1, max: revisions }), { freq: 6, nil: undefined }),
    ranks: fc.array(fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 3 }), { minLength: revisions, maxLength: revisions }),
  }),
);

function interleavingOf(lives: readonly Life[]): Interleaving {
  const ranked = lives.flatMap((one, index) =>
    one.ranks.flatMap((ranks, before) => {
      const revision = before + 1;
      if (revision === one.missing) return [];
      return ranks.map((rank) => ({ rank, step: { award: `${index}`, revision, kind: kindOf(one, revision) } }));
    }),
  );
  const expected = lives.flatMap((one, index) => {
    const revision = (one.missing ?? one.revisions + 1) - 1;
    return revision === 0 ? [] : [{ award: `${index}`, revision, kind: kindOf(one, revision) }];
  });
  return { sends: ranked.sort((a, b) => a.rank - b.rank).map(({ step }) => step), expected };
}

export const interleaving: fc.Arbitrary<Interleaving> = fc.array(life, { minLength: 1, maxLength: 4 }).map(interleavingOf);
