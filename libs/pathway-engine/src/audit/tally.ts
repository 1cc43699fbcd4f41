import type { Limit } from '../facts/credential.ts';
import { matches } from '../requirement/filter.ts';
import type { Cap, Node, Place } from '../requirement/places.ts';
import type { Graph } from '../graph/graph.ts';
import type { Piece } from './pieces.ts';

/** What is asked of the pieces at a place: their credit, number, or different values. `capOf` has for each piece the AT_MOST that takes it, or -1. */
export function valueOf(place: Place, pieces: readonly Piece[], capOf: readonly number[]): number {
  switch (place.kind) {
    case 'COURSE':
    case 'CRED':
    case 'WAIVER':
      return pieces.length > 0 ? 1 : 0;
    case 'CREDITS':
      return capped(place.caps, pieces, ({ credits }) => credits, capOf);
    case 'COUNT':
      return capped(place.caps, pieces, () => 1, capOf);
    case 'DISTINCT':
      return new Set(pieces.flatMap((piece) => distinctValues(place.by, piece))).size;
  }
}

/** The different things that one piece adds to a DISTINCT. */
export function distinctValues(by: 'SUBJECT' | 'AREA' | 'TERM', piece: Piece): readonly (string | number)[] {
  if (by === 'AREA') return piece.areas ?? [];
  const value = by === 'SUBJECT' ? piece.subject : piece.term;
  return value === undefined ? [] : [value];
}

function capped(caps: readonly Cap[], pieces: readonly Piece[], weight: (piece: Piece) => number, capOf: readonly number[]): number {
  let value = 0;
  const perCap = caps.map(() => 0);
  for (let index = 0; index < pieces.length; index += 1) {
    const cap = capOf[index]!;
    if (cap < 0) value += weight(pieces[index]!);
    else perCap[cap]! += weight(pieces[index]!);
  }
  for (const [index, sum] of perCap.entries()) value += Math.min(sum, caps[index]!.max);
  return value;
}

/** The number of the innermost AT_MOST that takes a piece at a place, or -1. */
export function capIndex(graph: Graph, place: Place, piece: Piece): number {
  if ((place.kind !== 'CREDITS' && place.kind !== 'COUNT') || place.caps.length === 0) return -1;
  const unitOf = (id: string): string => graph.unitKey(id);
  const directUnit = 'microCredential' in piece.ref ? unitOf(piece.ref.microCredential) : undefined;
  const described = { ...piece, directUnit };
  return place.caps.findIndex(({ of }) => matches(of, described, unitOf));
}

/** Whether a tree is met by the values of its places. */
export function isMet(node: Node, values: ArrayLike<number>, declares: ReadonlySet<string>, manualCounts: boolean): boolean {
  if (node.waiver !== undefined && values[node.waiver]! > 0) return true;
  switch (node.kind) {
    case 'PLACE':
      return values[node.place]! >= node.need;
    case 'K_OF': {
      let met = 0;
      for (const child of node.of) if (met < node.k && isMet(child, values, declares, manualCounts)) met += 1;
      return met >= node.k;
    }
    case 'SECTIONS':
      return sectionsMet(node, values);
    case 'IF': {
      const branch = declares.has(node.declares) ? node.then : node.otherwise;
      return !branch || isMet(branch, values, declares, manualCounts);
    }
    case 'MANUAL':
      return manualCounts;
  }
}

function sectionsMet({ places, min, most, each, total }: Extract<Node, { kind: 'SECTIONS' }>, values: ArrayLike<number>): boolean {
  const found = places.map((place) => values[place]!).sort((a, b) => b - a);
  const counted = found.slice(0, most).reduce((sum, value) => sum + value, 0);
  return found.filter((value) => value >= each).length >= min && counted >= total;
}

/** How much of a limit there is, counting each piece once. For GPA the surplus of grade × credit over the minimum. */
export function limitValue(limit: Limit, limits: readonly Limit[], pieces: readonly Piece[]): number {
  switch (limit.limit) {
    case 'CAP':
      return pieces.reduce((sum, { bucket, credits }) => sum + (bucket === limit.bucket ? credits : 0), 0);
    case 'GPA':
      return pieces.reduce((sum, { grade, credits }) => sum + (grade === undefined ? 0 : credits * (grade - limit.min)), 0);
    default:
      return withCaps(limits, pieces, (piece) => qualifies(limit, piece));
  }
}

/** Whether a piece's credit counts for a limit. */
export function qualifies(limit: Limit, { resident, level }: Piece): boolean {
  if (limit.limit === 'RESIDENCY') return resident;
  if (limit.limit === 'LEVEL') return level !== undefined && level >= limit.level;
  return limit.limit === 'TOTAL';
}

function withCaps(limits: readonly Limit[], pieces: readonly Piece[], counts: (piece: Piece) => boolean): number {
  const buckets = new Map<string, { max: number; sum: number }>();
  for (const limit of limits) if (limit.limit === 'CAP') buckets.set(limit.bucket, { max: limit.max, sum: 0 });
  let value = 0;
  for (const piece of pieces) {
    if (!counts(piece)) continue;
    const bucket = piece.bucket === undefined ? undefined : buckets.get(piece.bucket);
    if (bucket) bucket.sum += piece.credits;
    else value += piece.credits;
  }
  for (const { max, sum } of buckets.values()) value += Math.min(max, sum);
  return value;
}

/** What a limit asks for; a CAP asks for nothing, it lessens the others. */
export const limitNeed = (limit: Limit): number => (limit.limit === 'GPA' || limit.limit === 'CAP' ? 0 : limit.min);

export const isHeld = (limit: Limit, value: number): boolean => limit.limit === 'CAP' || value >= limitNeed(limit);
