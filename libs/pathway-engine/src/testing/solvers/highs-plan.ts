import highs from 'highs';
import type { Totals } from '../../facts/question.ts';
import type { Instance } from '../instances/instance.ts';
import { integerProgramOf, type IntegerProgram, type Row, type Sum } from './integer-program.ts';
import { inLines } from './lp-lines.ts';

const written = (sum: Sum): string => inLines([...sum].map(([variable, times]) => ` ${times < 0 ? '-' : '+'} ${Math.abs(times)} ${variable}`));

function writtenRow({ sum, min, max }: Row, index: number): string {
  return ` r${index}: ${written(sum)} ${min === undefined ? `<= ${max}` : `>= ${min}`}`;
}

/** The program in the LP format, with one of its objectives. */
function lpText({ binaries }: IntegerProgram, objective: Sum, rows: readonly Row[]): string {
  const filled = rows.filter(({ sum }) => sum.size > 0).map(writtenRow);
  return ['Minimize', ` obj: ${written(objective)}`, 'Subject To', ...filled, 'Binary', ...binaries.map((name) => ` ${name}`), 'End'].join('\n');
}

/** What HiGHS is given to read when it is asked for the least of the first objective. */
export function lpTextOf(instance: Instance): string {
  const program = integerProgramOf(instance);
  return lpText(program, program.objectives[0]!.sum, program.rows);
}

/** Whether a row without variables asks for what cannot be. */
const isImpossible = ({ sum, min = 0, max = 0 }: Row): boolean => sum.size === 0 && (min > 0 || max < 0);

/** The package's types are those of its CommonJS build, which has the loader under `default`; the build that Node loads is the loader itself. */
const load = highs as unknown as typeof highs.default;

let loading: ReturnType<typeof load> | undefined;

/** The least totals of any plan of an instance, found by HiGHS one objective after the other; undefined when there is no plan. */
export async function highsPlan(instance: Instance): Promise<Totals | undefined> {
  const solver = await (loading ??= load());
  const program = integerProgramOf(instance);
  const rows = [...program.rows];
  if (rows.some(isImpossible)) return undefined;
  const totals: Record<string, number> = {};
  for (const { objective, sum } of program.objectives) {
    const solution = solver.solve(lpText(program, sum, rows), { mip_rel_gap: 0, mip_abs_gap: 0, output_flag: false });
    if (solution.Status === 'Infeasible') return undefined;
    if (solution.Status !== 'Optimal') throw new Error(`HiGHS ends with ${solution.Status}.`);
    totals[objective] = sum.size === 0 ? 0 : Math.round(solution.ObjectiveValue);
    if (sum.size > 0) rows.push({ sum, max: totals[objective] });
  }
  return totals as Totals;
}
