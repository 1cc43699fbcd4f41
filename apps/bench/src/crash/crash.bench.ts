import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { check } from './check/checker.ts';
import { StoreReader } from './check/stores.ts';
import type { Stores } from './check/stores.ts';
import { kill, planKills } from './killer.ts';
import type { KillDone } from './killer.ts';
import { HttpDoor } from './load/http-door.ts';
import { Ledger } from './load/ledger.ts';
import { Load } from './load/load.ts';
import type { Sender } from './load/load.ts';
import { makeIssuer, tokensOf } from './load/province.ts';
import { startLocal } from './machine/registry.ts';
import type { Registry } from './machine/registry.ts';
import { crashOptions } from './options.ts';
import type { CrashOptions } from './options.ts';
import { isClean, printed } from './report.ts';
import type { Report } from './report.ts';
import { seededRandom } from './seeded-random.ts';

const INSTITUTIONS = ['KILA', 'KILB', 'KILC', 'KILD', 'KILE'];
const SENDERS_EACH = 2;
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
  const registry = await startLocal();
  const ledger = new Ledger();
  const senders: Sender[] = [];
  for (const code of INSTITUTIONS) {
    const issuer = await makeIssuer(registry, code);
    const door = new HttpDoor(registry.url, code, await tokensOf(registry, code), ledger);
    for (let sender = 0; sender < SENDERS_EACH; sender++) senders.push({ issuer, door });
  }
  return { options, registry, ledger, senders, random: seededRandom(options.seed) };
}

/** Between two kills the institutions get an answer to some of what they began, unless that takes too long. */
async function someAreAnswered(load: Load, count: number): Promise<void> {
  for (const until = Date.now() + ANSWERED_WITHIN_MS; load.finished < count && Date.now() < until;) await delay(20);
}

/** The awards are spread over the kills, so that there is work whenever something dies. */
async function killWhileSending({ options, registry, ledger, senders, random }: Scene): Promise<KillDone[]> {
  const start = performance.now();
  const load = new Load({ run: `r${options.seed}`, senders, ledger, random });
  const done: KillDone[] = [];
  for (const wanted of planKills(registry.menu, options.kills, random)) {
    const before = load.allowed;
    load.allowed = Math.max(load.allowed, Math.ceil((options.awards * (done.length + 1)) / options.kills));
    await someAreAnswered(load, before);
    done.push(await kill(registry, wanted, random, () => (load.allowed += 20)));
    console.log(`  ${since(start)} s  kill ${done.length}/${options.kills}  ${wanted.target} ${wanted.point}  ${load.finished} awards answered for`);
  }
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
    for (const door of new Set(senders.map((sender) => sender.door))) await door.learnOutcomes();
    const stores = await comesToRest(scene);
    const findings = check(ledger, stores);
    const { refused, retries } = ledger;
    const notStoppedInOrder = await registry.stop();
    return {
      options,
      seconds: since(start),
      institutions: INSTITUTIONS.length,
      awards: ledger.lives.length,
      acknowledged: ledger.acknowledged.length,
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
