import type { Database } from '@mcr/database';
import { EventLog } from '../../log/event-log.ts';
import type { LogEntry } from '../../log/event-log.ts';
import { lockCheckpoints, moveCheckpoints } from '../../processing/checkpoints.ts';
import type { Checkpoint } from '../../processing/checkpoints.ts';
import { placeKey } from '../../processing/inbox.ts';
import type { Fault } from '../../processing/inbox.ts';

const ZERO = Buffer.alloc(32);

function faultOf(place: string, inKafka: LogEntry | undefined, logId: string, head: number): Fault | undefined {
  const other = (message: string): Fault => ({ kind: 'OTHER_LOG', message: `${place}: ${message} Either this log or Kafka was restored or emptied.` });
  if (!inKafka) return other('the newest record in Kafka is not an entry of a log.');
  if (inKafka.logId !== logId) return other(`the newest record in Kafka is of log ${inKafka.logId}; this log is ${logId}.`);
  if (inKafka.pos > head) return other(`the newest record in Kafka has position ${inKafka.pos}; this log ends at ${head}.`);
  return undefined;
}

/** Kafka has lost what it had acknowledged: it is sent again from where Kafka ends. */
async function goBack(database: Database, log: EventLog, consumer: string, checkpoint: Checkpoint, pos: number): Promise<void> {
  const { topic, partition } = checkpoint;
  const [last] = pos === 0 ? [] : await log.readAfter([{ topic, partition, pos: pos - 1 }], 1);
  await database.transaction(async (tx) => {
    await lockCheckpoints(tx, consumer, [checkpoint]);
    await moveCheckpoints(tx, consumer, [{ ...checkpoint, pos, hash: last?.hash ?? ZERO }]);
  });
}

/**
 * Compares the newest entry that Kafka holds of each partition with what the sender believes to have sent. Another log, or more than this log
 * has, is a fault, told by the place; behind the checkpoint: the checkpoint goes back; ahead of it, or empty: nothing is to be done.
 */
export async function compareWithKafka(database: Database, consumer: string, newest: ReadonlyMap<string, LogEntry | undefined>): Promise<Map<string, Fault>> {
  const faults = new Map<string, Fault>();
  if (newest.size === 0) return faults;
  const log = new EventLog(database, []);
  const heads = new Map((await log.heads()).map((head) => [placeKey(head), head.pos]));
  const logId = await log.identity();
  const rows = await database.query<{ topic: string; partition: number }>('select topic, partition from checkpoint where consumer = $1', [consumer]);
  const checkpoints = await database.transaction((tx) => lockCheckpoints(tx, consumer, rows));
  for (const checkpoint of checkpoints) {
    const place = placeKey(checkpoint);
    if (!newest.has(place)) continue;
    const inKafka = newest.get(place);
    const fault = faultOf(place, inKafka, logId, heads.get(place) ?? 0);
    if (fault) faults.set(place, fault);
    else if (inKafka!.pos < checkpoint.pos) await goBack(database, log, consumer, checkpoint, inKafka!.pos);
  }
  return faults;
}
