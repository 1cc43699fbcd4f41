import type { Limit } from '../../facts/credential.ts';
import type { AtMost, CountLeaf, CreditsLeaf, DistinctLeaf, Requirement, Sections } from '../../facts/requirement.ts';
import type { Model, Piece } from './model.ts';
import { passes } from './place.ts';

/** Which pieces lie in which place: `board[place][piece]` is 1 or 0, by the indexes of the model. */
export type Board = readonly Uint8Array[];

/** Whether a requirement is met by what lies on the board, perhaps with MANUAL counted as met. */
export type Test = (board: Board, manual: boolean) => boolean;

interface Source {
  readonly model: Model;
  readonly indexOf: ReadonlyMap<string, number>;
}

const piecesAt = ({ model, indexOf }: Source, place: string): Piece[] => model.places[indexOf.get(place)!]!.fits.map((fit) => model.pieces[fit.piece]!);

/** Groups of pieces whose worth counts up to a maximum each. */
type Group = { readonly max: number; readonly pieces: readonly { readonly index: number; readonly worth: number }[] };

function groupsOf(leaf: CreditsLeaf | CountLeaf, ceilings: readonly AtMost[], source: Source): Group[] {
  const innermostFirst = ceilings.toReversed();
  const { unitOf } = source.model;
  const grouped = Map.groupBy(piecesAt(source, leaf.id), (piece) => innermostFirst.find((ceiling) => passes(ceiling.of, piece, unitOf)));
  return [...grouped].map(([ceiling, pieces]) => ({
    max: ceiling ? ceiling.max : Infinity,
    pieces: pieces.map((piece) => ({ index: piece.index, worth: leaf.node === 'COUNT' ? 1 : piece.credits })),
  }));
}

function valueTest(leaf: CreditsLeaf | CountLeaf, ceilings: readonly AtMost[], source: Source): Test {
  const place = source.indexOf.get(leaf.id)!;
  const groups = groupsOf(leaf, ceilings, source);
  return (board) => {
    let value = 0;
    for (const { max, pieces } of groups) {
      let worth = 0;
      for (const piece of pieces) if (board[place]![piece.index]) worth += piece.worth;
      value += Math.min(max, worth);
    }
    return value >= leaf.min;
  };
}

/** What a piece adds to a DISTINCT leaf. */
export function valuesFor({ by }: DistinctLeaf, piece: Piece): (string | number)[] {
  if (by === 'AREA') return [...(piece.areas ?? [])];
  const value = by === 'SUBJECT' ? piece.subject : piece.term;
  return value === undefined ? [] : [value];
}

function distinctTest(leaf: DistinctLeaf, source: Source): Test {
  const place = source.indexOf.get(leaf.id)!;
  const pieces = piecesAt(source, leaf.id);
  return (board) => new Set(pieces.filter((piece) => board[place]![piece.index]).flatMap((piece) => valuesFor(leaf, piece))).size >= leaf.min;
}

function sectionsTest({ of, min, most, each, total }: Sections, source: Source): Test {
  const sections = of.map(({ id }) => ({ place: source.indexOf.get(id)!, pieces: piecesAt(source, id) }));
  return (board) => {
    const sizes = sections.map(({ place, pieces }) => pieces.reduce((size, piece) => (board[place]![piece.index] ? size + piece.credits : size), 0));
    sizes.sort((a, b) => b - a);
    const largest = sizes.slice(0, most).reduce((a, b) => a + b, 0);
    return sizes.filter((size) => size >= each).length >= min && largest >= total;
  };
}

function testByKind(requirement: Requirement, source: Source, ceilings: readonly AtMost[]): Test {
  const numberOf = (tests: readonly Test[], board: Board, manual: boolean) => tests.filter((test) => test(board, manual)).length;
  switch (requirement.node) {
    case 'MANUAL':
      return (_board, manual) => manual;
    case 'COURSE':
    case 'CRED': {
      const place = source.indexOf.get(requirement.id)!;
      return (board) => board[place]!.includes(1);
    }
    case 'CREDITS':
    case 'COUNT':
      return valueTest(requirement, ceilings, source);
    case 'DISTINCT':
      return distinctTest(requirement, source);
    case 'SECTIONS':
      return sectionsTest(requirement, source);
    case 'AT_MOST':
      return testOf(requirement.within, source, [...ceilings, requirement]);
    case 'IF': {
      const branch = source.model.declared.has(requirement.declares) ? requirement.then : requirement.otherwise;
      return branch ? testOf(branch, source) : () => true;
    }
    default: {
      const tests = requirement.of.map((child) => testOf(child, source));
      const needed = requirement.node === 'ALL' ? tests.length : requirement.node === 'ANY' ? 1 : requirement.k;
      return (board, manual) => numberOf(tests, board, manual) >= needed;
    }
  }
}

function testOf(requirement: Requirement, source: Source, ceilings: readonly AtMost[] = []): Test {
  const test = testByKind(requirement, source, ceilings);
  const place = source.indexOf.get(requirement.id)!;
  const waivers = piecesAt(source, requirement.id).filter((piece) => piece.waives !== undefined);
  if (waivers.length === 0) return test;
  return (board, manual) => waivers.some((piece) => board[place]![piece.index]) || test(board, manual);
}

/** The test of the model's whole tree. */
export function testOfTree(model: Model): Test {
  const indexOf = new Map(model.places.map((place, index) => [place.id, index]));
  return testOf(model.credential.requirement, { model, indexOf });
}

/** Whether a RESIDENCY or LEVEL limit, or a TOTAL, counts a piece. */
export function isCounted(limit: Limit, piece: Piece, institution: string): boolean {
  if (limit.limit === 'RESIDENCY') return piece.issuer === institution && !piece.isPlar;
  return limit.limit === 'LEVEL' ? piece.level !== undefined && piece.level >= limit.level : limit.limit === 'TOTAL';
}

/** The most that counts of each bucket that a credential caps. */
export function capsOf(limits: readonly Limit[]): ReadonlyMap<string, number> {
  const caps = new Map<string, number>();
  for (const limit of limits) if (limit.limit === 'CAP') caps.set(limit.bucket, Math.min(limit.max, caps.get(limit.bucket) ?? Infinity));
  return caps;
}

/** How sure it is that a piece has a place. */
export type Presence = 0 | 'PERHAPS' | 1;

/** Whether every limit holds, or could still hold as long as some pieces are only perhaps placed. */
export function limitsHold(model: Model, presence: readonly Presence[]): boolean {
  const { limits = [], institution } = model.credential;
  if (limits.length === 0) return true;
  const caps = capsOf(limits);
  return limits.every((limit) => {
    if (limit.limit === 'CAP') return true;
    if (limit.limit === 'GPA') {
      const points = model.pieces.map(({ index, grade, credits }) => {
        const point = grade === undefined || presence[index] === 0 ? 0 : credits * (grade - limit.min);
        return presence[index] === 'PERHAPS' ? Math.max(0, point) : point;
      });
      return points.reduce((a, b) => a + b, 0) >= 0;
    }
    const inBucket = new Map<string | undefined, number>();
    for (const piece of model.pieces) {
      if (presence[piece.index] === 0 || !isCounted(limit, piece, institution)) continue;
      inBucket.set(piece.bucket, (inBucket.get(piece.bucket) ?? 0) + piece.credits);
    }
    let credit = 0;
    for (const [bucket, sum] of inBucket) credit += Math.min(sum, bucket === undefined ? Infinity : (caps.get(bucket) ?? Infinity));
    return credit >= limit.min;
  });
}
