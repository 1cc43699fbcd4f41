import { parseArgs } from 'node:util';
import { PathwayEngine } from '@mcr/pathway-engine';
import type { Facts, Planned, Situation } from '@mcr/pathway-engine';
import { highsPlan } from '@mcr/pathway-engine/testing';
import { seededRandom } from '../crash/seeded-random.ts';
import { percentile } from '../harness/figures.ts';
import { factsAround } from './facts-around.ts';
import { asOf, generatedProvince, heldBy } from './province.ts';

const HELD = [5, 12, 40];
const MS_A_PLAN = 1_000;
const MS_A_PROVINCE = 2_000;

const budget = (ms: number) => ({ nodes: Number.MAX_SAFE_INTEGER, until: performance.now() + ms, now: () => performance.now() });

/** Milliseconds of each call, after some calls that are not counted. */
function times(count: number, ask: (index: number) => unknown): number[] {
  for (let index = 0; index < Math.min(50, count); index += 1) ask(index);
  return Array.from({ length: count }, (_, index) => {
    const start = performance.now();
    ask(50 + index);
    return performance.now() - start;
  });
}

function say(what: string, measured: readonly number[], goal: string, more = ''): void {
  const at = (share: number): string => percentile(measured, share).toFixed(2);
  console.log(`  ${what.padEnd(46)} p50 ${at(0.5).padStart(8)} ms   p99 ${at(0.99).padStart(8)} ms   (goal ${goal})${more}`);
}

interface Question {
  readonly credential: string;
  readonly situation: Situation;
}

function plans(engine: PathwayEngine, questions: readonly Question[]): { measured: number[]; answers: Planned[] } {
  const answers: Planned[] = [];
  const measured = times(questions.length - 50, (index) => {
    const { credential, situation } = questions[index]!;
    answers[index] = engine.cheapest(credential, situation, {}, budget(MS_A_PLAN));
  });
  return { measured, answers };
}

/** HiGHS on the same questions, with the facts that could matter to each, model building included. Says how often both know the same optimum. */
async function beside(facts: Facts, questions: readonly Question[], answers: readonly Planned[]): Promise<void> {
  const measured: number[] = [];
  const wrong: string[] = [];
  for (const [index, { credential, situation }] of questions.entries()) {
    const near = factsAround(facts, credential, situation);
    const start = performance.now();
    const totals = await highsPlan({ facts: near, credential, situation, terms: {} });
    measured.push(performance.now() - start);
    const answer = answers[index]!;
    if (answer.proof === 'OPTIMAL' && JSON.stringify(Object.entries(answer.totals).sort()) !== JSON.stringify(Object.entries(totals ?? {}).sort()))
      wrong.push(credential);
    if (answer.proof === 'INFEASIBLE' && totals) wrong.push(credential);
  }
  say(`the same ${questions.length} questions asked of HiGHS`, measured, 'none', `   ${wrong.length} answers differ`);
  if (wrong.length > 0) process.exitCode = 1;
}

/** The engine over a province that is made up with the proportions of real articulation, each question beside its goal. */
export async function pathwaysSpeed(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...parameters], options: { size: { type: 'string', default: '1' }, beside: { type: 'string', default: '20' } } });
  const size = Number(values.size);
  const facts = generatedProvince({ institutions: 25, microCredentials: 20_000 * size, credentials: 2_000 * size, agreements: 200_000 * size });
  console.log(`pathways: ${facts.microCredentials.length} micro-credentials, ${facts.credentials.length} credentials, ${facts.agreements.length} agreements`);
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const engine = new PathwayEngine(facts);
  console.log(
    `  built in ${((performance.now() - start) / 1000).toFixed(1)} s (goal 3 s), memory ${Math.round((process.memoryUsage().rss - before) / 2 ** 20)} MiB more than the facts (goal 512)`,
  );

  const random = seededRandom(7);
  const people = Array.from({ length: 300 }, (_, index) => ({ held: heldBy(facts, HELD[index % HELD.length]!, random), asOf }));
  const personOf = (index: number): Situation => people[index % people.length]!;
  const credentialOf = (index: number): string => facts.credentials[(index * 37) % facts.credentials.length]!.id;

  say(
    'COUNTS_FOR, all receivers',
    times(1_000, (index) => engine.countsFor(personOf(index))),
    'p99 < 5 ms',
  );
  for (const { id } of facts.credentials) engine.audit(id, { held: [], asOf });
  say(
    'AUDIT of one credential',
    times(1_000, (index) => engine.audit(credentialOf(index), personOf(index))),
    'p99 < 2 ms',
  );
  const agreements = facts.agreements.slice(0, 1_000);
  say(
    'an agreement put again',
    times(500, (index) => engine.graph.putAgreement(agreements[index % agreements.length]!)),
    'p99 < 1 ms',
  );

  const questions = Array.from({ length: 450 }, (_, index) => ({ credential: credentialOf(index), situation: personOf(index) }));
  const { measured, answers } = plans(engine, questions);
  const proven = answers.filter(({ proof }) => proof === 'OPTIMAL' || proof === 'INFEASIBLE').length;
  say('CHEAPEST for one credential', measured, 'p99 < 25 ms', `   ${((100 * proven) / answers.length).toFixed(1)} % proven (goal ≥ 99.5 %)`);
  say(
    'CHEAPEST for any credential',
    times(20, (index) => engine.cheapestAmong(undefined, personOf(index), {}, budget(MS_A_PROVINCE))),
    'p99 < 150 ms',
  );
  const within = { budgets: { COST: 20_000 } };
  say(
    'IN_REACH for 200 dollars',
    times(20, (index) => engine.inReach(undefined, personOf(index), within, budget(MS_A_PROVINCE))),
    'p99 < 100 ms',
  );

  const asked = Number(values.beside);
  await beside(facts, questions.slice(0, asked), answers);
  console.log(`pathways: CHEAPEST p99 ${percentile(measured, 0.99).toFixed(0)} ms, ${((100 * proven) / answers.length).toFixed(1)} % proven`);
}
