import type { Province } from '../harness/province.ts';
import { percentile, printRate, timed } from '../harness/figures.ts';
import type { LoadClient } from '../harness/load.ts';
import { BareInserts } from './bare-inserts.ts';
import { cloudEvents } from './records.ts';

const RECORDS = 4_000;
const BARE = 2_000;

/** One record a request, at 16 and at 64 clients; the baseline gives each record a transaction on as many connections. */
export async function measureSingles(province: Province, client: LoadClient): Promise<void> {
  const headers = { authorization: `Bearer ${await province.clientToken()}`, 'content-type': 'application/cloudevents+json' };
  for (const clients of [16, 64]) {
    const bodies = cloudEvents(RECORDS, province.code, province.microCredential).map((event) => JSON.stringify(event));
    const { ms, latencies } = await client.run({ url: `${province.url}/events`, headers, bodies, clients }, 202);
    const bare = new BareInserts(province.adminUrl, clients);
    await bare.copy(BARE);
    const bareMs = await timed(() => bare.insert(BARE, 1, clients));
    await bare.close();
    printRate(`${clients} clients (p99 ${percentile(latencies, 0.99).toFixed(0)} ms)`, { count: RECORDS, ms }, { count: BARE, ms: bareMs }, 4);
  }
}
