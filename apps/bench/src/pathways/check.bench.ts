import { parseArgs } from 'node:util';
import { PathwayEngine, objectives } from '@mcr/pathway-engine';
import type { Totals } from '@mcr/pathway-engine';
import { checkPlan } from '@mcr/pathway-engine/checker';
import { alikeInstance, bruteForcePlan, bruteForceVerdict, highsPlan, randomInstance } from '@mcr/pathway-engine/testing';
import type { Instance } from '@mcr/pathway-engine/testing';

const MS_TO_ANSWER = 10_000;
const MS_TO_TRY = 60_000;
/** Of a hundred instances so many have up to 12 micro-credentials that may be planned, up to 16, up to 22. */
const SIZES = [
  { share: 90, from: 4, upTo: 12 },
  { share: 9, from: 13, upTo: 16 },
  { share: 1, from: 17, upTo: 22 },
];
const SAY_EVERY = 1_000;
const HIGHS_EVERY = 10;

function candidatesOf(index: number): number {
  let place = index % 100;
  for (const { share, from, upTo } of SIZES) {
    if (place < share) return from + ((Math.floor(index / 100) + place) % (upTo - from + 1));
    place -= share;
  }
  throw new RangeError('The shares are not a hundred.');
}

/** Random instances over everything that facts can say, and, in turn, ones whose micro-credentials are much alike. */
const instanceOf = (seed: number, candidates: number): Instance => (seed % 2 === 0 ? randomInstance : alikeInstance)(seed, { candidates });

const isSame = (a: Totals | undefined, b: Totals | undefined): boolean => objectives.every((objective) => a?.[objective] === b?.[objective]);

/** The best plan by trying everything; where that takes too long, its totals by HiGHS. */
async function reference(instance: Instance): Promise<{ plan?: readonly string[]; totals: Totals | undefined; by: 'trying everything' | 'HiGHS' }> {
  const until = performance.now() + MS_TO_TRY;
  const tried = bruteForcePlan(instance, () => performance.now() > until);
  if (tried === 'TIMED_OUT') return { totals: await highsPlan(instance), by: 'HiGHS' };
  return { plan: tried?.plan, totals: tried?.totals, by: 'trying everything' };
}

/** What is wrong with the answers to one instance; nothing is right. What was seen is counted. */
async function wrongWith(instance: Instance, withHighs: boolean, seen: (what: string) => void): Promise<string[]> {
  const { facts, credential, situation, terms } = instance;
  const engine = new PathwayEngine(facts);
  const until = performance.now() + MS_TO_ANSWER;
  const answer = engine.cheapest(credential, situation, terms, { nodes: Number.MAX_SAFE_INTEGER, until, now: () => performance.now() });
  const best = await reference(instance);
  const wrong: string[] = [];
  if (engine.audit(credential, situation).verdict !== bruteForceVerdict(facts, credential, situation).verdict) wrong.push('another verdict');
  const isProven = answer.proof === 'OPTIMAL' || answer.proof === 'INFEASIBLE';
  const totals = 'plan' in answer ? answer.totals : undefined;
  if (isProven && !isSame(totals, best.totals)) wrong.push(`other totals than by ${best.by}`);
  if (isProven && best.plan && 'plan' in answer && answer.plan.join() !== best.plan.join()) wrong.push('another plan of the same totals');
  if ('plan' in answer) {
    const checked = checkPlan(facts, credential, { ...situation, planned: answer.plan }, terms, answer.assignment, answer.totals);
    if (checked.faults.length > 0 || checked.verdict !== answer.verdict) wrong.push('a certificate that does not hold');
  }
  const [first] = [...(terms.objectives ?? []), ...objectives];
  if (!isProven && best.totals && answer.bound > best.totals[first!]) wrong.push('a bound above the best plan');
  if (withHighs && best.by !== 'HiGHS' && !isSame(await highsPlan(instance), best.totals)) wrong.push('another optimum than HiGHS');
  seen(!isProven ? `not proven in ${MS_TO_ANSWER / 1000} s` : 'plan' in answer ? `a plan of ${answer.plan.length}` : 'no plan');
  return wrong;
}

/** The engine beside trying everything, each tenth time beside HiGHS too, with the checker on each answer. */
export async function pathwaysCheck(parameters: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...parameters], options: { instances: { type: 'string', default: '1000' }, from: { type: 'string', default: '0' } } });
  const [count, from] = [Number(values.instances), Number(values.from)];
  const sizes = new Map<string, number>();
  const outcomes = new Map<string, number>();
  let wrong = 0;
  for (let index = 0; index < count; index += 1) {
    const seed = 1_000_000 + from + index;
    const candidates = candidatesOf(index);
    const faults = await wrongWith(instanceOf(seed, candidates), index % HIGHS_EVERY === 0, (what) => outcomes.set(what, (outcomes.get(what) ?? 0) + 1));
    if (faults.length > 0) {
      wrong += 1;
      console.log(`  seed ${seed} with ${candidates}: ${faults.join('; ')}`);
    }
    const size = SIZES.find(({ upTo }) => candidates <= upTo)!;
    sizes.set(`up to ${size.upTo}`, (sizes.get(`up to ${size.upTo}`) ?? 0) + 1);
    if ((index + 1) % SAY_EVERY === 0) console.log(`  ${index + 1} of ${count}, ${wrong} wrong`);
  }
  const say = (title: string, counts: ReadonlyMap<string, number>): void =>
    console.log(
      `  ${title}: ${[...counts]
        .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
        .map(([name, times]) => `${name}: ${times}`)
        .join(', ')}`,
    );
  say('may be planned', sizes);
  say('answers', outcomes);
  console.log(`${count} instances, ${wrong} wrong`);
  if (wrong > 0) process.exitCode = 1;
}
