import type { KafkaMessage } from 'kafkajs';

/** A record as it lies on a topic. Its headers and its key are whatever its sender wrote. */
export interface ReceivedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: Buffer | null;
  /** Null is what Kafka calls a tombstone. */
  readonly value: Buffer | null;
  /** A header that stands there several times has several values. */
  readonly headers: Readonly<Record<string, readonly Buffer[]>>;
}

const bytesOf = (value: Buffer | string): Buffer => (typeof value === 'string' ? Buffer.from(value) : value);

export function receivedRecord(topic: string, partition: number, { offset, key, value, headers = {} }: KafkaMessage): ReceivedRecord {
  const read = Object.entries(headers).map(([name, values]) => [name, [values ?? []].flat().map(bytesOf)] as const);
  return { topic, partition, offset, key, value, headers: Object.fromEntries(read) };
}

export const after = (offset: string): string => String(BigInt(offset) + 1n);
