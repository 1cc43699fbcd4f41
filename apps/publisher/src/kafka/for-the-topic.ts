import { encryptPersonal, kafkaRecord, type KafkaRecord, type LearnerEncryptionKey } from '@mcr/contracts';
import type { SendableRecord } from '../mapping/to-events.ts';

/** The record as it goes to the inbound topic: what it says of a person is encrypted. */
export async function forTheTopic({ event }: SendableRecord, key: LearnerEncryptionKey): Promise<KafkaRecord> {
  return kafkaRecord({ ...event, data: await encryptPersonal(event.data as object, key) }, event.subject);
}

const MOST_RECORDS = 500;
/** Kafka counts a batch as one message, and the topics take 2 MiB. */
const MOST_BYTES = 1024 * 1024;

/** Splits the records, in order, into what goes to the topic in one request. */
export function portionsOf(records: readonly SendableRecord[]): SendableRecord[][] {
  const portions: SendableRecord[][] = [];
  let size = 0;
  for (const record of records) {
    const current = portions.at(-1);
    if (!current || current.length === MOST_RECORDS || size + record.bytes > MOST_BYTES) {
      portions.push([record]);
      size = record.bytes;
    } else {
      current.push(record);
      size += record.bytes;
    }
  }
  return portions;
}
