import { describe, expect, it } from '@jest/globals';
import { CLOUDEVENT, SUBMIT_AWARD } from '@mcr/contracts';
import { readKafkaEvent } from './kafka-event.ts';

const now = new Date('2026-06-15T12:00:00Z');
const data = { sourceAwardId: 'A-1', revision: 1 };
const event = { specversion: '1.0', id: 'e-1', source: 'urn:bc:mcr:inst:BCIT', type: SUBMIT_AWARD, subject: 'A-1', data };
const attributes = { ce_specversion: '1.0', ce_id: 'e-1', ce_source: 'urn:bc:mcr:inst:BCIT', ce_type: SUBMIT_AWARD, ce_subject: 'A-1' };

type Headers = Record<string, string | Uint8Array | readonly string[]>;
const bytes = (value: unknown): Buffer | null =>
  value === null || value instanceof Buffer ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const read = (value: unknown, headers: Headers) =>
  readKafkaEvent(
    {
      value: bytes(value),
      headers: Object.fromEntries(Object.entries(headers).map(([name, texts]) => [name, [texts].flat().map((text) => Buffer.from(text as string))])),
    },
    now,
  );
const structured = (value: unknown) => read(value, { 'content-type': CLOUDEVENT });
const binary = (value: unknown, headers: Headers = {}) => read(value, { ...attributes, 'content-type': 'application/json', ...headers });
const codes = (answer: ReturnType<typeof read>): string[] =>
  'eventId' in answer ? [answer.eventId, ...(answer.faults ?? []).map(({ code }) => code)] : [answer.reason];

describe('A record on Kafka', () => {
  it('means the same in structured and in binary mode', () => {
    const meaning = { eventId: 'e-1', source: event.source, type: SUBMIT_AWARD, subject: 'A-1', data, faults: [] };
    expect(structured(event)).toMatchObject(meaning);
    expect(read(event, { 'Content-Type': `${CLOUDEVENT}; charset=utf-8` })).toMatchObject(meaning);
    expect(binary(data)).toMatchObject(meaning);
    expect(read(data, attributes)).toMatchObject(meaning);
  });

  it('means nothing by headers that are not CloudEvents’ own, nor by extensions', () => {
    expect(binary(data, { institution: 'UBC', 'x-source': 'urn:bc:mcr:inst:UBC', ce_institution: 'UBC' })).toEqual(binary(data));
  });

  it('takes header values as they are, without percent-decoding', () => {
    expect(binary(data, { ce_subject: 'Café %41' })).toMatchObject({ subject: 'Café %41' });
  });

  it.each([
    ['has no value', () => binary(null), ['e-1', 'NULL_RECORD']],
    ['holds no JSON', () => binary('{"a":'), ['e-1', 'MALFORMED_JSON']],
    ['holds an empty text', () => binary(''), ['e-1', 'MALFORMED_JSON']],
    ['holds a member twice', () => binary('{"revision":1,"revision":2}'), ['e-1', 'MALFORMED_JSON']],
    ['is not UTF-8', () => binary(Buffer.from([0x22, 0xff, 0x22])), ['e-1', 'MALFORMED_JSON']],
    ['is XML', () => binary(data, { 'content-type': 'application/xml' }), ['e-1', 'INVALID_EVENT']],
    ['is of another version of CloudEvents', () => structured({ ...event, specversion: '0.3' }), ['e-1', 'INVALID_EVENT']],
    ['lacks a source', () => structured({ ...event, source: undefined }), ['e-1', 'INVALID_EVENT']],
    ['lacks a type', () => structured({ ...event, type: undefined }), ['e-1', 'INVALID_EVENT']],
    ['has base64 in place of data', () => structured({ ...event, data_base64: 'e30=' }), ['e-1', 'INVALID_EVENT']],
    ['comes from the day after tomorrow', () => binary(data, { ce_time: '2026-06-17T12:00:00Z' }), ['e-1', 'INVALID_EVENT']],
    ['is too large, and no JSON', () => binary('x'.repeat(1024 * 1024 + 1)), ['e-1', 'TOO_LARGE']],
  ])('is answered under its event id when it %s', (_what, given, expected) => {
    expect(codes(given())).toEqual(expected);
  });

  it('leaves it to the reader of records to say that a well-formed one is too large', () => {
    expect(structured({ ...event, data: { extensions: 'x'.repeat(1024 * 1024) } })).toMatchObject({ eventId: 'e-1', faults: [] });
    expect(binary({ extensions: 'x'.repeat(1024 * 1024) })).toHaveProperty('bytes', 1024 * 1024 + 17);
  });

  it('says all that is wrong with an envelope, and repeats nothing of it', () => {
    const answer = structured({ ...event, specversion: '7', time: 'PEN 123456789', 'PEN 987654321': 1 });
    const { message } = 'faults' in answer ? answer.faults![0]! : { message: '' };
    expect(message).toMatch(/^Attribute "specversion": Expected "1.0"\. Attribute "time": .*The event: This attribute is not taken\.$/);
    expect(JSON.stringify(message)).not.toMatch(/123456789|987654321/);
  });

  it.each([
    ['has neither value nor headers', () => read(null, {}), 'NULL_RECORD'],
    ['has no value in structured mode', () => structured(null), 'NULL_RECORD'],
    ['has no value and half an envelope', () => read(null, { ce_type: SUBMIT_AWARD }), 'NULL_RECORD'],
    ['is bare JSON', () => read(event, {}), 'MALFORMED'],
    ['is JSON with a content type only', () => read(data, { 'content-type': 'application/json' }), 'MALFORMED'],
    ['is a batch', () => read([event], { 'content-type': 'application/cloudevents-batch+json' }), 'MALFORMED'],
    ['is structured and holds no JSON', () => structured('{'), 'MALFORMED'],
    ['is structured and holds a list', () => structured([event]), 'MALFORMED'],
    ['has no event id', () => structured({ ...event, id: undefined }), 'MALFORMED'],
    ['has an empty event id', () => binary(data, { ce_id: '' }), 'MALFORMED'],
    ['has an event id that cannot be stored', () => structured({ ...event, id: 'e\u0000' }), 'MALFORMED'],
    ['has two event ids', () => binary(data, { ce_id: ['e-1', 'e-2'] }), 'MALFORMED'],
    ['has an event id that is not UTF-8', () => binary(data, { ce_id: new Uint8Array([0xff]) }), 'MALFORMED'],
    ['is too large to be JSON', () => structured('x'.repeat(1024 * 1024 + 1)), 'TOO_LARGE'],
  ])('names nothing to answer to when it %s', (_what, given, reason) => {
    expect(codes(given())).toEqual([reason]);
  });
});
