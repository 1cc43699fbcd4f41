import type { Topic } from '@mcr/event-kit';
import type { Database, Transaction } from '@mcr/database';
import type { LogPosition } from '../log/event-log.ts';

/** How far a consumer came in one partition, and the chain up to there. */
export interface Checkpoint extends LogPosition {
  readonly logId: string | null;
  readonly hash: Buffer;
  /** Where the carrier goes on after this position; null when what came last did not come from a carrier that counts. */
  readonly carrierOffset: string | null;
}

interface Row {
  topic: string;
  partition: number;
  pos: string;
  log_id: string | null;
  hash: Buffer;
  carrier_offset: string | null;
}

const checkpointOf = (row: Row): Checkpoint => ({
  topic: row.topic,
  partition: Number(row.partition),
  pos: Number(row.pos),
  logId: row.log_id,
  hash: row.hash,
  carrierOffset: row.carrier_offset,
});

/** Makes a row for every partition of the topics; those that exist stay as they are. */
export async function createCheckpoints(database: Database, consumer: string, topics: readonly Topic[]): Promise<void> {
  const partitions = topics.flatMap((topic) => Array.from({ length: topic.partitions }, (_, partition) => ({ topic: topic.name, partition })));
  await database.query('insert into checkpoint (consumer, topic, partition) select $1, * from unnest($2::text[], $3::int[]) on conflict do nothing', [
    consumer,
    partitions.map((p) => p.topic),
    partitions.map((p) => p.partition),
  ]);
}

/** Where the consumer stands, as last committed. */
export async function readCheckpoints(database: Database, consumer: string): Promise<Checkpoint[]> {
  const rows = await database.query<Row>('select topic, partition, pos, log_id, hash, carrier_offset from checkpoint where consumer = $1', [consumer]);
  return rows.map(checkpointOf);
}

/** Locks the rows in one order. Whoever comes second waits here, and then finds nothing left to do. */
export async function lockCheckpoints(tx: Transaction, consumer: string, places: readonly { topic: string; partition: number }[]): Promise<Checkpoint[]> {
  const rows = await tx.query<Row>(
    `select topic, partition, pos, log_id, hash, carrier_offset from checkpoint
      where consumer = $1 and (topic, partition) in (select * from unnest($2::text[], $3::int[]))
      order by topic, partition for update`,
    [consumer, places.map((p) => p.topic), places.map((p) => p.partition)],
  );
  return rows.map(checkpointOf);
}

/** Moves locked checkpoints, in one statement. */
export async function moveCheckpoints(tx: Transaction, consumer: string, reached: readonly Checkpoint[]): Promise<void> {
  await tx.query(
    `update checkpoint c set pos = r.pos, log_id = r.log_id, hash = r.hash, carrier_offset = r.carrier_offset, moved_at = now()
       from unnest($2::text[], $3::int[], $4::bigint[], $5::uuid[], $6::bytea[], $7::text[]) as r (topic, partition, pos, log_id, hash, carrier_offset)
      where c.consumer = $1 and c.topic = r.topic and c.partition = r.partition`,
    [
      consumer,
      reached.map((c) => c.topic),
      reached.map((c) => c.partition),
      reached.map((c) => c.pos),
      reached.map((c) => c.logId),
      reached.map((c) => c.hash),
      reached.map((c) => c.carrierOffset),
    ],
  );
}
