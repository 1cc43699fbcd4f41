import solver from 'javascript-lp-solver';
import { solve } from 'yalps';
import type { Constraint } from 'yalps';
import type { CompactProgram } from './compact-program.ts';

/** The package's types are those of its CommonJS build, which has the solver under `default`; the build that Node loads is the solver itself. */
const lpSolver = solver as unknown as typeof solver.default;

/** The least cost that a solver found, in tens of dollars. */
export type Solved = { readonly status: 'PROVEN'; readonly cost: number } | { readonly status: 'NO_PLAN' } | { readonly status: 'NOT_PROVEN' };

const isImpossible = ({ rows }: CompactProgram): boolean => rows.some(({ sum, min = 0, max = 0 }) => sum.size === 0 && (min > 0 || max < 0));

export function byYalps(program: CompactProgram, timeout: number): Solved {
  if (isImpossible(program)) return { status: 'NO_PLAN' };
  const { rows, variables: names, cost } = program;
  const columns = new Map(names.map((name) => [name, new Map([['cost', cost.get(name) ?? 0]])]));
  for (const [index, { sum }] of rows.entries()) for (const [name, times] of sum) columns.get(name)!.set(`r${index}`, times);
  const constraints = new Map(rows.map(({ min, max }, index): [string, Constraint] => [`r${index}`, min === undefined ? { max } : { min }]));
  const model = { direction: 'minimize' as const, objective: 'cost', constraints, variables: columns, binaries: new Set(names) };
  const { status, result } = solve(model, { timeout, maxIterations: 10_000_000 });
  if (status === 'optimal') return { status: 'PROVEN', cost: Math.round(result) };
  return { status: status === 'infeasible' ? 'NO_PLAN' : 'NOT_PROVEN' };
}

export function byJavascriptLpSolver(program: CompactProgram, timeout: number): Solved {
  if (isImpossible(program)) return { status: 'NO_PLAN' };
  const { rows, variables: names, cost } = program;
  const variables: Record<string, Record<string, number>> = Object.fromEntries(names.map((name) => [name, { cost: cost.get(name) ?? 0 }]));
  for (const [index, { sum }] of rows.entries()) for (const [name, times] of sum) variables[name]![`r${index}`] = times;
  const constraints = Object.fromEntries(rows.map(({ min, max }, index) => [`r${index}`, min === undefined ? { max } : { min }]));
  const binaries = Object.fromEntries(names.map((name) => [name, true]));
  const until = performance.now() + timeout;
  const { feasible, result } = lpSolver.Solve({ optimize: 'cost', opType: 'min', constraints, variables, binaries, options: { timeout } }) as unknown as {
    feasible: boolean;
    result: number;
  };
  // It answers with the best that it has when its time is over, and does not say so.
  if (performance.now() >= until) return { status: 'NOT_PROVEN' };
  return feasible ? { status: 'PROVEN', cost: Math.round(result) } : { status: 'NO_PLAN' };
}
