import type { Facts, Situation, Source } from '../facts/facts.ts';
import type { Centicredits, Grade } from '../facts/measures.ts';
import type { Filter } from '../facts/requirement.ts';
import { bestOf, isUnexpired, termOf, type Proof } from './evidence.ts';
import type { Ground, Standing } from './standing.ts';

/** A piece of credit with all that places and limits ask about. */
export interface Piece {
  /** Tells pieces apart. */
  readonly name: string;
  /** The agreement or the micro-credential: what all pieces on one unit have to share. */
  readonly source: string;
  readonly units: readonly string[];
  readonly issuer: string;
  readonly credits: Centicredits;
  readonly subject?: string;
  readonly level?: number;
  readonly areas?: readonly string[];
  readonly course?: string;
  readonly waives?: string;
  readonly bucket?: string;
  readonly assessed: boolean;
  readonly grade?: Grade;
  readonly term?: string;
  /** A direct piece has its unexpired completions; a grant has none. */
  readonly direct?: readonly Proof[];
}

/** Why a source gives no piece. */
export type NoPiece = 'UNKNOWN_SOURCE' | 'DOES_NOT_APPLY' | 'DOES_NOT_WIN' | 'NOT_HELD';

function grantOf({ agreement, units, best }: Standing, at: number): Piece | NoPiece {
  const grant = agreement.grants[at];
  if (!grant) return 'UNKNOWN_SOURCE';
  const grades = best.map((proof) => proof.grade);
  return {
    ...grant,
    name: `grant ${at} of ${agreement.id}`,
    source: `agreement ${agreement.id}`,
    units,
    issuer: agreement.sender,
    bucket: agreement.capBucket,
    assessed: agreement.kind === 'PLAR',
    grade: grades.length > 0 && grades.every((grade) => grade !== undefined) ? Math.min(...grades) : undefined,
    term: best.length === 0 || best.some((proof) => proof.planned) ? undefined : termOf(Math.max(...best.map((proof) => proof.completedOn))),
  };
}

/** The piece of credit that a source gives on this ground, or why it gives none. */
export function pieceOf(source: Source, facts: Facts, situation: Situation, ground: Ground): Piece | NoPiece {
  if ('agreement' in source) {
    const isIt = ({ agreement }: Standing) => agreement.id === source.agreement;
    const winner = ground.winners.find(isIt);
    if (winner) return grantOf(winner, source.grant);
    if (ground.applying.some(isIt)) return 'DOES_NOT_WIN';
    return facts.agreements.some(({ id }) => id === source.agreement) ? 'DOES_NOT_APPLY' : 'UNKNOWN_SOURCE';
  }
  const known = facts.microCredentials.find(({ id }) => id === source.microCredential);
  if (!known) return 'UNKNOWN_SOURCE';
  const direct = ground.proofs.filter((proof) => proof.microCredential === known.id && isUnexpired(proof, situation.asOf));
  const best = bestOf(direct);
  if (!best) return 'NOT_HELD';
  const { issuer, credits, subject, level, areas } = known;
  const name = `micro-credential ${known.id}`;
  const units = [ground.unitOf(known.id)];
  return {
    name,
    source: name,
    units,
    issuer,
    credits,
    subject,
    level,
    areas,
    assessed: false,
    grade: best.grade,
    term: best.planned ? undefined : termOf(best.completedOn),
    direct,
  };
}

/** Whether everything that a filter says holds of a piece. */
export function takes(filter: Filter, piece: Piece, unitOf: (microCredential: string) => string): boolean {
  const { subjects, minLevel, maxLevel, areas, courses, microCredentials, issuers } = filter;
  if (subjects && (piece.subject === undefined || !subjects.includes(piece.subject))) return false;
  if (minLevel !== undefined && (piece.level === undefined || piece.level < minLevel)) return false;
  if (maxLevel !== undefined && (piece.level === undefined || piece.level > maxLevel)) return false;
  if (areas && !piece.areas?.some((area) => areas.includes(area))) return false;
  if (courses && (piece.course === undefined || !courses.includes(piece.course))) return false;
  if (microCredentials && !(piece.direct && microCredentials.some((id) => piece.units.includes(unitOf(id))))) return false;
  return !issuers || issuers.includes(piece.issuer);
}
