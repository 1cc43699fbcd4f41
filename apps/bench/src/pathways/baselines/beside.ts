import type { Facts, PathwayEngine, Situation } from '@mcr/pathway-engine';
import { highsPlan } from '@mcr/pathway-engine/testing';
import { percentile } from '../../harness/figures.ts';
import { costOf, say } from '../questions.ts';
import type { Answered } from '../questions.ts';
import { compactProgram } from './compact-program.ts';
import { factsAround } from './facts-around.ts';
import { FactsInPostgres } from './facts-in-postgres.ts';
import { byJavascriptLpSolver, byYalps } from './solvers.ts';
import type { Solved } from './solvers.ts';

const CENTS = 1_000;

async function timed<Answer>(work: () => Answer | Promise<Answer>): Promise<{ answer: Answer; ms: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - start };
}

const ratio = (theirs: readonly number[], ours: readonly number[]): string => (percentile(theirs, 0.5) / percentile(ours, 0.5)).toFixed(1);
const share = (part: number, all: number): string => `${((100 * part) / Math.max(1, all)).toFixed(1)} %`;

/** PostgreSQL on the same facts: what is held counts for by a recursive query, and the cheapest plan by greedy SQL. @returns how many differ. */
export async function besidePostgres(facts: Facts, engine: PathwayEngine, people: readonly Situation[], answered: readonly Answered[]): Promise<number> {
  const postgres = await FactsInPostgres.start(facts);
  try {
    const differ = await countsForBeside(postgres, engine, people);
    await greedyBeside(postgres, facts, engine, answered);
    return differ;
  } finally {
    await postgres.stop();
  }
}

async function countsForBeside(postgres: FactsInPostgres, engine: PathwayEngine, people: readonly Situation[]): Promise<number> {
  const [theirs, ours]: [number[], number[]] = [[], []];
  let differ = 0;
  for (const person of people) {
    const sql = await timed(() => postgres.countsFor(person));
    const engines = await timed(() => engine.countsFor(person));
    theirs.push(sql.ms);
    ours.push(engines.ms);
    const counting = engines.answer.flatMap(({ answers }) => answers.flatMap(({ outcome, agreement }) => (outcome === 'COUNTS' ? [agreement.id] : [])));
    if (counting.sort().join() !== sql.answer.sort().join()) differ += 1;
  }
  say('COUNTS_FOR by a recursive query, PostgreSQL', theirs, `(${ratio(theirs, ours)} times the engine's p50; ${differ} of ${people.length} answers differ)`);
  return differ;
}

async function greedyBeside(postgres: FactsInPostgres, facts: Facts, engine: PathwayEngine, answered: readonly Answered[]): Promise<void> {
  const cost = costOf(facts);
  const found = { optimal: 0, dearer: 0, wrong: 0, nothing: 0 };
  const [theirs, over]: [number[], number[]] = [[], []];
  for (const { credential, situation, answer } of answered) {
    const { answer: plan, ms } = await timed(() => postgres.greedyPlan(credential, situation));
    theirs.push(ms);
    const isPlan = plan && engine.audit(credential, { ...situation, planned: plan }).verdict !== 'INCOMPLETE';
    if (!plan) found[answer.proof === 'INFEASIBLE' ? 'optimal' : 'nothing'] += 1;
    else if (!isPlan || !('plan' in answer)) found.wrong += 1;
    else if (cost(plan) === answer.totals.COST) found.optimal += 1;
    else {
      found.dearer += 1;
      over.push(cost(plan) / answer.totals.COST);
    }
  }
  const ours = answered.map(({ ms }) => ms);
  const shares = `${share(found.optimal, answered.length)} optimal, ${share(found.dearer, answered.length)} dearer`;
  const faults = `${share(found.wrong, answered.length)} no plan at all, ${share(found.nothing, answered.length)} missed`;
  const dearer = over.length > 0 ? `; the dearer ones ${Math.round(100 * (percentile(over, 0.5) - 1))} % more at the median` : '';
  say('CHEAPEST by greedy SQL, PostgreSQL', theirs, `(${ratio(theirs, ours)} times; of ${answered.length}: ${shares}, ${faults}${dearer})`);
}

type Solver = (facts: Facts, question: Answered) => Solved | Promise<Solved>;

const solversWithin = (ms: number): Readonly<Record<string, Solver>> => ({
  HiGHS: async (facts, { credential, situation }) => {
    const totals = await highsPlan({ facts, credential, situation, terms: {} });
    return totals ? { status: 'PROVEN', cost: totals.COST / CENTS } : { status: 'NO_PLAN' };
  },
  YALPS: (facts, { credential, situation }) => byYalps(compactProgram(facts, credential, situation), ms),
  'javascript-lp-solver': (facts, { credential, situation }) => byJavascriptLpSolver(compactProgram(facts, credential, situation), ms),
});

/**
 * Solvers on the same questions, with the facts that could matter to each, model building included. HiGHS has the program of the oracles and makes
 * all four objectives least; the others have one of their own, and the cost alone. @returns how many optima of HiGHS differ.
 */
export async function besideSolvers(facts: Facts, answered: readonly Answered[], msOfOthers: number): Promise<number> {
  const near = answered.map(({ credential, situation }) => factsAround(facts, credential, situation));
  const ours = answered.map(({ ms }) => ms);
  let differ = 0;
  for (const [name, solve] of Object.entries(solversWithin(msOfOthers))) {
    const theirs: number[] = [];
    let [proven, right, wrong] = [0, 0, 0];
    for (const [index, question] of answered.entries()) {
      const { answer: solved, ms } = await timed(() => solve(near[index]!, question));
      theirs.push(ms);
      if (solved.status === 'NOT_PROVEN') continue;
      proven += 1;
      const { answer } = question;
      if (answer.proof !== 'OPTIMAL' && answer.proof !== 'INFEASIBLE') continue;
      const isSame = solved.status === 'PROVEN' ? answer.proof === 'OPTIMAL' && answer.totals.COST === solved.cost * CENTS : answer.proof === 'INFEASIBLE';
      if (isSame) right += 1;
      else wrong += 1;
    }
    if (name === 'HiGHS') differ = wrong;
    const shares = `${share(proven, answered.length)} proven, ${share(right, answered.length)} the engine's optimum, ${wrong} wrong`;
    say(`CHEAPEST by ${name}`, theirs, `(${ratio(theirs, ours)} times; of ${answered.length}: ${shares})`);
  }
  return differ;
}
