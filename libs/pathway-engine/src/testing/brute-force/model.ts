import type { Agreement, AgreementKind, TransferFrom } from '../../facts/agreement.ts';
import type { Completion } from '../../facts/completion.ts';
import type { Credential } from '../../facts/credential.ts';
import { isWithin, monthsAfter, textOfDay, type Day } from '../../facts/day.ts';
import type { Facts, Situation, Source } from '../../facts/facts.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import { fitOf, placesIn, type Place } from './place.ts';

/**
 * What the oracles read facts into once. The choice of what is planned stays open: it changes which pieces there are, but not what they are, as
 * a planned completion is never better than a held one.
 */
export interface Model {
  readonly facts: Facts;
  readonly credential: Credential;
  readonly situation: Situation;
  /** What may be planned; everything else names these by index. */
  readonly candidates: readonly MicroCredential[];
  readonly unitOf: (microCredential: string) => string;
  /** Agreements that can apply, the first in the order of conflicts first. */
  readonly offers: readonly Offer[];
  readonly directs: readonly Direct[];
  /** By `Piece.index`. */
  readonly pieces: readonly Piece[];
  readonly places: readonly Place[];
  readonly declared: ReadonlySet<string>;
}

/** A piece of credit that there may be. */
export interface Piece {
  readonly index: number;
  readonly source: Source;
  /** What pieces on one unit have to share. */
  readonly origin: string;
  readonly units: readonly string[];
  readonly issuer: string;
  readonly credits: number;
  readonly subject?: string;
  readonly level?: number;
  readonly areas?: readonly string[];
  readonly course?: string;
  readonly waives?: string;
  readonly grade?: number;
  readonly term?: number;
  readonly bucket?: string;
  readonly isPlar: boolean;
  /** Of a direct piece: its usable and unexpired held completions. */
  readonly direct?: { readonly microCredential: string; readonly held: readonly Completion[]; readonly candidate?: number };
}

/** What an agreement asks for: whether something held gives it, and which candidates do. */
export interface Thing {
  readonly held: boolean;
  readonly candidates: readonly number[];
}

/** An agreement that can apply. */
export interface Offer {
  readonly agreement: Agreement;
  readonly units: readonly string[];
  readonly things: readonly Thing[];
  readonly pieces: readonly Piece[];
  /** Offers before this one that keep it from winning when they win. */
  readonly rivals: readonly number[];
}

/** A micro-credential's own piece: there when held, or when planned. */
export interface Direct {
  readonly piece: Piece;
  readonly held: boolean;
  readonly candidate?: number;
}

const rankOf = (kind: AgreementKind): number => {
  if (kind === 'NO_CREDIT') return 3;
  if (kind === 'UNASSIGNED') return 2;
  return kind === 'BLOCK' || kind === 'EXEMPTION' ? 1 : 0;
};

const thirdOf = (day: Day): number => Number(textOfDay(day).slice(0, 4)) * 3 + Math.floor((Number(textOfDay(day).slice(5, 7)) - 1) / 4);

const isUsable = (completion: Completion, asOf: Day): boolean =>
  completion.status !== 'REVOKED' && completion.status !== 'SUSPENDED' && completion.completedOn <= asOf;

const isAlive = ({ expiresOn }: Completion, asOf: Day): boolean => expiresOn === undefined || expiresOn > asOf;

function best(completions: readonly Completion[]): Completion | undefined {
  let found: Completion | undefined;
  for (const next of completions) {
    const [a, b] = [found?.grade ?? -1, next.grade ?? -1];
    if (!found || b > a || (b === a && next.completedOn > found.completedOn)) found = next;
  }
  return found;
}

function heldFor(agreement: Agreement, thing: TransferFrom, ofUnit: readonly Completion[], asOf: Day): Completion | undefined {
  const { minGrade, maxGrade } = thing;
  const fitting = ofUnit.filter(
    (completion) =>
      isWithin(completion.completedOn, agreement.validFrom, agreement.validUntil) &&
      (minGrade === undefined || (completion.grade !== undefined && completion.grade >= minGrade)) &&
      (maxGrade === undefined || (completion.grade !== undefined && completion.grade <= maxGrade)) &&
      (agreement.maxAgeMonths === undefined || monthsAfter(completion.completedOn, agreement.maxAgeMonths) >= asOf) &&
      (agreement.requiresUnexpired !== true || isAlive(completion, asOf)),
  );
  return best(fitting);
}

const order = (a: { agreement: Agreement; units: readonly string[] }, b: { agreement: Agreement; units: readonly string[] }): number => {
  const [x, y] = [a.agreement, b.agreement];
  if (x.priority !== y.priority) return y.priority - x.priority;
  if (a.units.length !== b.units.length) return b.units.length - a.units.length;
  if (rankOf(x.kind) !== rankOf(y.kind)) return rankOf(x.kind) - rankOf(y.kind);
  if (x.recordedOn !== y.recordedOn) return y.recordedOn - x.recordedOn;
  return x.id < y.id ? -1 : 1;
};

type Draft = Omit<Piece, 'index'>;

