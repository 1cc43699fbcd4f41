/** Records on topics that are not logs of ours: what institutions send and read. For whoever speaks Kafka without a log and a database. */
export type { KafkaConnection } from './kafka/client.ts';
export { BrokerAccess } from './kafka/access.ts';
export type { Grant, OutsideTopic } from './kafka/access.ts';
export { KafkaTrouble } from './kafka/records/kafka-trouble.ts';
export type { TroubleKind } from './kafka/records/kafka-trouble.ts';
export type { ReceivedRecord } from './kafka/records/received-record.ts';
export { RecordReader } from './kafka/records/record-reader.ts';
export { RecordWriter } from './kafka/records/record-writer.ts';
export type { OutgoingRecord } from './kafka/records/record-writer.ts';
export { TopicTail, extentOf } from './kafka/records/topic-tail.ts';
