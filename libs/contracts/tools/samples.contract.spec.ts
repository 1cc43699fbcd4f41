import { describe, expect, it } from '@jest/globals';
import { type Envelope, type EventDefinition, institutionOfSource, isStorableText, pointerTo } from '@mcr/event-kit';
import { fileOf, filesIn, inboundTypes, ownEvents, readJson, releasedTypes } from './released-events.ts';

const sampleOf = (type: string): Envelope => readJson(fileOf('samples', type)) as Envelope;
const definitions: readonly [string, EventDefinition][] = ownEvents.map(([, event]) => [event.type, event]);

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The pointers of all objects in a value, its own first. */
function objectsIn(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => objectsIn(item, at + pointerTo(index)));
  if (!isObject(value)) return [];
  return [at, ...Object.entries(value).flatMap(([name, member]) => objectsIn(member, at + pointerTo(name)))];
}

/** The value with a member that no schema knows in the object at `pointer`. */
function withStranger(value: unknown, pointer: string): unknown {
  const copy = structuredClone(value);
  const target = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], copy);
  (target as Record<string, unknown>)['addedLater'] = 1;
  return copy;
}

const namesIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.flatMap(namesIn) : isObject(value) ? Object.entries(value).flatMap(([name, member]) => [name, ...namesIn(member)]) : [];

describe('samples', () => {
  it('are there for every released type, and for nothing else', () => {
    expect(filesIn('samples')).toEqual(releasedTypes.map(({ type }) => `${type}.json`).sort());
  });

  it.each(releasedTypes)('of $type still parse, with everything they say', ({ type, data }) => {
    const sample = sampleOf(type);
    expect(data.parse(sample.data)).toMatchObject(sample.data as object);
  });
});

describe('a sample of the registry’s own event', () => {
  it.each(definitions)('%s is the CloudEvent that the registry writes', (type, { key, data, topic }) => {
    const sample = sampleOf(type);
    const subject = key(data.parse(sample.data));
    expect(sample).toMatchObject({
      specversion: '1.0',
      type,
      subject,
      partitionkey: subject,
      datacontenttype: 'application/json',
      dataschema: `urn:bc:mcr:schema:${type}`,
    });
    expect(sample.source).toMatch(/^urn:bc:mcr:svc:[a-z]+$/);
    expect(sample.aggregateversion).toBeGreaterThan(0);
    expect(new Date(sample.time).toISOString()).toBe(sample.time);
    expect(topic.name).toMatch(/^mcr\./);
  });

  it.each(definitions)('%s is read the same when a later release adds something, anywhere in it', (type, { data }) => {
    const sample = sampleOf(type).data;
    const known = data.parse(sample);
    for (const pointer of objectsIn(sample)) expect({ pointer, read: data.safeParse(withStranger(sample, pointer)).data }).toEqual({ pointer, read: known });
  });

  it.each(definitions)('%s says nothing of a person but an opaque reference', (type) => {
    const names = namesIn(sampleOf(type).data);
    expect(names.filter((name) => /learner|student|^pen$|email|birth|identifier|person/i.test(name) && name !== 'learnerRef')).toEqual([]);
  });
});

describe('a sample of what institutions send', () => {
  it.each(inboundTypes)('$type comes from an institution, about its record', ({ type }) => {
    const sample = sampleOf(type);
    expect(institutionOfSource(sample.source)).toBeDefined();
    expect(sample).toMatchObject({ specversion: '1.0', type, subject: (sample.data as { sourceAwardId: string }).sourceAwardId });
  });

  it.each(inboundTypes)('$type is refused with something unknown anywhere but below "extensions"', ({ type, data }) => {
    const sample = sampleOf(type).data;
    for (const pointer of objectsIn(sample)) {
      const { success } = data.safeParse(withStranger(sample, pointer));
      expect({ pointer, success }).toEqual({ pointer, success: pointer.startsWith('/extensions') });
    }
  });

  it.each(inboundTypes)('$type is refused when one of its texts cannot be stored', ({ type, data }) => {
    const sample = sampleOf(type).data as Record<string, unknown>;
    for (const [name, value] of Object.entries(sample).filter(([, member]) => typeof member === 'string')) {
      for (const bad of ['\u0000', '\ud800'])
        expect({ name, success: data.safeParse({ ...sample, [name]: `${String(value)}${bad}` }).success }).toEqual({ name, success: false });
    }
    expect(isStorableText(JSON.stringify(sample))).toBe(true);
  });
});
