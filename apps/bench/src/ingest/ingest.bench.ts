import { BenchProvince } from '../harness/bench-province.ts';
import { LoadClient } from '../harness/load.ts';
import { measureBatches } from './batches.ts';
import { measureGraphql } from './graphql-page.ts';
import { measureOverKafka } from './over-kafka.ts';
import { measureSingles } from './singles.ts';

/**
 * Ingest until visible in GraphQL, and the reading of it, each beside a baseline that does the least that could be done:
 * bare inserts of the rows that the registry wrote, and the page's SQL behind a bare handler. Same server, same run.
 */
export async function ingest(): Promise<void> {
  const province = await BenchProvince.start();
  const client = await LoadClient.start();
  try {
    console.log('ingest, batches of 1,000 until visible in GraphQL, beside bare inserts of 1,000 rows a statement on two connections');
    const ratio = await measureBatches(province, client);
    console.log('ingest, single records over HTTP, beside one bare transaction each');
    await measureSingles(province, client);
    console.log('GraphQL, a page of 20 awards with names at 16 clients, beside the same SQL behind a bare Fastify handler');
    await measureGraphql(province, client);
    await province.close();
    console.log('ingest, batches of 1,000 until visible in GraphQL, each service a process of its own on Kafka, beside the same bare inserts');
    const overKafka = await measureOverKafka(client);
    console.log(`ingest local ${ratio.toFixed(2)}, Kafka ${overKafka.toFixed(2)}`);
  } finally {
    client.stop();
  }
}
