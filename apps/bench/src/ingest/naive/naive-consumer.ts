import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { BrokerAccess, RecordWriter } from '@mcr/messaging/kafka-records';
import { Pool } from 'pg';
import { soon } from '../../harness/bench-province.ts';
import type { DistributedProvince } from '../../harness/distributed-province.ts';
import { timed } from '../../harness/figures.ts';
import { cloudEvents } from '../records.ts';

const HOUR_MS = 60 * 60 * 1000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** How long a consumer of Nest's own Kafka transport with TypeORM takes for so many records on this broker and server, in milliseconds. */
export async function timeOfNaiveConsumer(province: DistributedProvince, count: number): Promise<number> {
  const topic = `naive.awards.${randomUUID()}`;
  const connection = { brokers: [province.brokers], clientId: 'bench', log: quiet };
  const access = new BrokerAccess(connection);
  await access.createMissing([{ name: topic, partitions: 1, retentionMs: HOUR_MS, maxMessageBytes: 2 * 1024 * 1024 }]);
  await access.close();
  const script = fileURLToPath(new URL('naive-process.ts', import.meta.url));
  const child = fork(script, [province.adminUrl, province.brokers, topic, province.microCredential], { execArgv: process.execArgv });
  await once(child, 'message');
  const writer = new RecordWriter(connection);
  const records = cloudEvents(count, province.code, province.microCredential) as { id: string }[];
  const pool = new Pool({ connectionString: province.adminUrl, max: 1 });
  const done = (): Promise<void> =>
    soon(async () => {
      const { rows } = await pool.query<{ count: string }>('select count(*) from naive.registry_award');
      if (Number(rows[0]!.count) < count) throw new Error(`${rows[0]!.count} of ${count} are done.`);
    }, 300_000);
  const ms = await timed(async () => {
    await writer.write(
      topic,
      records.map((record) => ({ key: record.id, value: JSON.stringify(record) })),
    );
    await done();
  });
  await writer.close();
  await pool.end();
  child.kill();
  return ms;
}
