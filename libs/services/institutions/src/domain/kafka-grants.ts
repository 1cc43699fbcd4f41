import { inboundTopicOf, outcomeTopicOf } from '@mcr/contracts';
import type { Institution } from './institution.ts';
import type { PublishingClient } from './publishing-client.ts';

/** What a client may do with one topic, or with consumer groups of one name or of all names that begin so. */
export interface KafkaGrant {
  readonly on: 'topic' | 'group';
  readonly name: string;
  readonly prefix?: boolean;
  readonly may: readonly ('READ' | 'WRITE' | 'DESCRIBE')[];
}

/** The name under which a broker knows a client: the subject of its access token. */
export const principalOf = (clientId: string): string => `User:${clientId}`;

/**
 * What a client may do on Kafka: write its institution's records and read their outcomes, in groups that bear its own name. A suspended
 * institution writes nothing and still reads. The colon after the name is no character of client ids, so no client's groups are another's.
 */
export function kafkaGrants({ code, status }: Pick<Institution, 'code' | 'status'>, client: Pick<PublishingClient, 'clientId' | 'status'>): KafkaGrant[] {
  if (client.status !== 'ACTIVE') return [];
  return [
    { on: 'topic', name: inboundTopicOf(code), may: status === 'ACTIVE' ? ['WRITE', 'DESCRIBE'] : ['DESCRIBE'] },
    { on: 'topic', name: outcomeTopicOf(code), may: ['READ', 'DESCRIBE'] },
    { on: 'group', name: client.clientId, may: ['READ'] },
    { on: 'group', name: `${client.clientId}:`, prefix: true, may: ['READ'] },
  ];
}
