import { describe, expect, it } from '@jest/globals';
import { ClientId } from '@mcr/contracts';
import { kafkaGrants } from './kafka-grants.ts';

const topicsOf = (...given: Parameters<typeof kafkaGrants>) =>
  kafkaGrants(...given).flatMap(({ on, name, may }) => (on === 'topic' ? [`${may.join('+')} ${name}`] : []));
const client = { clientId: 'bcit-publisher', status: 'ACTIVE' } as const;

describe('On Kafka a publishing client', () => {
  it('writes its institution’s records and reads their outcomes', () => {
    expect(topicsOf({ code: 'BCIT', status: 'ACTIVE' }, client)).toEqual(['WRITE+DESCRIBE mcr.inbound.bcit.v1', 'READ+DESCRIBE mcr.outcomes.bcit.v1']);
  });

  it('only reads while its institution is suspended', () => {
    expect(topicsOf({ code: 'BCIT', status: 'SUSPENDED' }, client)).toEqual(['DESCRIBE mcr.inbound.bcit.v1', 'READ+DESCRIBE mcr.outcomes.bcit.v1']);
  });

  it('may do nothing once it is revoked', () => {
    expect(kafkaGrants({ code: 'BCIT', status: 'ACTIVE' }, { ...client, status: 'REVOKED' })).toEqual([]);
  });

  it('has groups that no other client can have', () => {
    const prefixes = kafkaGrants({ code: 'BCIT', status: 'ACTIVE' }, client).flatMap(({ name, prefix }) => (prefix ? [name] : []));
    expect(prefixes).toEqual(['bcit-publisher:']);
    for (const prefix of prefixes) expect(ClientId.safeParse(prefix).success).toBe(false);
  });
});
