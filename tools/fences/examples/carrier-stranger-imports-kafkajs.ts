// stands in: libs/platform/messaging/src/processing/example.ts
// must break: no-restricted-imports
import { Kafka } from 'kafkajs';

export const used = Kafka;
