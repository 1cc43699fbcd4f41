import type { AtMost, CountLeaf, CreditsLeaf, DistinctLeaf, Requirement, Sections } from '../../facts/requirement.ts';
import { names, type Draft, type Terms } from './integer-program.ts';
import { valuesFor } from '../brute-force/measure.ts';
import { passes } from '../brute-force/place.ts';
import type { Pair } from '../brute-force/pairs.ts';

/** A requirement's variable may be 1 only when it is met. Nothing keeps it from being 0, as being met never hurts. */
type Met = string;

const pairsAt = ({ model, pairs }: Draft, id: string): readonly Pair[] => pairs.all.filter(({ place }) => model.places[place]!.id === id);
const count = (pairs: readonly Pair[]): Terms => pairs.map(({ index }) => [names.pair(index), 1]);
const creditOf = (pairs: readonly Pair[]): Terms => pairs.map(({ index, piece }) => [names.pair(index), piece.credits]);
const minus = (terms: Terms): Terms => terms.map(([variable, times]) => [variable, -times]);

function addValue(draft: Draft, leaf: CreditsLeaf | CountLeaf, met: Met, ceilings: readonly AtMost[]): void {
  const { model, number, atMost, atLeast } = draft;
  const worth = leaf.node === 'COUNT' ? count : creditOf;
  const grouped = Map.groupBy(pairsAt(draft, leaf.id), ({ piece }) => ceilings.findLastIndex((ceiling) => passes(ceiling.of, piece, model.unitOf)));
  const parts = [...grouped].map(([ceiling, pairs]): Terms => {
    if (ceiling < 0) return worth(pairs);
    const part = number(`c_${met}_${ceiling}`);
    atMost(ceilings[ceiling]!.max, [[part, 1]]);
    atMost(0, [[part, 1], ...minus(worth(pairs))]);
    return [[part, 1]];
  });
  atLeast(0, [...parts.flat(), [met, -leaf.min]]);
}

function addDistinct(draft: Draft, leaf: DistinctLeaf, met: Met): void {
  const { binary, atLeast, atMost } = draft;
  const valued = pairsAt(draft, leaf.id).flatMap((pair) => valuesFor(leaf, pair.piece).map((value) => ({ value, pair })));
  const seen = [...Map.groupBy(valued, ({ value }) => value).values()].map((same, at) => {
    const variable = binary(`d_${met}_${at}`);
    atMost(0, [[variable, 1], ...minus(count(same.map(({ pair }) => pair)))]);
    return variable;
  });
  atLeast(0, [...seen.map((variable) => [variable, 1] as const), [met, -leaf.min]]);
}

/** The largest sections are chosen: whichever choice reaches the total will do. */
function addSections(draft: Draft, { of, min, most, each, total }: Sections, met: Met): void {
  const { binary, number, atLeast, atMost } = draft;
  const sections = of.map((section, at) => {
    const credit = creditOf(pairsAt(draft, section.id));
    const [isFull, isChosen, counted] = [binary(`f_${met}_${at}`), binary(`h_${met}_${at}`), number(`k_${met}_${at}`)];
    atLeast(0, [...credit, [isFull, -each]]);
    atMost(0, [[counted, 1], ...minus(credit)]);
    const all = credit.reduce((sum, [, times]) => sum + times, 0);
    atMost(0, [[counted, 1], [isChosen, -all]]); // prettier-ignore
    return { isFull, isChosen, counted };
  });
  atLeast(0, [...sections.map(({ isFull }) => [isFull, 1] as const), [met, -min]]);
  atMost(most, sections.map(({ isChosen }) => [isChosen, 1])); // prettier-ignore
  atLeast(0, [...sections.map(({ counted }) => [counted, 1] as const), [met, -total]]);
}

function addKind(draft: Draft, requirement: Requirement, met: Met, ceilings: readonly AtMost[]): void {
  const { model, atLeast } = draft;
  const needs = (some: readonly Requirement[], number: number) =>
    atLeast(0, [...some.map((child) => [addRequirement(draft, child), 1] as const), [met, -number]]);
  switch (requirement.node) {
    case 'MANUAL':
      return;
    case 'COURSE':
    case 'CRED':
      return atLeast(0, [...count(pairsAt(draft, requirement.id)), [met, -1]]);
    case 'CREDITS':
    case 'COUNT':
      return addValue(draft, requirement, met, ceilings);
    case 'DISTINCT':
      return addDistinct(draft, requirement, met);
    case 'SECTIONS':
      return addSections(draft, requirement, met);
    case 'AT_MOST':
      return atLeast(0, [[addRequirement(draft, requirement.within, [...ceilings, requirement]), 1], [met, -1]]); // prettier-ignore
    case 'IF': {
      const branch = model.declared.has(requirement.declares) ? requirement.then : requirement.otherwise;
      return branch && needs([branch], 1);
    }
    case 'ALL':
      return needs(requirement.of, requirement.of.length);
    case 'ANY':
      return needs(requirement.of, 1);
    case 'K_OF':
      return needs(requirement.of, requirement.k);
  }
}

/** Met as its kind says, or by a piece that waives it. */
function addRequirement(draft: Draft, requirement: Requirement, ceilings: readonly AtMost[] = []): Met {
  const { model, binary, atMost } = draft;
  const place = model.places.findIndex(({ id }) => id === requirement.id);
  const [met, byKind] = [binary(`r${place}`), binary(`b${place}`)];
  const waivers = pairsAt(draft, requirement.id).filter(({ piece }) => piece.waives !== undefined);
  atMost(0, [[met, 1], [byKind, -1], ...minus(count(waivers))]);
  addKind(draft, requirement, byKind, ceilings);
  return met;
}

/** Adds that the root has to be met, with every MANUAL counted as met. */
export function addTree(draft: Draft): void {
  draft.atLeast(1, [[addRequirement(draft, draft.model.credential.requirement), 1]]);
}
