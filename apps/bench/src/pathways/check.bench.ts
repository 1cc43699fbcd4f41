import { parseArgs } from 'node:util';
import { californiaCases, comparisonOf, mixedInstance } from '@mcr/pathway-engine/testing';
import type { Comparison } from '@mcr/pathway-engine/testing';

const MS_TO_ANSWER = 10_000;
const MS_TO_TRY = 60_000;
const SAY_EVERY = 1_000;
const HIGHS_EVERY = 10;
const REAL_SEED = 1;

/** What was seen of many questions. */
class Tally {
  readonly #sizes = new Map<string, number>();
  readonly #outcomes = new Map<string, number>();
  instances = 0;
  wrong = 0;

  add(name: string, size: string, { wrong, outcome, length }: Comparison): void {
    this.instances += 1;
    count(this.#sizes, size);
    count(this.#outcomes, outcome === 'PLAN' ? `a plan of ${length}` : outcome === 'NO_PLAN' ? 'no plan' : `not proven in ${MS_TO_ANSWER / 1000} s`);
    if (outcome === 'NOT_PROVEN') console.log(`  ${name}: not proven`);
    if (wrong.length === 0) return;
    this.wrong += 1;
    console.log(`  ${name}: ${wrong.join('; ')}`);
  }

  say(): void {
    say('may be planned', this.#sizes);
    say('answers', this.#outcomes);
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function say(title: string, counts: ReadonlyMap<string, number>): void {
  const sorted = [...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  console.log(`  ${title}: ${sorted.map(([name, times]) => `${name}: ${times}`).join(', ')}`);
}

async function checkRealRows(tally: Tally, asked: number): Promise<void> {
  const cases = californiaCases(asked, REAL_SEED);
  if (!cases) return console.log('  no real rows: ../shared/data/articulation/california-a-m.json is not there');
  for (const [index, one] of cases.entries()) {
    const size = one.facts.microCredentials.length <= 22 ? 'real rows, up to 22' : 'real rows, more than 22';
    const terms = { msToAnswer: MS_TO_ANSWER, msToTry: MS_TO_TRY, withHighs: true };
    tally.add(`real ${index}, ${one.name}`, size, await comparisonOf(one, terms));
  }
}

/**
 * The engine beside trying everything, each tenth time beside HiGHS too, with the checker on each answer; then the same with real articulation,
 * each time beside HiGHS. Questions that were not proven in time are named and counted, and are not wrong.
 */
export async function pathwaysCheck(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...parameters],
    options: { instances: { type: 'string', default: '1000' }, from: { type: 'string', default: '0' }, real: { type: 'string', default: '300' } },
  });
  const [instances, from] = [Number(values.instances), Number(values.from)];
  const tally = new Tally();
  for (let index = 0; index < instances; index += 1) {
    const { instance, seed, candidates, upTo } = mixedInstance(from + index);
    const terms = { msToAnswer: MS_TO_ANSWER, msToTry: MS_TO_TRY, withHighs: index % HIGHS_EVERY === 0 };
    tally.add(`seed ${seed} with ${candidates}`, `up to ${upTo}`, await comparisonOf(instance, terms));
    if ((index + 1) % SAY_EVERY === 0) console.log(`  ${index + 1} of ${instances}, ${tally.wrong} wrong`);
  }
  await checkRealRows(tally, Number(values.real));
  tally.say();
  console.log(`${tally.instances} instances, ${tally.wrong} wrong`);
  if (tally.wrong > 0) process.exitCode = 1;
}
