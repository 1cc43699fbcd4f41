import { parseArgs } from 'node:util';
import { PathwayEngine } from '@mcr/pathway-engine';
import type { Situation } from '@mcr/pathway-engine';
import { seededRandom } from '../crash/seeded-random.ts';
import { percentile } from '../harness/figures.ts';
import { besidePostgres, besideSolvers } from './baselines/beside.ts';
import { sayHardest } from './hardest.ts';
import { asOf, generatedProvince, heldBy, sizeOf } from './province.ts';
import { say } from './questions.ts';
import type { Answered, Question } from './questions.ts';

const HELD = [5, 12, 40];
const WARM = 50;
const MS_A_PLAN = 1_000;
const MS_A_PROVINCE = 2_000;
const MS_OF_OTHERS = 2_000;

const budget = (ms: number) => ({ nodes: Number.MAX_SAFE_INTEGER, until: performance.now() + ms, now: () => performance.now() });

/** Milliseconds of each call, after some calls that are not counted. */
function times(count: number, ask: (index: number) => unknown): number[] {
  for (let index = 0; index < Math.min(WARM, count); index += 1) ask(index);
  return Array.from({ length: count }, (_, index) => {
    const start = performance.now();
    ask(WARM + index);
    return performance.now() - start;
  });
}

function answersTo(engine: PathwayEngine, questions: readonly Question[]): Answered[] {
  const answered = questions.map((question): Answered => {
    const [start, before] = [performance.now(), process.threadCpuUsage()];
    const answer = engine.cheapest(question.credential, question.situation, {}, budget(MS_A_PLAN));
    const { user, system } = process.threadCpuUsage(before);
    return { ...question, answer, ms: performance.now() - start, msAtWork: (user + system) / 1000 };
  });
  return answered.slice(WARM);
}

function built(engineOf: () => PathwayEngine): PathwayEngine {
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const engine = engineOf();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const memory = Math.round((process.memoryUsage().rss - before) / 2 ** 20);
  console.log(`  built in ${seconds} s (goal 3 s), memory ${memory} MiB more than the facts (goal 512)`);
  return engine;
}

/**
 * The engine over a province that is made up with the proportions of real articulation, each question beside its goal, and beside what others do
 * with the same facts. `--size` takes a part of the province, `--beside` asks so many questions of the solvers, `--greedy` of greedy SQL.
 */
export async function pathwaysSpeed(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...parameters],
    options: { size: { type: 'string', default: '1' }, beside: { type: 'string', default: '20' }, greedy: { type: 'string', default: '200' } },
  });
  const size = sizeOf(Number(values.size));
  const facts = generatedProvince(size);
  console.log(`pathways: ${facts.microCredentials.length} micro-credentials, ${facts.credentials.length} credentials, ${facts.agreements.length} agreements`);
  const engine = built(() => new PathwayEngine(facts));

  const random = seededRandom(7);
  const people = Array.from({ length: 300 }, (_, index) => ({ held: heldBy(facts, size, HELD[index % HELD.length]!, random), asOf }));
  const personOf = (index: number): Situation => people[index % people.length]!;
  const credentialOf = (index: number): string => facts.credentials[(index * 37) % facts.credentials.length]!.id;

  const counted = times(1_000, (index) => engine.countsFor(personOf(index)));
  say('COUNTS_FOR, all receivers', counted, '(goal p99 < 5 ms)');
  for (const { id } of facts.credentials) engine.audit(id, { held: [], asOf });
  const audits = times(1_000, (index) => engine.audit(credentialOf(index), personOf(index)));
  say('AUDIT of one credential', audits, '(goal p99 < 2 ms)');
  const puts = times(500, (index) => engine.graph.putAgreement(facts.agreements[index % 1_000]!));
  say('an agreement put again', puts, '(goal p99 < 1 ms)');

  const questionsOf = (first: number): Question[] =>
    Array.from({ length: 450 }, (_, index) => ({ credential: credentialOf(index), situation: personOf(index + first) }));
  const firstTime = answersTo(engine, questionsOf(150)).map(({ ms }) => ms);
  say('CHEAPEST for one credential, asked first', firstTime, '(nobody asked of it since the facts changed)');
  const answered = answersTo(engine, questionsOf(0));
  const measured = answered.map(({ ms }) => ms);
  const proven = answered.filter(({ answer: { proof } }) => proof === 'OPTIMAL' || proof === 'INFEASIBLE').length;
  const provenShare = ((100 * proven) / answered.length).toFixed(1);
  say('CHEAPEST for one credential', measured, `(goal p99 < 25 ms)   ${provenShare} % proven (goal ≥ 99.5 %)`);
  say(
    'the same, time of the thread at work',
    answered.map(({ msAtWork }) => msAtWork),
    '(the rest is waiting for a processor)',
  );
  sayHardest(engine, answered);
  const any = times(20, (index) => engine.cheapestAmong(undefined, personOf(index), {}, budget(MS_A_PROVINCE)));
  say('CHEAPEST for any credential', any, '(goal p99 < 150 ms)');
  const within = { budgets: { COST: 20_000 } };
  const inReach = times(20, (index) => engine.inReach(undefined, personOf(index), within, budget(MS_A_PROVINCE)));
  say('IN_REACH for 200 dollars', inReach, '(goal p99 < 100 ms)');

  const greedy = Number(values.greedy);
  const differ = greedy > 0 ? await besidePostgres(facts, engine, people.slice(0, greedy), answered.slice(0, greedy)) : 0;
  const differFromHighs = await besideSolvers(facts, answered.slice(0, Number(values.beside)), MS_OF_OTHERS);
  console.log(`pathways: CHEAPEST p99 ${percentile(measured, 0.99).toFixed(0)} ms, ${provenShare} % proven, ${differ + differFromHighs} answers differ`);
  if (differ + differFromHighs > 0) process.exitCode = 1;
}
