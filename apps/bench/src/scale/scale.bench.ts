import { cpus } from 'node:os';
import { DistributedProvince } from '../harness/distributed-province.ts';
import { median, timed } from '../harness/figures.ts';
import { LoadClient } from '../harness/load.ts';
import { batches, cloudEvents } from '../ingest/records.ts';

const RECORDS = 10_000;
const BATCH = 500;
const ROUNDS = 3;
const GOAL = 1.7;

/** Time until every record is answered, and with that decided and kept, over these addresses of the awards service at once. */
async function timeOver(province: DistributedProvince, clients: readonly LoadClient[], urls: readonly string[]): Promise<number> {
  const headers = { authorization: `Bearer ${await province.clientToken()}`, 'content-type': 'application/cloudevents-batch+json' };
  const bodies = batches(cloudEvents(RECORDS, province.code, province.microCredential), BATCH);
  const share = bodies.length / urls.length;
  return timed(() =>
    Promise.all(
      urls.map((url, index) =>
        clients[index]!.run({ url: `${url}/events`, headers, bodies: bodies.slice(index * share, (index + 1) * share), clients: 4 / urls.length }, 202),
      ),
    ),
  );
}

/** Two processes of the awards service beside one, alternating, with the same load in all: lanes and locks share the work, not luck. */
export async function scale(): Promise<void> {
  console.log(`scale, two awards processes beside one, batches of ${BATCH} over HTTP, on ${cpus().length} cores that PostgreSQL, Kafka and the clients share`);
  const province = await DistributedProvince.start();
  const clients = [await LoadClient.start(), await LoadClient.start()];
  try {
    const [first, second] = [province.urlOf('awards'), await province.another('awards')];
    await timeOver(province, clients, [first, second]);
    const [one, two]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      one.push(await timeOver(province, clients, [first]));
      two.push(await timeOver(province, clients, [first, second]));
    }
    const rate = (ms: number): number => Math.round((RECORDS * 1000) / ms);
    const ratio = median(one) / median(two);
    console.log(`  one process ${rate(median(one))}/s   two ${rate(median(two))}/s   ratio ${ratio.toFixed(2)} (goal ≥ ${GOAL} with cores to spare)`);
    console.log(`scale ${ratio.toFixed(2)}`);
  } finally {
    for (const client of clients) client.stop();
    await province.close();
  }
}
