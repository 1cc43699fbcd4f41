import { describe, expect, it } from '@jest/globals';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '@mcr/contracts';
import { Refusal, pointerTo } from '@mcr/event-kit';
import { readEvents } from './read-events.ts';

const now = new Date('2026-06-15T12:00:00Z');
const event = { specversion: '1.0', id: 'e-1', source: 'urn:bc:mcr:inst:BCIT', type: 'ca.bc.mcr.award.submit.v1', data: { revision: 1 } };
const bytes = (value: unknown): Buffer => (typeof value === 'string' ? Buffer.from(value) : Buffer.from(JSON.stringify(value)));
const read = (type: string, body: unknown, headers: Record<string, string> = {}) => readEvents({ 'content-type': type, ...headers }, bytes(body), now);

function refusalOf(...given: Parameters<typeof read>): string[] {
  try {
    read(...given);
  } catch (error) {
    if (error instanceof Refusal) return [error.code, ...error.faults.map(({ code, pointer }) => `${code} ${pointer}`)];
    throw error;
  }
  return ['taken'];
}

describe('A structured event', () => {
  it('is taken with its data as they are', () => {
    expect(read(CLOUDEVENT, event)).toMatchObject([{ id: 'e-1', type: 'ca.bc.mcr.award.submit.v1', data: { revision: 1 } }]);
    expect(read(`${CLOUDEVENT}; charset=UTF-8`, event)).toHaveLength(1);
  });

  it.each<[string, object, string[]]>([
    [
      'may have extension attributes',
      { ...event, traceparent: '00-1', time: '2026-06-16T11:59:00Z', dataschema: 'x', datacontenttype: 'application/json; charset=utf-8' },
      ['taken'],
    ],
    ['may say that an attribute is not set', { ...event, subject: null }, ['taken']],
    ['needs its attributes', { data: {} }, ['INVALID_EVENT', 'REQUIRED /specversion', 'REQUIRED /id', 'REQUIRED /source', 'REQUIRED /type']],
    ['has attributes of their types', { ...event, id: 7, specversion: '0.3' }, ['INVALID_EVENT', 'INVALID_VALUE /specversion', 'WRONG_TYPE /id']],
    ['has an id that can be stored', { ...event, id: 'e\u0000' }, ['INVALID_EVENT', 'INVALID_VALUE /id']],
    ['has an id of at most 256 characters', { ...event, id: 'e'.repeat(257) }, ['INVALID_EVENT', 'TOO_BIG /id']],
    ['has attribute names of lower-case letters', { ...event, sourceAwardId: 'x' }, ['INVALID_EVENT', 'UNKNOWN_PROPERTY /sourceAwardId']],
    [
      'carries JSON',
      { ...event, data_base64: 'AA==', datacontenttype: 'text/plain' },
      ['INVALID_EVENT', 'INVALID_FORMAT /datacontenttype', 'UNKNOWN_PROPERTY /data_base64'],
    ],
    ['is not dated more than a day ahead', { ...event, time: '2026-06-16T12:00:01Z' }, ['INVALID_EVENT', 'INVALID_VALUE /time']],
    ['is one object', [event], ['INVALID_EVENT', 'WRONG_TYPE ']],
  ])('%s', (_, body, refusal) => expect(refusalOf(CLOUDEVENT, body)).toEqual(refusal));
});

