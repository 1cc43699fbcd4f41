import type { Filter } from '../facts/requirement.ts';

/** What filters ask about: a grant of an agreement, or a micro-credential itself. */
export interface Described {
  readonly subject?: string;
  readonly level?: number;
  readonly areas?: readonly string[];
  readonly course?: string;
  /** Units of the micro-credential itself; absent for what an agreement grants. */
  readonly directUnit?: string;
  readonly issuer: string;
}

const among = (asked: readonly string[] | undefined, value: string | undefined): boolean =>
  asked === undefined || (value !== undefined && asked.includes(value));

/** Whether a leaf with this filter takes a piece: what comes directly from elsewhere it takes only when it names it. */
export function takes(filter: Filter, piece: Described, institution: string, unitOf: (microCredential: string) => string): boolean {
  if (piece.directUnit !== undefined && piece.issuer !== institution && !filter.issuers && !filter.microCredentials) return false;
  return matches(filter, piece, unitOf);
}

/** Whether everything holds that a filter says. `unitOf` gives the unit of a micro-credential that it names. */
export function matches(filter: Filter, piece: Described, unitOf: (microCredential: string) => string): boolean {
  if (!among(filter.subjects, piece.subject) || !among(filter.courses, piece.course) || !among(filter.issuers, piece.issuer)) return false;
  if (filter.areas && !piece.areas?.some((area) => filter.areas!.includes(area))) return false;
  if (filter.minLevel !== undefined && !(piece.level !== undefined && piece.level >= filter.minLevel)) return false;
  if (filter.maxLevel !== undefined && !(piece.level !== undefined && piece.level <= filter.maxLevel)) return false;
  return !filter.microCredentials || (piece.directUnit !== undefined && filter.microCredentials.some((id) => unitOf(id) === piece.directUnit));
}
