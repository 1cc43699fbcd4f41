import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KafkaMessage } from 'kafkajs';
import { chainHash } from '../../log/event-log.ts';
import type { LogEntry } from '../../log/event-log.ts';
import { entryOf, recordOf } from './log-record.ts';

const logId = '7a0e3a0c-6c0e-4c80-9d2f-0b7c3e6f2a11';
const entry = (event: string): LogEntry => ({
  topic: 'mcr.awards.v1',
  partition: 3,
  pos: 42,
  key: 'urn:uuid:1',
  type: 'ca.bc.mcr.award.issued.v1',
  event,
  hash: chainHash(Buffer.alloc(32), event),
});

/** What a reader gets of a record: bytes, and headers in the order in which they were sent. */
function asRead({ partition: _, ...record }: ReturnType<typeof recordOf>): KafkaMessage {
  const headers = Object.fromEntries(Object.entries(record.headers!).map(([name, value]) => [name, Buffer.from(String(value))]));
  return { key: Buffer.from(String(record.key)), value: Buffer.from(String(record.value)), headers, offset: '7', timestamp: '0', attributes: 0 };
}

const travelled = (event: string): LogEntry | undefined => entryOf('mcr.awards.v1', 3, asRead(recordOf(entry(event), logId)));

const envelope = {
  specversion: '1.0',
  id: '0199a000-0000-7000-8000-000000000001',
  source: 'urn:bc:mcr:svc:awards',
  type: 'ca.bc.mcr.award.issued.v1',
  subject: 'urn:uuid:1',
  time: '2026-10-01T16:00:00.123Z',
  datacontenttype: 'application/json',
  dataschema: 'urn:bc:mcr:schema:ca.bc.mcr.award.issued.v1',
  partitionkey: 'urn:uuid:1',
  aggregateversion: 3,
  correlationid: 'c-1',
};

describe('an entry of a log on Kafka', () => {
  it('is a CloudEvent in binary mode, with its place in the log beside it', () => {
    const { value, headers, key, partition } = recordOf(entry(JSON.stringify({ ...envelope, data: { name: 'Forêt' } })), logId);
    expect({ value, key, partition }).toEqual({ value: '{"name":"Forêt"}', key: 'urn:uuid:1', partition: 3 });
    expect(headers).toMatchObject({ ce_specversion: '1.0', ce_id: envelope.id, ce_aggregateversion: '3', 'content-type': 'application/json' });
    expect(headers).toMatchObject({ ce_sequence: '42', ce_logid: logId });
  });

  it('comes back byte for byte, whatever it holds, so that its hash holds too', () => {
    const value = fc.jsonValue({ noUnicodeString: false } as never);
    fc.assert(
      fc.property(value, fc.string({ unit: 'grapheme' }), fc.boolean(), (data, subject, versioned) => {
        const { aggregateversion, ...plain } = envelope;
        const event = JSON.stringify({ ...plain, subject, ...(versioned ? { aggregateversion } : {}), data });
        expect(travelled(event)).toEqual({ ...entry(event), logId, carrierOffset: '8' });
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['is not JSON', 'no event at all'],
    ['has its data first', '{"data":{"a":1},"id":"1","source":"s"}'],
    ['has spaces between its members', '{"id": "1", "data": {"a": 1}}'],
    ['holds an object before its data', '{"id":"1","extra":{"a":1},"data":{"b":2}}'],
    ['is null', 'null'],
    ['has an attribute that is a number and should be a text', '{"id":1,"data":{}}'],
  ])('travels whole when it %s', (_, event) => {
    expect(recordOf(entry(event), logId).headers).toMatchObject({ 'content-type': 'application/cloudevents+json' });
    expect(travelled(event)).toEqual({ ...entry(event), logId, carrierOffset: '8' });
  });

  it.each([
    ['has no value', { value: null }],
    ['has no headers', { headers: {} }],
    ['has a position that is none', { headers: { ce_sequence: '-1', ce_logid: logId } }],
    ['names no log', { headers: { ce_sequence: '1' } }],
  ])('is not seen in a record that %s', (_, change) => {
    const record = asRead(recordOf(entry(JSON.stringify({ ...envelope, data: {} })), logId));
    expect(entryOf('mcr.awards.v1', 3, { ...record, ...change } as KafkaMessage)).toBeUndefined();
  });
});
