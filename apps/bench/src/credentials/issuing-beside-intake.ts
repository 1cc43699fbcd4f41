import { BenchProvince } from '../harness/bench-province.ts';
import { printRate } from '../harness/figures.ts';
import type { LoadClient } from '../harness/load.ts';
import { type CpuShare, printWhereTimeGoes, watchCpu } from '../ingest/where-time-goes.ts';
import { batches, cloudEvents } from '../ingest/records.ts';

const BATCH = 500;
const CLIENTS = 4;
const WARM_UP = 2_000;
const GOAL = 0.8;
const LOOK_EVERY_MS = 50;
/** A credential an institution's processor cannot make in this time will not come. */
const MOST_MS_FOR_ONE = 200;
const CONSUMER = 'awards.credentials';

/** How many awards have their credential. */
export async function credentialed(province: BenchProvince): Promise<number> {
  const [row] = await province.database('awards').query<{ count: number }>('select count(*)::int as count from credential');
  return row!.count;
}

async function untilCredentialed(province: BenchProvince, count: number): Promise<void> {
  const until = Date.now() + 60_000 + count * MOST_MS_FOR_ONE;
  while ((await credentialed(province)) < count) {
    if (Date.now() > until) throw new Error(`${await credentialed(province)} of ${count} awards have their credential.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Milliseconds until so many records are decided, sent by another process as an institution would. */
async function takeIn(province: BenchProvince, client: LoadClient, records: number): Promise<number> {
  const headers = { authorization: `Bearer ${await province.clientToken()}`, 'content-type': 'application/cloudevents-batch+json' };
  const bodies = batches(cloudEvents(records, province.code, province.microCredential), BATCH);
  return (await client.run({ url: `${province.url}/events`, headers, bodies, clients: CLIENTS }, 202)).ms;
}

interface Taken {
  readonly ms: number;
  /** Processor time of the thread that takes in, which other processes of the machine cannot lengthen. */
  readonly threadMs: number;
  readonly cpu: CpuShare;
}

async function timedIntake(province: BenchProvince, client: LoadClient, awards: number): Promise<Taken> {
  const stop = watchCpu();
  const before = process.threadCpuUsage();
  const ms = await takeIn(province, client, awards);
  const { user, system } = process.threadCpuUsage(before);
  return { ms, threadMs: (user + system) / 1000, cpu: stop() };
}

async function withoutIssuing(client: LoadClient, awards: number): Promise<Taken> {
  const province = await BenchProvince.start({ signs: true, without: [CONSUMER] });
  try {
    await takeIn(province, client, WARM_UP);
    return await timedIntake(province, client, awards);
  } finally {
    await province.close();
  }
}

/**
 * So many awards while they get their credentials, beside the same where nobody issues: once before and once after, so that a warm program favours
 * neither. Returns the ratio, and the province with all its credentials.
 */
export async function measureIssuingBesideIntake(client: LoadClient, awards: number): Promise<{ province: BenchProvince; ratio: number }> {
  console.log(`credentials, ${awards} awards taken in while they get their credentials, beside the same without issuing`);
  const before = await withoutIssuing(client, awards);
  const province = await BenchProvince.start({ signs: true });
  await takeIn(province, client, WARM_UP);
  await untilCredentialed(province, WARM_UP);
  const start = performance.now();
  const taken = await timedIntake(province, client, awards);
  const meanwhile = (await credentialed(province)) - WARM_UP;
  await untilCredentialed(province, WARM_UP + awards);
  const ms = performance.now() - start;
  const after = await withoutIssuing(client, awards);
  const ratio = printRate('intake beside issuing', { count: awards, ms: taken.ms }, { count: 2 * awards, ms: before.ms + after.ms }, GOAL);
  const forOne = (threadMs: number): string => `${(threadMs / awards).toFixed(2)} ms`;
  console.log(`  processor time of the intake's thread for a record: ${forOne(taken.threadMs)}   baseline ${forOne((before.threadMs + after.threadMs) / 2)}`);
  printWhereTimeGoes([taken.cpu]);
  const rate = (count: number, took: number): string => `${((count * 1000) / took).toFixed(0)}/s`;
  console.log(
    `  credentials ${rate(meanwhile, taken.ms)} while the intake is busy, ${rate(awards - meanwhile, ms - taken.ms)} after it; the last award has its own ${(ms / 1000).toFixed(1)} s after the first was sent`,
  );
  return { province, ratio };
}