function grantsOf(agreement: Agreement, units: readonly string[], held: readonly (Completion | undefined)[]): Draft[] {
  const grades = held.map((completion) => completion?.grade);
  const graded = grades.filter((grade) => grade !== undefined);
  const days = held.flatMap((completion) => (completion ? [completion.completedOn] : []));
  const onlyHeld = days.length === held.length && days.length > 0;
  return agreement.grants.map((grant, index) => ({
    ...grant,
    source: { agreement: agreement.id, grant: index },
    origin: `a:${agreement.id}`,
    units,
    issuer: agreement.sender,
    grade: graded.length === held.length && held.length > 0 ? Math.min(...graded) : undefined,
    term: onlyHeld ? thirdOf(Math.max(...days)) : undefined,
    bucket: agreement.capBucket,
    isPlar: agreement.kind === 'PLAR',
  }));
}

function readOffers(model: Pick<Model, 'facts' | 'credential' | 'situation' | 'candidates' | 'unitOf' | 'declared'>, draft: (piece: Draft) => Piece): Offer[] {
  const { facts, credential, situation, candidates, unitOf, declared } = model;
  const usable = Map.groupBy(
    situation.held.filter((completion) => isUsable(completion, situation.asOf)),
    (completion) => unitOf(completion.microCredential),
  );
  const possible = facts.agreements.flatMap((agreement) => {
    const { kind, receiver, programScope, conditions, from } = agreement;
    if (kind === 'INDIVIDUAL_ASSESSMENT' || receiver !== credential.institution) return [];
    if (programScope && !programScope.includes(credential.id)) return [];
    if (conditions?.some((condition) => !declared.has(condition.declares))) return [];
    const canPlan = isWithin(situation.asOf, agreement.validFrom, agreement.validUntil);
    const held = from.map((thing) => heldFor(agreement, thing, usable.get(unitOf(thing.microCredential)) ?? [], situation.asOf));
    const things = from.map(({ microCredential }, index): Thing => {
      const ofUnit = candidates.flatMap((candidate, at) => (unitOf(candidate.id) === unitOf(microCredential) ? [at] : []));
      return { held: held[index] !== undefined, candidates: canPlan ? ofUnit : [] };
    });
    if (!things.every((thing) => thing.held || thing.candidates.length > 0)) return [];
    return [{ agreement, units: [...new Set(from.map(({ microCredential }) => unitOf(microCredential)))], things, held }];
  });
  possible.sort(order);
  return possible.map(({ agreement, units, things, held }, index) => {
    const isRival = (other: (typeof possible)[number]) =>
      units.some((unit) => other.units.includes(unit)) ||
      (agreement.exclusiveGroup !== undefined && agreement.exclusiveGroup === other.agreement.exclusiveGroup);
    const rivals = possible.slice(0, index).flatMap((other, at) => (isRival(other) ? [at] : []));
    return { agreement, units, things, rivals, pieces: grantsOf(agreement, units, held).map(draft) };
  });
}

function readDirect(known: MicroCredential, candidate: number | undefined, situation: Situation, unit: string): Draft | undefined {
  const { asOf } = situation;
  const held = situation.held.filter((each) => each.microCredential === known.id && isUsable(each, asOf) && isAlive(each, asOf));
  if (held.length === 0 && candidate === undefined) return undefined;
  const shown = best(held);
  return {
    source: { microCredential: known.id },
    origin: `m:${known.id}`,
    units: [unit],
    issuer: known.issuer,
    credits: known.credits,
    subject: known.subject,
    level: known.level,
    areas: known.areas,
    grade: shown?.grade,
    term: shown && thirdOf(shown.completedOn),
    isPlar: false,
    direct: { microCredential: known.id, held, candidate },
  };
}

/** Reads facts for one credential and situation, with these candidates for planning. @throws when there is no such credential. */
export function readModel(facts: Facts, credentialId: string, situation: Situation, candidates: readonly MicroCredential[]): Model {
  const credential = facts.credentials.find((each) => each.id === credentialId);
  if (!credential) throw new Error(`There is no credential ${credentialId}.`);
  const same = new Map(facts.microCredentials.map((each) => [each.id, each.sameAs === undefined ? `m:${each.id}` : `s:${each.sameAs}`]));
  const unitOf = (id: string) => same.get(id) ?? `m:${id}`;
  const declared = new Set(situation.declares ?? []);
  const pieces: Piece[] = [];
  const draft = (some: Draft): Piece => {
    const piece = { ...some, index: pieces.length };
    pieces.push(piece);
    return piece;
  };
  const offers = readOffers({ facts, credential, situation, candidates, unitOf, declared }, draft);
  const directs = facts.microCredentials.flatMap((known): Direct[] => {
    const at = candidates.indexOf(known);
    const candidate = at < 0 ? undefined : at;
    const read = readDirect(known, candidate, situation, unitOf(known.id));
    return read ? [{ piece: draft(read), held: read.direct!.held.length > 0, candidate }] : [];
  });
  const places = placesIn(credential.requirement).map((place) => ({
    ...place,
    fits: pieces.flatMap((piece) => fitOf(piece, place, credential, situation.asOf, unitOf) ?? []),
  }));
  return { facts, credential, situation, candidates, unitOf, offers, directs, pieces, places, declared };
}
