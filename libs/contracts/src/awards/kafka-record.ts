import type { InboundEvent } from './inbound-event.ts';

/** A CloudEvent as a record on Kafka, in binary mode: attributes are headers, the value is the data. */
export interface KafkaRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

const PREFIX = 'ce_';

/** CloudEvents Kafka protocol binding 3.2. The key is only a courtesy to readers: the topics of an institution have one partition. */
export function kafkaRecord(
  { data, datacontenttype, ...attributes }: Record<string, unknown> & Pick<InboundEvent, 'datacontenttype' | 'data'>,
  key: string,
): KafkaRecord {
  const headers = Object.entries(attributes).flatMap(([name, value]) => (value === undefined ? [] : [[PREFIX + name, String(value)] as const]));
  return { key, value: JSON.stringify(data), headers: { ...Object.fromEntries(headers), 'content-type': datacontenttype } };
}
