import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { check } from './check/checker.ts';
import { StoreReader } from './check/stores.ts';
import type { Stores } from './check/stores.ts';
import { kill, planKills } from './killer.ts';
import type { Kill, KillDone } from './killer.ts';
import { HttpDoor } from './load/http-door.ts';
import { KafkaDoor } from './load/kafka-door.ts';
import { Ledger } from './load/ledger.ts';
import type { ToldOutcome } from './load/ledger.ts';
import { Load } from './load/load.ts';
import type { Sender } from './load/load.ts';
import { makeIssuer, tokensOf } from './load/province.ts';
import { startDistributed } from './machine/distributed.ts';
import { startLocal } from './machine/registry.ts';
import type { Registry } from './machine/registry.ts';
import { crashOptions } from './options.ts';
import type { CrashOptions } from './options.ts';
import { isClean, printed } from './report.ts';
import type { Report } from './report.ts';
import { seededRandom } from './seeded-random.ts';

const INSTITUTIONS = ['KILA', 'KILB', 'KILC', 'KILD', 'KILE'];
const REST_MS = 180_000;
const ANSWERED_WITHIN_MS = 10_000;

const since = (start: number): number => Math.round((performance.now() - start) / 1000);

interface Scene {
  readonly options: CrashOptions;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly senders: readonly Sender[];
  readonly random: () => number;
}

async function prepare(options: CrashOptions): Promise<Scene> {
  const registry = options.carrier === 'local' ? await startLocal() : await startDistributed();
  try {
    return { options, registry, ...(await settle(registry)), random: seededRandom(options.seed) };
  } catch (error) {
    await registry.stop();
    throw error;
  }
}

/** The institutions, each with two who send; over Kafka one of them, where there is one. */
async function settle(registry: Registry): Promise<{ ledger: Ledger; senders: Sender[] }> {
  const ledger = new Ledger();
  const senders: Sender[] = [];
  const { url, institutionsBroker } = registry;
  for (const institution of INSTITUTIONS) {
    const issuer = await makeIssuer(registry, institution);
    const tokens = await tokensOf(registry, institution);
    const http = new HttpDoor(url, institution, tokens, ledger);
    const second = institutionsBroker === undefined ? http : new KafkaDoor({ url, institutionsBroker, institution, tokens, ledger });
    senders.push({ issuer, door: http }, { issuer, door: second });
  }
  return { ledger, senders };
}

/** Between two kills the institutions get an answer to some of what they began, unless that takes too long. */
async function someAreAnswered(load: Load, count: number): Promise<void> {
  for (const until = Date.now() + ANSWERED_WITHIN_MS; load.finished < count && Date.now() < until;) await delay(20);
}

/** Takes the first of the plan whose target is up, and waits for one if need be; undefined when the plan is done. */
async function nextOf(plan: Kill[], down: ReadonlySet<string>): Promise<Kill | undefined> {
  for (; plan.length > 0; await delay(50)) {
    const index = plan.findIndex(({ target }) => !down.has(target));
    if (index >= 0) return plan.splice(index, 1)[0];
  }
  return undefined;
}

/** The awards are spread over the kills, so that there is work whenever something dies. What is not down already may be killed meanwhile. */
async function killWhileSending({ options, registry, ledger, senders, random }: Scene): Promise<KillDone[]> {
  const start = performance.now();
  const load = new Load({ run: `r${options.seed}`, senders, ledger, random });
  const done: KillDone[] = [];
  const down = new Set<string>();
  const plan = planKills(registry.menu, options.kills, random);
  const killer = async (): Promise<void> => {
    for (let wanted = await nextOf(plan, down); wanted; wanted = await nextOf(plan, down)) {
      down.add(wanted.target);
      const before = load.allowed;
      load.allowed += Math.ceil(options.awards / options.kills);
      await someAreAnswered(load, before);
      done.push(await kill(registry, wanted, random, () => (load.allowed += 20)));
      down.delete(wanted.target);
      const { target, point } = done.at(-1)!;
      // It died elsewhere than it should have: once more, as long as that does not go on for ever.
      if (point !== wanted.point) plan.push(wanted);
      if (done.length >= 1.25 * options.kills) plan.length = 0;
      console.log(`  ${since(start)} s  kill ${done.length}/${options.kills}  ${target} ${point}  ${load.finished} awards answered for`);
    }
  };
  await Promise.all(Array.from({ length: registry.killers }, killer));
  // More may have been allowed while somebody waited for a fault point; none of it is needed now.
  load.allowed = options.awards;
  await load.end();
  return done;
}

/** Resolves when every consumer is at the end, or when it takes too long: then what is missing will be found. */
async function comesToRest({ registry }: Scene): Promise<Stores> {
  const reader = await StoreReader.open(registry.postgres.adminUrl);
  for (const until = Date.now() + REST_MS; Date.now() < until; await delay(250)) {
    const behind = (await reader.progress()).filter(({ reached, head }) => reached !== head);
    if (behind.length === 0 && (await reader.pending()) === 0) break;
  }
  const stores = await reader.read();
  await reader.close();
  return stores;
}

async function measure(options: CrashOptions): Promise<Report> {
  const start = performance.now();
  const scene = await prepare(options);
  const { registry, ledger, senders } = scene;
  try {
    console.log(
      `crash: ${INSTITUTIONS.length} institutions, ${senders.length} senders, ${options.kills} kills, carrier ${options.carrier}; logs in ${registry.dataDir}`,
    );
    const kills = await killWhileSending(scene);
    await registry.ready();
    const doors = [...new Set(senders.map((sender) => sender.door))];
    for (const door of doors) await door.learnOutcomes();
    const stores = await comesToRest(scene);
    const told: ToldOutcome[] = [];
    for (const door of doors) told.push(...((await door.told?.()) ?? []));
    const { lives, acknowledged } = ledger;
    const findings = check({ lives, acknowledged, told }, stores);
    for (const door of doors) await door.close?.();
    const { refused, retries } = ledger;
    const notStoppedInOrder = await registry.stop();
    return {
      options,
      seconds: since(start),
      institutions: INSTITUTIONS.length,
      awards: lives.length,
      acknowledged: acknowledged.length,
      retries,
      refused,
      events: stores.logs.length,
      notStoppedInOrder,
      kills,
      findings,
    };
  } catch (error) {
    await registry.stop();
    throw error;
  }
}

/** Kills whatever can be killed while institutions send, and then looks for what they were told and is not so. */
export async function crash(parameters: readonly string[]): Promise<void> {
  const options = crashOptions(parameters);
  const report = await measure(options);
  if (options.report) await writeFile(options.report, `${JSON.stringify(report, null, 2)}\n`);
  console.log(printed(report));
  if (!isClean(report)) process.exitCode = 1;
}
