import { setTimeout as delay } from 'node:timers/promises';
import { BenchProvince } from '../harness/bench-province.ts';
import { DistributedProvince } from '../harness/distributed-province.ts';
import { percentile } from '../harness/figures.ts';
import { LoadClient } from '../harness/load.ts';
import type { Province } from '../harness/province.ts';
import { cloudEvents } from '../ingest/records.ts';
import { awardsInGraphql } from '../ingest/visible.ts';

const CLIENTS = 16;
const WARM_UP = 1_000;
const RECORDS = 2_000;
const GOAL_P99_MS = 1_000;
/** Asked more often, the asking itself is the load: each question counts all awards. */
const ASK_EVERY_MS = 20;

const headersFor = async (province: Province): Promise<Record<string, string>> => ({
  authorization: `Bearer ${await province.clientToken()}`,
  'content-type': 'application/cloudevents+json',
});

const bodiesFor = (province: Province, count: number): string[] =>
  cloudEvents(count, province.code, province.microCredential).map((event) => JSON.stringify(event));

/** How many single records a second go in when as many come as can. */
async function fullLoad(province: Province, client: LoadClient): Promise<number> {
  const load = { url: `${province.url}/events`, headers: await headersFor(province), clients: CLIENTS };
  const { ms } = await client.run({ ...load, bodies: bodiesFor(province, WARM_UP) }, 202);
  return (WARM_UP * 1000) / ms;
}

/** Sends single records at a steady rate; gives the time of each 202. */
async function sendSteadily(province: Province, perSecond: number): Promise<number[]> {
  const headers = await headersFor(province);
  const start = performance.now();
  const accepted: Promise<number>[] = [];
  for (const [index, body] of bodiesFor(province, RECORDS).entries()) {
    const due = start + (index * 1000) / perSecond;
    if (due > performance.now()) await delay(due - performance.now());
    const sent = fetch(`${province.url}/events`, { method: 'POST', headers, body });
    accepted.push(
      sent.then((response) => {
        if (response.status !== 202) throw new Error(`A record was answered ${response.status}.`);
        return performance.now();
      }),
    );
  }
  return (await Promise.all(accepted)).sort((a, b) => a - b);
}

/** Asks GraphQL again and again how many awards there are; gives the time at which each further one was first counted. */
async function watchUntil(province: Province, token: string, before: number, count: number): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < count) {
    const shown = (await awardsInGraphql(province, token)) - before;
    const now = performance.now();
    while (seen.length < shown) seen.push(now);
    await delay(ASK_EVERY_MS);
  }
  return seen;
}

async function settle(province: Province, token: string): Promise<number> {
  for (let before = await awardsInGraphql(province, token); ;) {
    await delay(500);
    const now = await awardsInGraphql(province, token);
    if (now === before) return now;
    before = now;
  }
}

async function measure(name: string, province: Province, client: LoadClient): Promise<number> {
  const token = await province.registrarToken();
  const full = await fullLoad(province, client);
  const before = await settle(province, token);
  const [accepted, seen] = await Promise.all([sendSteadily(province, full / 2), watchUntil(province, token, before, RECORDS)]);
  // Awards are counted, not recognised: the n-th that was accepted is taken to be the n-th that is counted.
  const latencies = accepted.map((at, index) => Math.max(0, seen[index]! - at));
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  console.log(
    `  ${name.padEnd(34)} ${Math.round(full / 2)}/s (half of ${Math.round(full)}/s)   p50 ${p50.toFixed(0)} ms   p99 ${p99.toFixed(0)} ms (goal < ${GOAL_P99_MS} ms)`,
  );
  return p99;
}

/** From the answer 202 to the count in GraphQL, at half of what single records at 16 clients reach in the same run. */
export async function latency(): Promise<void> {
  console.log('latency, from 202 to visible in GraphQL, single records over HTTP at half load');
  const client = await LoadClient.start();
  const figures: number[] = [];
  for (const [name, kind] of [['one process, the logs themselves', BenchProvince] as const, ['six processes, Kafka', DistributedProvince] as const]) {
    const province: Province = await kind.start();
    try {
      figures.push(await measure(name, province, client));
    } finally {
      await province.close();
    }
  }
  client.stop();
  console.log(`latency p99 local ${figures[0]!.toFixed(0)} ms, Kafka ${figures[1]!.toFixed(0)} ms`);
}
