import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import type { MessagingLog } from '../messaging-log.ts';
import { oauthBearer } from './oauth-bearer.ts';

/** How to reach a broker, and as whom. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly log: MessagingLog;
  /** Signs in with an access token (SASL/OAUTHBEARER), asked for anew at each connection. */
  readonly sasl?: { readonly token: () => Promise<string> };
}

/**
 * The one place that makes clients of Kafka. What the client logs as an error is mostly the first contact with a coordinator that is not
 * ready, which it tries again: what comes of it is told by whoever asked.
 */
export function kafkaClient({ brokers, clientId, log, sasl }: KafkaConnection): Kafka {
  const say = ({ namespace, log: { message, error } }: LogEntry): void =>
    log.info({ kafka: namespace, ...(typeof error === 'string' ? { error } : {}) }, message);
  return new Kafka({
    brokers: [...brokers],
    clientId,
    logLevel: logLevel.WARN,
    logCreator: () => say,
    connectionTimeout: 3_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 5 },
    ...(sasl ? { sasl: oauthBearer(sasl.token) } : {}),
  });
}
