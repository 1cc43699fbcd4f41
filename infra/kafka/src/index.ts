export { kafkaUnavailable } from './availability.ts';
export { startKafka } from './broker.ts';
export type { KafkaBroker, KafkaOptions } from './broker.ts';
