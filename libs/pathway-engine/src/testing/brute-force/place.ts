import type { Completion } from '../../facts/completion.ts';
import type { Credential } from '../../facts/credential.ts';
import { monthsAfter, type Day } from '../../facts/day.ts';
import type { CredentialLeaf, Filter, Requirement } from '../../facts/requirement.ts';
import type { Piece } from './model.ts';

/** A piece that fits a place; with `candidate`, only when that one is planned. */
export interface Fit {
  readonly piece: number;
  readonly candidate?: number;
}

/** A requirement or a section, and the pieces that may fit it. */
export interface Place {
  readonly id: string;
  /** Absent for a section. */
  readonly requirement?: Requirement;
  readonly filter?: Filter;
  /** A COURSE or CRED, which takes one piece. */
  readonly isForOne: boolean;
  readonly fits: readonly Fit[];
}

type Spot = Omit<Place, 'fits'>;

/** Every requirement and section below a root, the root first. */
export function placesIn(requirement: Requirement): Spot[] {
  const { id, node } = requirement;
  const filter = 'from' in requirement ? requirement.from : undefined;
  const spot: Spot = { id, requirement, filter, isForOne: node === 'COURSE' || node === 'CRED' };
  switch (requirement.node) {
    case 'ALL':
    case 'ANY':
    case 'K_OF':
      return [spot, ...requirement.of.flatMap(placesIn)];
    case 'SECTIONS':
      return [spot, ...requirement.of.map((section): Spot => ({ id: section.id, filter: section.from, isForOne: false }))];
    case 'AT_MOST':
      return [spot, ...placesIn(requirement.within)];
    case 'IF':
      return [spot, ...placesIn(requirement.then), ...(requirement.otherwise ? placesIn(requirement.otherwise) : [])];
    default:
      return [spot];
  }
}

/** Whether all that a filter says holds of a piece. */
export function passes(filter: Filter, piece: Piece, unitOf: (id: string) => string): boolean {
  const units = filter.microCredentials?.map(unitOf);
  const checks = [
    !filter.subjects || filter.subjects.some((subject) => subject === piece.subject),
    filter.minLevel === undefined || (piece.level ?? -Infinity) >= filter.minLevel,
    filter.maxLevel === undefined || (piece.level ?? Infinity) <= filter.maxLevel,
    !filter.areas || filter.areas.some((area) => piece.areas?.includes(area)),
    !filter.courses || filter.courses.some((course) => course === piece.course),
    !units || (piece.direct !== undefined && units.includes(piece.units[0]!)),
    !filter.issuers || filter.issuers.includes(piece.issuer),
  ];
  return checks.every(Boolean);
}

function heldSuits({ grade, completedOn }: Completion, { minGrade, maxAgeMonths }: CredentialLeaf, asOf: Day): boolean {
  if (minGrade !== undefined && (grade === undefined || grade < minGrade)) return false;
  return maxAgeMonths === undefined || asOf <= monthsAfter(completedOn, maxAgeMonths);
}

/** How a piece fits a place, if it can. */
export function fitOf(piece: Piece, place: Spot, credential: Credential, asOf: Day, unitOf: (id: string) => string): Fit | undefined {
  const { requirement, filter } = place;
  const fit: Fit = { piece: piece.index };
  if (piece.waives !== undefined) return requirement?.id === piece.waives ? fit : undefined;
  if (requirement?.node === 'COURSE') return piece.course !== undefined && piece.course === requirement.course ? fit : undefined;
  if (requirement?.node === 'CRED') {
    if (!piece.direct || piece.units[0] !== unitOf(requirement.microCredential)) return undefined;
    if (piece.direct.held.some((completion) => heldSuits(completion, requirement, asOf))) return fit;
    return piece.direct.candidate === undefined ? undefined : { ...fit, candidate: piece.direct.candidate };
  }
  if (!filter || !passes(filter, piece, unitOf)) return undefined;
  const isForeign = piece.direct !== undefined && piece.issuer !== credential.institution;
  return isForeign && !filter.issuers && !filter.microCredentials ? undefined : fit;
}
