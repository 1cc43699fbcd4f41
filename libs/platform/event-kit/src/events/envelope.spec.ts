import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { envelop, institutionOfSource, institutionSource, serviceSource } from './envelope.ts';
import { defineEvent } from './event.ts';
import { Ctid, Uuid, newCtid, newEventId } from '../values/identifiers.ts';
import { defineTopic } from './topic.ts';

const CourseOpened = defineEvent({
  type: 'ca.bc.mcr.course.opened.v1',
  topic: defineTopic({ name: 'mcr.courses.v1', partitions: 4, service: 'courses' }),
  key: ({ ctid }) => ctid,
  data: z.object({ ctid: Ctid, seats: z.int().positive() }),
});
const now = new Date('2026-10-01T16:00:00.123Z');
const ctid = 'ce-0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10';

describe('an envelope', () => {
  it('holds the CloudEvents attributes and the data', () => {
    const { id, ...rest } = envelop(CourseOpened, { ctid, seats: 12 }, { service: 'courses', version: 3, now, correlationId: 'c-1', causationId: 'e-1' });
    expect(rest).toEqual({
      specversion: '1.0',
      source: 'urn:bc:mcr:svc:courses',
      type: 'ca.bc.mcr.course.opened.v1',
      subject: ctid,
      time: '2026-10-01T16:00:00.123Z',
      datacontenttype: 'application/json',
      dataschema: 'urn:bc:mcr:schema:ca.bc.mcr.course.opened.v1',
      partitionkey: ctid,
      aggregateversion: 3,
      correlationid: 'c-1',
      causationid: 'e-1',
      data: { ctid, seats: 12 },
    });
    expect(Uuid.safeParse(id).success).toBe(true);
  });

  it('leaves out what is not known, instead of writing null', () => {
    const envelope = envelop(CourseOpened, { ctid, seats: 12 }, { service: 'courses', now });
    expect(Object.keys(envelope)).not.toEqual(expect.arrayContaining(['aggregateversion']));
    expect(JSON.stringify(envelope)).not.toContain('null');
  });

  it('has only attribute names that CloudEvents allows: lower case letters and digits, at most 20', () => {
    const envelope = envelop(CourseOpened, { ctid, seats: 12 }, { service: 'courses', version: 1, now, correlationId: 'c', causationId: 'e' });
    for (const name of Object.keys(envelope)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });

  it('takes its key from the data as it is kept, not as it was given', () => {
    expect(envelop(CourseOpened, { ctid: ctid.toUpperCase().replace('CE-', 'ce-'), seats: 1 }, { service: 'courses', now })).toMatchObject({
      subject: ctid,
      partitionkey: ctid,
      data: { ctid },
    });
  });

  it('refuses data that does not fit its definition', () => {
    expect(() => envelop(CourseOpened, { ctid, seats: 0 }, { service: 'courses', now })).toThrow();
  });
});

describe('an event type', () => {
  it.each(['ca.bc.mcr.award.issued', 'ca.bc.mcr.award.issued.v0', 'ca.bc.mcr.Award.issued.v1', 'bc.mcr.award.issued.v1', 'ca.bc.mcr.award.v1', ''])(
    'may not be "%s"',
    (type) => {
      expect(() => defineEvent({ ...CourseOpened, type })).toThrow(TypeError);
    },
  );
});

describe('sources', () => {
  it('name an institution, and lead back to it', () => {
    fc.assert(fc.property(fc.stringMatching(/^[A-Z]{2,6}$/), (code) => expect(institutionOfSource(institutionSource(code))).toBe(code)));
  });

  it.each([
    serviceSource('awards'),
    'urn:bc:mcr:inst:bcit',
    'urn:bc:mcr:inst:BCIT\n',
    'urn:bc:mcr:inst:',
    'urn:bc:mcr:inst:TOOLONGX',
    ' urn:bc:mcr:inst:BCIT',
    '',
  ])('%j is no institution', (source) => {
    expect(institutionOfSource(source)).toBeUndefined();
  });
});

describe('identifiers', () => {
  it('are taken in any case and kept in lower case', () => {
    expect(Ctid.parse('CE-0B6E4D4A-58C5-4C9C-8F3F-3A4B1A2C9D10')).toBe(ctid);
    expect(Uuid.parse('0B6E4D4A-58C5-4C9C-8F3F-3A4B1A2C9D10')).toBe('0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10');
  });

  it.each(['0b6e4d4a-58c5-4c9c-8f3f-3a4b1a2c9d10', 'ce-0b6e4d4a58c54c9c8f3f3a4b1a2c9d10', `${ctid} `, `${ctid}\n`, 'ce-', ''])('%j is no CTID', (text) => {
    expect(Ctid.safeParse(text).success).toBe(false);
  });

  it('are new each time', () => {
    expect(new Set(Array.from({ length: 1000 }, newCtid)).size).toBe(1000);
    expect(new Set(Array.from({ length: 1000 }, () => newEventId(now))).size).toBe(1000);
  });

  it('of events are UUIDs of version 7 that sort by their millisecond', () => {
    const id = newEventId(now);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(now.getTime());
    expect(newEventId(new Date(now.getTime() + 1)) > id).toBe(true);
  });
});
