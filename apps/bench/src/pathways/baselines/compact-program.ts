import type { Agreement, Facts, Requirement, Situation } from '@mcr/pathway-engine';

/** Costs go to a solver in tens of dollars. */
const CENTS = 1_000;

/** A sum of variables that has to be at least `min` or at most `max`. */
export interface Row {
  readonly sum: ReadonlyMap<string, number>;
  readonly min?: number;
  readonly max?: number;
}

export interface CompactProgram {
  readonly rows: readonly Row[];
  /** Each 0 or 1. */
  readonly variables: readonly string[];
  readonly cost: ReadonlyMap<string, number>;
}

interface Piece {
  readonly there: string | undefined;
  readonly name: string;
  readonly units: readonly string[];
  readonly course?: string;
  readonly subject?: string;
  readonly credits: number;
  readonly resident: boolean;
}

const rank = ({ kind }: Agreement): number => (kind === 'UNASSIGNED' ? 2 : kind === 'NO_CREDIT' ? 3 : 0);

/** The published order, for what the generated facts say: negative when `a` goes first. */
const order = (a: Agreement, b: Agreement): number =>
  b.priority - a.priority || b.from.length - a.from.length || rank(a) - rank(b) || b.recordedOn - a.recordedOn || (a.id < b.id ? -1 : 1);

/**
 * An integer program for one question about generated facts, written again from what they can say: courses, sets of courses, credit of subjects,
 * residency; no twins, groups, conditions or sharing. It asks for the least cost alone.
 */
export function compactProgram(facts: Facts, credentialId: string, { held, asOf }: Situation): CompactProgram {
  const credential = facts.credentials.find(({ id }) => id === credentialId)!;
  const rows: Row[] = [];
  const variables = new Set<string>();
  const add = (row: Omit<Row, 'sum'>, ...terms: readonly (readonly [string, number])[]): void => {
    rows.push({ ...row, sum: new Map(terms) });
    for (const [name] of terms) variables.add(name);
  };
  const heldOf = new Map(held.map((completion) => [completion.microCredential, completion]));
  const isWithin = (day: number, { validFrom, validUntil }: Agreement): boolean => day >= validFrom && (validUntil === null || day < validUntil);
  const lackingOf = (agreement: Agreement): string[] | undefined => {
    const lacking: string[] = [];
    for (const { microCredential, minGrade = 0 } of agreement.from) {
      const known = heldOf.get(microCredential);
      if (known && isWithin(known.completedOn, agreement) && (known.grade ?? 0) >= minGrade) continue;
      if (!isWithin(asOf, agreement)) return undefined;
      lacking.push(microCredential);
    }
    return lacking;
  };

  const possible = facts.agreements.filter(({ kind }) => kind !== 'INDIVIDUAL_ASSESSMENT').toSorted(order);
  const pieces: Piece[] = [];
  const before = new Map<string, string[]>();
  for (const agreement of possible) {
    const lacking = lackingOf(agreement);
    if (!lacking) continue;
    const wins = `w_${agreement.id}`;
    const rivals = [...new Set(agreement.from.flatMap(({ microCredential }) => before.get(microCredential) ?? []))];
    for (const one of lacking) add({ max: 0 }, [wins, 1], [`x_${one}`, -1]);
    for (const rival of rivals) add({ max: 1 }, [wins, 1], [rival, 1]);
    add({ min: 1 - lacking.length }, [wins, 1], ...lacking.map((one) => [`x_${one}`, -1] as const), ...rivals.map((rival) => [rival, 1] as const));
    for (const { microCredential } of agreement.from) before.set(microCredential, [...(before.get(microCredential) ?? []), wins]);
    const units = agreement.from.map(({ microCredential }) => microCredential);
    for (const grant of agreement.grants) pieces.push({ ...grant, there: wins, name: agreement.id, units, resident: false });
  }
  for (const one of facts.microCredentials) {
    if (one.issuer !== credential.institution) continue;
    const { id, subject, credits } = one;
    pieces.push({ there: heldOf.has(id) ? undefined : `x_${id}`, name: id, units: [id], subject, credits, resident: true });
  }
  addTree(credential.requirement, pieces, add);
  const placesOf = placesByPiece(variables);
  addPieces(pieces, placesOf, add);
  const residency = credential.limits?.find((limit) => limit.limit === 'RESIDENCY');
  const own = pieces.filter(({ resident }) => resident).flatMap(({ name, credits }) => (placesOf.get(name) ?? []).map((place) => [place, credits] as const));
  if (residency) add({ min: residency.min }, ...own);
  return { rows, variables: [...variables], cost: new Map(facts.microCredentials.map(({ id, cost }) => [`x_${id}`, cost / CENTS])) };
}

type Add = (row: Omit<Row, 'sum'>, ...terms: readonly (readonly [string, number])[]) => void;

function addTree(requirement: Requirement, pieces: readonly Piece[], add: Add): void {
  const filling = (course: string, place: string): (readonly [string, number])[] =>
    pieces.filter((piece) => piece.course === course).map(({ name }) => [`y_${name}_${place}`, 1] as const);
  for (const part of requirement.node === 'ALL' ? requirement.of : []) {
    if (part.node === 'COURSE') {
      add({ min: 1 }, ...filling(part.course, part.id));
      add({ max: 1 }, ...filling(part.course, part.id));
    }
    if (part.node === 'K_OF') {
      for (const one of part.of) if (one.node === 'COURSE') add({ max: 0 }, [`s_${one.id}`, 1], ...filling(one.course, one.id).map(([y]) => [y, -1] as const));
      for (const one of part.of) if (one.node === 'COURSE') add({ max: 1 }, ...filling(one.course, one.id));
      add({ min: part.k }, ...part.of.map((one) => [`s_${one.id}`, 1] as const));
    }
    if (part.node === 'CREDITS') {
      const fits = pieces.filter(({ subject }) => subject !== undefined && part.from.subjects?.includes(subject));
      add({ min: part.min }, ...fits.map(({ name, credits }) => [`y_${name}_${part.id}`, credits] as const));
    }
  }
}

function placesByPiece(variables: ReadonlySet<string>): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const variable of variables) {
    if (!variable.startsWith('y_')) continue;
    const name = variable.slice(2, variable.indexOf('_', 2));
    places.set(name, [...(places.get(name) ?? []), variable]);
  }
  return places;
}

/** A piece has one place, needs what it comes from, and learning counts directly or through one agreement. */
function addPieces(pieces: readonly Piece[], placesOf: ReadonlyMap<string, readonly string[]>, add: Add): void {
  const each = (name: string): (readonly [string, number])[] => (placesOf.get(name) ?? []).map((place) => [place, 1] as const);
  const directs = new Set(pieces.filter(({ resident }) => resident).map(({ name }) => name));
  for (const { name, there, resident, units } of pieces) {
    if (!placesOf.has(name)) continue;
    add({ max: there === undefined ? 1 : 0 }, ...each(name), ...(there === undefined ? [] : [[there, -1] as const]));
    if (resident) continue;
    for (const unit of units) if (directs.has(unit)) add({ max: 1 }, ...each(name), ...each(unit));
  }
}
