import type { CredentialVersion } from '../facts/credential.ts';
import type { Facts, Placement, Situation, Verdict } from '../facts/facts.ts';
import { judgingVersion } from './judging-version.ts';
import { pieceOf, type NoPiece, type Piece } from './piece.ts';
import { fits, placesOf, type Place } from './places.ts';
import { groundOf } from './standing.ts';
import { creditsOf, tallyLimits, tallyTree, type Placed, type Value } from './tally.ts';

/** The rules that an assignment or a plan can break. */
export type CheckCode =
  | NoPiece
  | 'UNKNOWN_CREDENTIAL'
  | 'UNKNOWN_PLACE'
  | 'DOES_NOT_FIT'
  | 'PLACED_TWICE'
  | 'OCCUPIED'
  | 'TOO_MANY_USES'
  | 'NOT_TOGETHER'
  | 'OTHER_SOURCE'
  | 'UNKNOWN_MICRO_CREDENTIAL'
  | 'PLANNED_TWICE'
  | 'NOT_OFFERED'
  | 'FILTERED_OUT'
  | 'FORBIDDEN'
  | 'FORCED_MISSING'
  | 'PREREQUISITE_MISSING'
  | 'OVER_BUDGET'
  | 'WRONG_TOTAL'
  | 'SHARED_TOO_MUCH';

/** A rule that is broken: by the placement with this index, or by what `about` names. */
export interface CheckFault {
  readonly code: CheckCode;
  readonly placement?: number;
  readonly about?: string;
}

/** Credit that has a place, and the units that it stands on. */
export interface PlacedCredit {
  readonly credits: number;
  readonly units: readonly string[];
}

/** What one assignment gives. Values and credits are of the placements that broke no rule. */
export interface CheckedAssignment {
  readonly verdict: Verdict;
  readonly faults: readonly CheckFault[];
  /** Credit in all and credit of the institution itself, as far as caps let it count, and all credit that has a place. */
  readonly credits: { readonly total: number; readonly resident: number; readonly placed: number };
  /** By the ids of requirements and sections. */
  readonly values: Readonly<Record<string, Value>>;
  /** By the ids of limits. */
  readonly limits: Readonly<Record<string, Value>>;
  /** Each piece that has a place, once. */
  readonly placed: readonly PlacedCredit[];
}

type Filled = readonly { readonly piece: Piece; readonly place: Place }[];

/** The first rule that a further pair of piece and place breaks beside those before it. */
function breaks(piece: Piece, place: Place, before: Filled, { sharing }: CredentialVersion): CheckCode | undefined {
  const there = before.filter((pair) => pair.place.id === place.id).map((pair) => pair.piece);
  const uses = before.filter((pair) => pair.piece.name === piece.name).map((pair) => pair.place.id);
  if (uses.includes(place.id)) return 'PLACED_TWICE';
  const forOne = place.node === 'COURSE' || place.node === 'CRED' || [piece, ...there].some(({ waives }) => waives !== undefined);
  if (forOne && there.length > 0) return 'OCCUPIED';
  if (uses.length >= (sharing?.maxUses ?? 1)) return 'TOO_MANY_USES';
  const mayShare = (other: string) => sharing?.together?.some((pair) => pair.includes(other) && pair.includes(place.id)) ?? true;
  if (!uses.every(mayShare)) return 'NOT_TOGETHER';
  const shareUnit = (other: Piece) => other.units.some((unit) => piece.units.includes(unit));
  return before.some((pair) => shareUnit(pair.piece) && pair.piece.source !== piece.source) ? 'OTHER_SOURCE' : undefined;
}

/** Goes through an assignment line by line, by the model's text alone, and says what it gives and every rule that it breaks. */
export function checkAssignment(facts: Facts, credentialId: string, situation: Situation, placements: readonly Placement[]): CheckedAssignment {
  const known = facts.credentials.find(({ id }) => id === credentialId);
  const credential = known && judgingVersion(known, situation.asOf);
  if (!credential) {
    const faults: CheckFault[] = [{ code: 'UNKNOWN_CREDENTIAL', about: credentialId }];
    return { verdict: 'INCOMPLETE', faults, credits: { total: 0, resident: 0, placed: 0 }, values: {}, limits: {}, placed: [] };
  }
  const ground = groundOf(facts, credential, situation);
  const places = placesOf(credential);
  const faults: CheckFault[] = [];
  const filled: { piece: Piece; place: Place }[] = [];
  placements.forEach(({ source, place: placeId }, placement) => {
    const [piece, place] = [pieceOf(source, facts, situation, ground), places.get(placeId)];
    if (typeof piece === 'string') faults.push({ code: piece, placement });
    else if (!place) faults.push({ code: 'UNKNOWN_PLACE', placement });
    else if (!fits(piece, place, credential, ground, situation.asOf)) faults.push({ code: 'DOES_NOT_FIT', placement });
    else {
      const code = breaks(piece, place, filled, credential);
      if (code) faults.push({ code, placement });
      else filled.push({ piece, place });
    }
  });
  const pieces = [...new Map(filled.map(({ piece }) => [piece.name, piece])).values()];
  const at = (id: string) => filled.filter(({ place }) => place.id === id).map(({ piece }) => piece);
  const tallied: Placed = { at, declares: situation.declares ?? [], unitOf: ground.unitOf, manual: false };
  const values: Record<string, Value> = {};
  const met = tallyTree(credential.requirement, tallied, values).met;
  const limits = tallyLimits(pieces, credential);
  const sound = faults.length === 0 && Object.values(limits).every((limit) => limit.met);
  const otherwise = sound && tallyTree(credential.requirement, { ...tallied, manual: true }, {}).met ? 'COMPLETE_EXCEPT_MANUAL' : 'INCOMPLETE';
  const credits = { ...creditsOf(pieces, credential), placed: pieces.reduce((total, piece) => total + piece.credits, 0) };
  return {
    verdict: sound && met ? 'COMPLETE' : otherwise,
    faults,
    credits,
    values,
    limits,
    placed: pieces.map((piece) => ({ credits: piece.credits, units: piece.units })),
  };
}
