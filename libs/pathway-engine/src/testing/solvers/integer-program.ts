import type { Objective, Totals } from '../../facts/question.ts';
import type { Instance } from '../instances/instance.ts';
import { readModel, type Model } from '../brute-force/model.ts';
import { pairsOf, type Pairs } from '../brute-force/pairs.ts';
import { candidatesOf, fullOrder, prerequisiteGroups, shareOf } from '../brute-force/plan-terms.ts';
import { addLimits } from './program-limits.ts';
import { addTree } from './program-tree.ts';

/** A sum of variables, each times its number. */
export type Sum = ReadonlyMap<string, number>;

/** Terms of a sum; a variable that comes twice counts twice. */
export type Terms = readonly (readonly [variable: string, times: number])[];

/** What a sum has to be: at least `min`, at most `max`. */
export interface Row {
  readonly sum: Sum;
  readonly min?: number;
  readonly max?: number;
}

/** An integer program without a solver. Every variable is at least 0; binary ones are 0 or 1, the others are any number. */
export interface IntegerProgram {
  readonly binaries: readonly string[];
  readonly numbers: readonly string[];
  readonly rows: readonly Row[];
  /** What is to be least, one after the other. */
  readonly objectives: readonly { readonly objective: Objective; readonly sum: Sum }[];
}

/** A program that is being written. */
export interface Draft {
  readonly model: Model;
  readonly pairs: Pairs;
  readonly binary: (name: string) => string;
  readonly number: (name: string) => string;
  readonly atLeast: (min: number, terms: Terms) => void;
  readonly atMost: (max: number, terms: Terms) => void;
}

/** The variables' names, by the model's indexes. */
export const names = {
  planned: (candidate: number) => `x${candidate}`,
  wins: (offer: number) => `w${offer}`,
  pair: (pair: number) => `y${pair}`,
  hasPlace: (piece: number) => `q${piece}`,
};

const each = (variables: readonly string[], times = 1): Terms => variables.map((variable) => [variable, times]);

function sumOf(terms: Terms): Sum {
  const sum = new Map<string, number>();
  for (const [variable, times] of terms) sum.set(variable, (sum.get(variable) ?? 0) + times);
  return new Map([...sum].filter(([, times]) => times !== 0));
}

/** An agreement applies exactly when each of its things is there, and wins exactly when it applies and no rival before it wins. */
function addOffers({ model, binary, atLeast, atMost }: Draft): void {
  model.offers.forEach(({ things, rivals }, offer) => {
    const open = things.filter((thing) => !thing.held);
    const satisfied = open.map(({ candidates }, thing) => {
      const there = binary(`t${offer}_${thing}`);
      atMost(0, [[there, 1], ...each(candidates.map(names.planned), -1)]);
      for (const candidate of candidates) atLeast(0, [[there, 1], [names.planned(candidate), -1]]); // prettier-ignore
      return there;
    });
    const wins = binary(names.wins(offer));
    for (const there of satisfied) atMost(0, [[wins, 1], [there, -1]]); // prettier-ignore
    for (const rival of rivals) atMost(1, each([wins, names.wins(rival)]));
    atLeast(1 - satisfied.length, [[wins, 1], ...each(satisfied, -1), ...each(rivals.map(names.wins))]);
  });
}

