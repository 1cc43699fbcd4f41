import type { Credential, Limit } from '../facts/credential.ts';
import type { AtMost, CountLeaf, CreditsLeaf, DistinctLeaf, Requirement, Sections } from '../facts/requirement.ts';
import { takes, type Piece } from './piece.ts';

/** What a requirement, a section or a limit asks for, and how much of it there is. */
export interface Value {
  readonly met: boolean;
  readonly have: number;
  readonly need: number;
}

/** What was placed, and what the tally must know beside it. */
export interface Placed {
  readonly at: (place: string) => readonly Piece[];
  readonly declares: readonly string[];
  readonly unitOf: (microCredential: string) => string;
  /** Whether MANUAL counts as met. */
  readonly manual: boolean;
}

type Values = Record<string, Value>;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const creditOf = (pieces: readonly Piece[]): number => sum(pieces.map((piece) => piece.credits));

function counted(leaf: CreditsLeaf | CountLeaf, ceilings: readonly AtMost[], { at, unitOf }: Placed): number {
  const worth = (pieces: readonly Piece[]) => (leaf.node === 'CREDITS' ? creditOf(pieces) : pieces.length);
  const byCeiling = Map.groupBy(at(leaf.id), (piece) => ceilings.findLast((ceiling) => takes(ceiling.of, piece, unitOf)));
  return sum([...byCeiling].map(([ceiling, pieces]) => Math.min(ceiling?.max ?? Infinity, worth(pieces))));
}

function different({ id, by }: DistinctLeaf, { at }: Placed): number {
  const valuesOf = (piece: Piece): readonly (string | undefined)[] => (by === 'AREA' ? (piece.areas ?? []) : [by === 'SUBJECT' ? piece.subject : piece.term]);
  return new Set(
    at(id)
      .flatMap(valuesOf)
      .filter((value) => value !== undefined),
  ).size;
}

function ofSections({ min, most, each, total, of }: Sections, { at }: Placed, values: Values): Value {
  const sizes = of.map((section) => creditOf(at(section.id)));
  of.forEach((section, index) => (values[section.id] = { met: sizes[index]! >= each, have: sizes[index]!, need: each }));
  const have = sum(sizes.toSorted((a, b) => b - a).slice(0, most));
  return { met: sizes.filter((size) => size >= each).length >= min && have >= total, have, need: total };
}

const reach = (have: number, need: number): Value => ({ met: have >= need, have, need });

function byKind(requirement: Requirement, placed: Placed, values: Values, ceilings: readonly AtMost[]): Value {
  const metOf = (of: readonly Requirement[]) => of.filter((child) => tallyTree(child, placed, values).met).length;
  switch (requirement.node) {
    case 'COURSE':
    case 'CRED':
      return reach(placed.at(requirement.id).length, 1);
    case 'CREDITS':
    case 'COUNT':
      return reach(counted(requirement, ceilings, placed), requirement.min);
    case 'DISTINCT':
      return reach(different(requirement, placed), requirement.min);
    case 'MANUAL':
      return reach(placed.manual ? 1 : 0, 1);
    case 'ALL':
      return reach(metOf(requirement.of), requirement.of.length);
    case 'ANY':
      return reach(metOf(requirement.of), 1);
    case 'K_OF':
      return reach(metOf(requirement.of), requirement.k);
    case 'SECTIONS':
      return ofSections(requirement, placed, values);
    case 'AT_MOST':
      return tallyTree(requirement.within, placed, values, [...ceilings, requirement]);
    case 'IF': {
      const [yes, no] = [tallyTree(requirement.then, placed, values), requirement.otherwise && tallyTree(requirement.otherwise, placed, values)];
      return placed.declares.includes(requirement.declares) ? yes : (no ?? reach(0, 0));
    }
  }
}

/** Measures a requirement and all below it into `values`, by id. */
export function tallyTree(requirement: Requirement, placed: Placed, values: Values, ceilings: readonly AtMost[] = []): Value {
  const value = byKind(requirement, placed, values, ceilings);
  const waived = placed.at(requirement.id).some((piece) => piece.waives === requirement.id);
  return (values[requirement.id] = waived ? { ...value, met: true } : value);
}

function capped(pieces: readonly Piece[], limits: readonly Limit[]): number {
  const maxOf = (bucket: string | undefined) => Math.min(...limits.flatMap((limit) => (limit.limit === 'CAP' && limit.bucket === bucket ? [limit.max] : [])));
  return sum([...Map.groupBy(pieces, (piece) => piece.bucket)].map(([bucket, within]) => Math.min(maxOf(bucket), creditOf(within))));
}

/** Credit in all, and credit earned at the institution itself, both as far as caps let it count. */
export function creditsOf(pieces: readonly Piece[], { institution, limits = [] }: Credential): { readonly total: number; readonly resident: number } {
  const ownOnes = pieces.filter((piece) => piece.issuer === institution && !piece.assessed);
  return { total: capped(pieces, limits), resident: capped(ownOnes, limits) };
}

/** Measures the limits of a credential against the pieces that have a place, by the limits' ids. */
export function tallyLimits(pieces: readonly Piece[], credential: Credential): Readonly<Record<string, Value>> {
  const { limits = [] } = credential;
  const { total, resident } = creditsOf(pieces, credential);
  const valueOf = (limit: Limit): Value => {
    if (limit.limit === 'TOTAL') return reach(total, limit.min);
    if (limit.limit === 'RESIDENCY') return reach(resident, limit.min);
    if (limit.limit === 'LEVEL')
      return reach(
        capped(
          pieces.filter(({ level }) => level !== undefined && level >= limit.level),
          limits,
        ),
        limit.min,
      );
    if (limit.limit === 'GPA') return reach(sum(pieces.map(({ credits, grade }) => (grade === undefined ? 0 : credits * (grade - limit.min)))), 0);
    return { met: true, have: creditOf(pieces.filter(({ bucket }) => bucket === limit.bucket)), need: 0 };
  };
  return Object.fromEntries(limits.map((limit) => [limit.id, valueOf(limit)]));
}
