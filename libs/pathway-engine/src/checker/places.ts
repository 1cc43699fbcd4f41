import type { Credential } from '../facts/credential.ts';
import type { Day } from '../facts/day.ts';
import type { Filter, Requirement } from '../facts/requirement.ts';
import { hasGrade, isYoung } from './evidence.ts';
import { takes, type Piece } from './piece.ts';
import type { Ground } from './standing.ts';

/** Somewhere credit can go: a requirement, or a section of one. */
export type Place = Requirement | { readonly node: 'SECTION'; readonly id: string; readonly from: Filter };

/** All requirements of a tree, from the root down. */
export function requirementsOf(root: Requirement): readonly Requirement[] {
  if (root.node === 'ALL' || root.node === 'ANY' || root.node === 'K_OF') return [root, ...root.of.flatMap(requirementsOf)];
  if (root.node === 'AT_MOST') return [root, ...requirementsOf(root.within)];
  if (root.node === 'IF') return [root, ...requirementsOf(root.then), ...(root.otherwise ? requirementsOf(root.otherwise) : [])];
  return [root];
}

/** Every place of a credential by its id. */
export function placesOf({ requirement }: Credential): ReadonlyMap<string, Place> {
  const all = requirementsOf(requirement).flatMap((each): Place[] =>
    each.node === 'SECTIONS' ? [each, ...each.of.map(({ id, from }) => ({ node: 'SECTION' as const, id, from }))] : [each],
  );
  return new Map(all.map((place) => [place.id, place]));
}

/** Whether a piece may go to a place of a credential, were it the only one. */
export function fits(piece: Piece, place: Place, credential: Credential, ground: Ground, asOf: Day): boolean {
  if (piece.waives !== undefined) return place.node !== 'SECTION' && place.id === piece.waives;
  if (place.node === 'COURSE') return piece.course === place.course;
  if (place.node === 'CRED') {
    const isOne = piece.units.includes(ground.unitOf(place.microCredential));
    return isOne && (piece.direct ?? []).some((proof) => hasGrade(proof, place.minGrade) && isYoung(proof, asOf, place.maxAgeMonths));
  }
  if (!('from' in place)) return false;
  const isOurs = !piece.direct || piece.issuer === credential.institution || place.from.issuers !== undefined || place.from.microCredentials !== undefined;
  return isOurs && takes(place.from, piece, ground.unitOf);
}