/** A pair needs its piece, and its candidate where it fits only because that is planned. */
function addPairs({ model, pairs, binary, atMost, atLeast }: Draft): void {
  const winnerOf = new Map(model.offers.flatMap(({ pieces }, offer) => pieces.map(({ index }) => [index, names.wins(offer)] as const)));
  const directs = new Map(model.directs.map((direct) => [direct.piece.index, direct]));
  for (const { index, piece, candidate } of pairs.all) {
    const pair = binary(names.pair(index));
    const direct = directs.get(piece.index);
    const needed = direct ? (direct.held ? candidate : direct.candidate) : undefined;
    if (needed !== undefined) atMost(0, [[pair, 1], [names.planned(needed), -1]]); // prettier-ignore
    const winner = winnerOf.get(piece.index);
    if (winner) atMost(0, [[pair, 1], [winner, -1]]); // prettier-ignore
  }
  for (const [piece, own] of Map.groupBy(pairs.all, (pair) => pair.piece)) {
    const hasPlace = binary(names.hasPlace(piece.index));
    const variables = own.map(({ index }) => names.pair(index));
    for (const variable of variables) atLeast(0, [[hasPlace, 1], [variable, -1]]); // prettier-ignore
    atMost(0, [[hasPlace, 1], ...each(variables, -1)]);
    atMost(model.credential.sharing?.maxUses ?? 1, each(variables));
  }
}

/** What shares a unit, shares its source; a COURSE, a CRED and what is waived take one piece; not every two places may share a piece. */
function addSharing({ pairs, binary, atMost }: Draft): void {
  for (const [unit, standing] of Map.groupBy(
    [...new Set(pairs.all.map(({ piece }) => piece))].flatMap((piece) => piece.units.map((each) => ({ unit: each, piece }))),
    ({ unit: each }) => each,
  )) {
    const origins = [...new Set(standing.map(({ piece }) => piece.origin))];
    const sources = new Map(origins.map((origin, at) => [origin, binary(`s_${unit.replaceAll(/\W/g, '_')}_${at}`)]));
    atMost(1, each([...sources.values()]));
    for (const { piece } of standing) atMost(0, [[names.hasPlace(piece.index), 1], [sources.get(piece.origin)!, -1]]); // prettier-ignore
  }
  for (const { index, against, piece, place } of pairs.all.map((pair) => ({ ...pair, against: pairs.against[pair.index]! }))) {
    const others = against.filter((other) => other.index > index && (other.piece === piece || other.place === place));
    for (const other of others) atMost(1, each([names.pair(index), names.pair(other.index)]));
  }
}

function addTerms({ model, binary, atLeast, atMost }: Draft, { terms }: Instance): void {
  const { candidates } = model;
  candidates.forEach((_candidate, index) => binary(names.planned(index)));
  prerequisiteGroups(model).forEach((groups, index) => {
    for (const group of groups) if (!group.held) atLeast(0, [...each(group.candidates.map(names.planned)), [names.planned(index), -1]]);
  });
  for (const id of terms.forced ?? []) {
    const at = candidates.findIndex((candidate) => candidate.id === id);
    atLeast(1, at < 0 ? [] : each([names.planned(at)]));
  }
  for (const [objective, budget] of Object.entries(terms.budgets ?? {})) atMost(budget, totalOf(model, objective as keyof Totals));
}

const totalOf = ({ candidates }: Model, objective: Objective): Terms =>
  candidates.map((candidate, index) => [names.planned(index), shareOf(candidate)[objective]]);

/** The integer program of an instance: which candidates are planned, which agreements then win, and where their credit goes. */
export function integerProgramOf(instance: Instance): IntegerProgram {
  const { facts, credential, situation, terms } = instance;
  const model = readModel(facts, credential, situation, candidatesOf(facts, situation, terms));
  const [binaries, numbers, rows]: [string[], string[], Row[]] = [[], [], []];
  const put = (list: string[]) => (name: string) => {
    list.push(name);
    return name;
  };
  const draft: Draft = {
    model,
    pairs: pairsOf(model),
    binary: put(binaries),
    number: put(numbers),
    atLeast: (min, some) => rows.push({ sum: sumOf(some), min }),
    atMost: (max, some) => rows.push({ sum: sumOf(some), max }),
  };
  addTerms(draft, instance);
  addOffers(draft);
  addPairs(draft);
  addSharing(draft);
  addTree(draft);
  addLimits(draft);
  const objectives = fullOrder(terms).map((objective) => ({ objective, sum: sumOf(totalOf(model, objective)) }));
  return { binaries, numbers, rows, objectives };
}
