import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import type { LogEntry } from '../../log/event-log.ts';
import { placeKey } from '../../processing/inbox.ts';
import { entryOf } from './log-record.ts';

const PATIENCE_MS = 20_000;

interface End {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

/** The offset of the newest record of each partition that has any. */
async function endsOf(kafka: Kafka, names: readonly string[]): Promise<End[]> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const ends: End[] = [];
    for (const topic of names)
      for (const { partition, high, low } of await admin.fetchTopicOffsets(topic))
        if (BigInt(high) > BigInt(low)) ends.push({ topic, partition, offset: String(BigInt(high) - 1n) });
    return ends;
  } finally {
    await admin.disconnect();
  }
}

/**
 * The newest entry that Kafka holds of each partition of these topics; partitions without a record are left out, as are those whose
 * newest record is not of a log. Each call is a group of its own below `groupId`, and commits nothing: one that was cut off while it asked
 * would hold up the next for as long as the broker believes in it, and be held up itself.
 * @throws Error when Kafka does not hand them out in time.
 */
export async function newestRecords(kafka: Kafka, groupId: string, names: readonly string[]): Promise<Map<string, LogEntry | undefined>> {
  const ends = await endsOf(kafka, names);
  const found = new Map<string, LogEntry | undefined>();
  if (ends.length === 0) return found;
  const wanted = new Map(ends.map((end) => [placeKey(end), end.offset]));
  const consumer = kafka.consumer({ groupId: `${groupId}.${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [...new Set(ends.map(({ topic }) => topic))], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      setTimeout(() => reject(new Error(`Kafka did not hand out its newest records within ${PATIENCE_MS / 1000} seconds.`)), PATIENCE_MS).unref();
      const eachMessage = ({
        topic,
        partition,
        message,
      }: Parameters<NonNullable<Parameters<typeof consumer.run>[0]>['eachMessage'] & object>[0]): Promise<void> => {
        if (wanted.get(placeKey({ topic, partition })) === message.offset) found.set(placeKey({ topic, partition }), entryOf(topic, partition, message));
        if (found.size === wanted.size) resolve();
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachMessage }).catch(reject);
      for (const end of ends) consumer.seek(end);
    });
  } finally {
    await consumer.disconnect();
  }
  return found;
}
