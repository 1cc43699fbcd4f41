import { DistributedProvince } from '../harness/distributed-province.ts';
import { median, printRate, timed } from '../harness/figures.ts';
import type { LoadClient } from '../harness/load.ts';
import { BareInserts } from './bare-inserts.ts';
import { timeOfNaiveConsumer } from './naive/naive-consumer.ts';
import { batches, cloudEvents } from './records.ts';
import { awardsInGraphql, untilVisible } from './visible.ts';

const RECORDS = 10_000;
const BATCH = 1_000;
const CONNECTIONS = 2;
const ROUNDS = 3;
const NAIVE_RECORDS = 2_000;

/** Batches over HTTP into one process, over Kafka into another, until GraphQL in a third shows them. Returns the ratio to bare inserts. */
export async function measureOverKafka(client: LoadClient): Promise<number> {
  const province = await DistributedProvince.start();
  const bare = new BareInserts(province.adminUrl, CONNECTIONS);
  try {
    const registrar = await province.registrarToken();
    const headers = { authorization: `Bearer ${await province.clientToken()}`, 'content-type': 'application/cloudevents-batch+json' };
    const make = (count: number): string[] => batches(cloudEvents(count, province.code, province.microCredential), BATCH);
    const url = `${province.urlOf('awards')}/events`;
    let visible = await awardsInGraphql(province, registrar);
    const publish = async (bodies: readonly string[], count: number): Promise<void> => {
      await client.run({ url, headers, bodies, clients: 4 }, 202);
      await untilVisible(province, registrar, (visible += count));
    };
    await publish(make(2 * BATCH), 2 * BATCH);
    const [measured, baseline]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const bodies = make(RECORDS);
      measured.push(await timed(() => publish(bodies, RECORDS)));
      await bare.copy(RECORDS);
      baseline.push(await timed(() => bare.insert(RECORDS, BATCH, CONNECTIONS)));
    }
    const registry = { count: RECORDS, ms: median(measured) };
    const ratio = printRate('over HTTP, six processes, Kafka', registry, { count: RECORDS, ms: median(baseline) }, 0.5);
    const naive = { count: NAIVE_RECORDS, ms: await timeOfNaiveConsumer(province, NAIVE_RECORDS) };
    printRate('the same, beside Transport.KAFKA and save()', registry, naive, 10);
    return ratio;
  } finally {
    await bare.close();
    await province.close();
  }
}
