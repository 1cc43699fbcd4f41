import { solve, type Constraint } from 'yalps';
import type { Totals } from '../../facts/question.ts';
import type { Instance } from '../instances/instance.ts';
import { integerProgramOf, type Row } from './integer-program.ts';

/** Coefficients by variable, as YALPS reads them. */
function columnsOf(variables: readonly string[], rows: readonly Row[]): Map<string, Map<string, number>> {
  const columns = new Map(variables.map((variable) => [variable, new Map<string, number>()]));
  rows.forEach(({ sum }, index) => {
    for (const [variable, times] of sum) columns.get(variable)!.set(`r${index}`, times);
  });
  return columns;
}

/**
 * The least totals of any plan of an instance, found by YALPS one objective after the other; undefined when there is no plan, and `TIMED_OUT` when
 * one objective takes longer than so many milliseconds.
 */
export function yalpsPlan(instance: Instance, timeout: number): Totals | 'TIMED_OUT' | undefined {
  const { binaries, numbers, rows: asked, objectives } = integerProgramOf(instance);
  const rows: Row[] = [...asked];
  const totals: Record<string, number> = {};
  for (const { objective, sum } of objectives) {
    const variables = columnsOf([...binaries, ...numbers], rows);
    for (const [variable, times] of sum) variables.get(variable)!.set('objective', times);
    const constraints = new Map(rows.map(({ min, max }, index): [string, Constraint] => [`r${index}`, min === undefined ? { max } : { min }]));
    const model = { direction: 'minimize' as const, objective: 'objective', constraints, variables, binaries: new Set(binaries) };
    const { status, result } = solve(model, { timeout, maxIterations: 10_000_000 });
    if (status === 'infeasible') return undefined;
    if (status === 'timedout') return 'TIMED_OUT';
    if (status !== 'optimal') throw new Error(`YALPS ends with ${status}.`);
    totals[objective] = Math.round(result);
    rows.push({ sum, max: totals[objective] });
  }
  return totals as Totals;
}
