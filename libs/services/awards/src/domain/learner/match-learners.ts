import type { IdentifierType } from './identifier.ts';

/** One record's claim about who its learner is. `fingerprint` is a keyed hash; the identifier itself is not here. */
export interface LearnerClaim {
  readonly claimId: string;
  /** Who the learner becomes if nobody is known under any of the identifiers. */
  readonly newLearnerRef: string;
  /** In the order in which they are believed. */
  readonly identifiers: readonly { readonly type: IdentifierType; readonly fingerprint: string }[];
}

/** Who holds which identifiers already. */
export interface KnownLearners {
  readonly ownerOf: ReadonlyMap<string, string>;
  readonly penOf: ReadonlyMap<string, string>;
}

export interface LearnerMatch {
  readonly learnerRef: string;
  /** An identifier of the record belongs to somebody else, and stays there. */
  readonly ambiguous: boolean;
}

export const nobody: KnownLearners = { ownerOf: new Map(), penOf: new Map() };

/**
 * Finds the learner of each claim, in order; a later claim sees what an earlier one added.
 * The first known identifier decides, unless its owner has another PEN than the claim: two PENs are never one person.
 * `ownerOf` holds the identifiers that were not known before.
 */
export function matchLearners(claims: readonly LearnerClaim[], known: KnownLearners): { matches: Map<string, LearnerMatch>; ownerOf: Map<string, string> } {
  const matches = new Map<string, LearnerMatch>();
  const ownerOf = new Map<string, string>();
  const pens = new Map<string, string>();
  const owner = (fingerprint: string) => known.ownerOf.get(fingerprint) ?? ownerOf.get(fingerprint);
  const penOf = (learner: string) => known.penOf.get(learner) ?? pens.get(learner);

  for (const { claimId, newLearnerRef, identifiers } of claims) {
    const claimedPen = identifiers.find(({ type }) => type === 'PEN')?.fingerprint;
    const mayBe = (learner: string) => !claimedPen || (penOf(learner) ?? claimedPen) === claimedPen;
    const owners = identifiers.map(({ fingerprint }) => owner(fingerprint));
    const learnerRef = owners.find((learner) => learner !== undefined && mayBe(learner)) ?? newLearnerRef;
    for (const { type, fingerprint } of identifiers) {
      if (owner(fingerprint) !== undefined) continue;
      ownerOf.set(fingerprint, learnerRef);
      if (type === 'PEN') pens.set(learnerRef, fingerprint);
    }
    matches.set(claimId, { learnerRef, ambiguous: owners.some((learner) => learner !== undefined && learner !== learnerRef) });
  }
  return { matches, ownerOf };
}