describe('A batch', () => {
  it('is taken in order', () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `e-${index}`);
    expect(
      read(
        CLOUDEVENTS_BATCH,
        ids.map((id) => ({ ...event, id })),
      ).map(({ id }) => id),
    ).toEqual(ids);
    expect(read(CLOUDEVENTS_BATCH, [])).toEqual([]);
  });

  it('has every fault of every envelope, each where it stands', () => {
    const faults = refusalOf(CLOUDEVENTS_BATCH, [event, { ...event, id: '' }, event, { ...event, id: undefined, type: 4 }, 'event']);
    expect(faults).toEqual(['INVALID_EVENT', `TOO_SMALL ${pointerTo(1, 'id')}`, 'REQUIRED /3/id', 'WRONG_TYPE /3/type', 'WRONG_TYPE /4']);
  });

  it('has at most 1,000 events, and is an array', () => {
    expect(
      refusalOf(
        CLOUDEVENTS_BATCH,
        Array.from({ length: 1001 }, () => event),
      ),
    ).toEqual(['TOO_MANY_EVENTS']);
    expect(refusalOf(CLOUDEVENTS_BATCH, event)).toEqual(['INVALID_EVENT', 'WRONG_TYPE ']);
  });

  it('knows the size of each record once the whole is large', () => {
    const large = { ...event, data: { text: 'x'.repeat(1_100_000) } };
    expect(read(CLOUDEVENTS_BATCH, [event, large]).map(({ bytes: size }) => size)).toEqual([14, 1_100_011]);
  });
});

describe('An event in binary mode', () => {
  const headers = { 'ce-specversion': '1.0', 'ce-id': 'e-1', 'ce-source': 'urn:bc:mcr:inst:BCIT', 'ce-type': 'ca.bc.mcr.award.submit.v1' };

  it('has its attributes in headers, percent-encoded', () => {
    const [read1] = read('application/json', { revision: 1 }, { ...headers, 'ce-subject': 'Caf%C3%A9%20%F0%9F%8E%93 100%25' });
    expect(read1).toMatchObject({ id: 'e-1', subject: 'Café 🎓 100%', data: { revision: 1 } });
    expect(read('application/json', {}, { ...headers, 'ce-id': '"e \\"1\\""' })[0]).toMatchObject({ id: 'e "1"' });
  });

  it('has all faults of its attributes', () => {
    expect(refusalOf('application/json', {}, { 'ce-id': 'e-1', 'ce-time': 'noon' })).toEqual([
      'INVALID_EVENT',
      'REQUIRED /specversion',
      'REQUIRED /source',
      'REQUIRED /type',
      'INVALID_FORMAT /time',
    ]);
  });
});

describe('Whatever is not an event', () => {
  it.each([
    ['plain text', 'text/plain', JSON.stringify(event), 'UNSUPPORTED_MEDIA_TYPE'],
    ['JSON without ce- headers', 'application/json', event, 'UNSUPPORTED_MEDIA_TYPE'],
    ['no content type', '', event, 'UNSUPPORTED_MEDIA_TYPE'],
    ['another character set', `${CLOUDEVENT}; charset=utf-16`, event, 'UNSUPPORTED_MEDIA_TYPE'],
    ['no JSON', CLOUDEVENT, '{"id":', 'MALFORMED_JSON'],
    ['nothing', CLOUDEVENT, '', 'MALFORMED_JSON'],
    ['a member twice', CLOUDEVENT, '{"id":"a","id":"b"}', 'MALFORMED_JSON'],
    ['a number beyond the doubles', CLOUDEVENT, '{"data":1e999}', 'MALFORMED_JSON'],
    ['33 levels', CLOUDEVENT, '['.repeat(33), 'MALFORMED_JSON'],
  ])('is refused: %s', (_, type, body, code) => expect(refusalOf(type, body)[0]).toBe(code));

  it('is refused when it is no UTF-8', () => {
    expect(() => readEvents({ 'content-type': CLOUDEVENT }, Buffer.from([0x22, 0xff, 0x22]), now)).toThrow(expect.objectContaining({ code: 'MALFORMED_JSON' }));
  });

  it('is refused when it is larger than 8 MiB', () => {
    const body = Buffer.alloc(8 * 1024 * 1024 + 1, ' ');
    expect(() => readEvents({ 'content-type': CLOUDEVENT }, body, now)).toThrow(expect.objectContaining({ code: 'TOO_LARGE' }));
  });
});
