import type { BoundSource, Problem } from './problem.ts';
import type { Gift, RowTree } from './rows.ts';

/** At most so many amounts are told apart at once; beyond that, more of them go into one step. */
const MOST_STEPS = 900;
const MOST_ROWS = 2;
/** A source with more ways to put its grants than this is not looked at way by way. */
const MOST_WAYS = 12;

/** One way to use a source: what it gives to the rows that are counted in whole steps, and its shares of the other rows. */
export interface CreditOption {
  readonly source: number;
  readonly steps: readonly number[];
  readonly shares: readonly { readonly row: number; readonly amount: number }[];
}

/** Rows that every plan has to fill and that are filled by parts, as credit is, with the ways to fill them. */
export interface CreditOptions {
  readonly rows: readonly number[];
  /** How many steps each of these rows asks for. */
  readonly needs: readonly number[];
  /** The options of the sources of one unit together: no two of them are used. */
  readonly groups: readonly (readonly CreditOption[])[];
}

/** What of a problem can be counted exactly; undefined where there is nothing, or too much. */
export function creditOptionsOf(problem: Problem): CreditOptions | undefined {
  const { sources, compiled } = problem;
  if (compiled.maxUses > 1) return undefined;
  const rows = countedRows(problem);
  if (rows.length === 0) return undefined;
  const steps = rows.map(({ step }) => step);
  const numbers = rows.map(({ row }) => row);
  const groups = new Map<number, CreditOption[]>();
  for (const [index, source] of sources.entries()) {
    const options = optionsOf(problem, index, source, numbers, steps);
    if (!options) return undefined;
    groups.set(source.unit, [...(groups.get(source.unit) ?? []), ...options]);
  }
  const needs = numbers.map((row, at) => Math.ceil(problem.rowNeeds[row]! / steps[at]!));
  return { rows: numbers, needs, groups: [...groups.values()] };
}

/** Rows on every way through the tree that something fills in part, those with most such sources first; and how large a step is. */
function countedRows(problem: Problem): { row: number; step: number }[] {
  const { sources, rows, limitRows, rowNeeds } = problem;
  const inPart = new Map<number, Set<number>>();
  for (const [index, { gifts }] of sources.entries())
    for (const { row, amount } of gifts.flatMap(({ atPlace, anywhere }) => [...atPlace.flat(), ...anywhere]))
      if (amount > 0 && amount < 1) (inPart.get(row) ?? inPart.set(row, new Set()).get(row)!).add(index);
  const needed = [...neededRows(rows), ...limitRows.map(({ row }) => row)].filter((row) => inPart.has(row));
  const chosen = needed.sort((a, b) => inPart.get(b)!.size - inPart.get(a)!.size || a - b).slice(0, MOST_ROWS);
  const whole = chosen.map((row) => ({ row, step: sources.reduce((step, source) => commonStep(step, source, row, rowNeeds[row]!), rowNeeds[row]!) }));
  const all = (): number => whole.reduce((product, { row, step }) => product * (Math.ceil(rowNeeds[row]! / step) + 1), 1);
  while (all() > MOST_STEPS) {
    const finest = whole.reduce((a, b) => (rowNeeds[a.row]! / a.step >= rowNeeds[b.row]! / b.step ? a : b));
    finest.step *= 2;
  }
  return whole;
}

function neededRows(node: RowTree): number[] {
  if (node.kind === 'ROW') return [node.row];
  return node.kind === 'K_OF' && node.k >= node.of.length ? node.of.flatMap(neededRows) : [];
}

function commonStep(step: number, { gifts }: BoundSource, asked: number, need: number): number {
  let common = step;
  for (const { row, amount } of gifts.flatMap(({ atPlace, anywhere }) => [...atPlace.flat(), ...anywhere]))
    if (row === asked) common = commonDivisor(common, Math.round(amount * need));
  return common;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

function optionsOf(
  { rowNeeds }: Problem,
  source: number,
  { gifts }: BoundSource,
  rows: readonly number[],
  steps: readonly number[],
): CreditOption[] | undefined {
  let ways: (readonly Gift['anywhere'][number][])[] = [[]];
  for (const { atPlace, anywhere } of gifts) {
    const put = atPlace.map((shares) => [...shares, ...anywhere]);
    ways = ways.flatMap((way) => (put.length === 0 ? [way] : put.map((shares) => [...way, ...shares])));
    if (ways.length > MOST_WAYS) return undefined;
  }
  return ways.map((way) => {
    const amounts = rows.map((row) => way.reduce((sum, share) => sum + (share.row === row ? Math.round(share.amount * rowNeeds[row]!) : 0), 0));
    // What is more than whole steps counts as one more: too much is never wrong for a bound.
    return { source, steps: amounts.map((amount, at) => Math.ceil(amount / steps[at]!)), shares: way.filter(({ row }) => !rows.includes(row)) };
  });
}
