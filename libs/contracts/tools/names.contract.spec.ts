import { describe, expect, it } from '@jest/globals';
import { refusalCodes } from '@mcr/event-kit';
import { topics } from '../src/index.ts';
import { inboundTypes, operations, ownEvents, releasedTypes } from './released-events.ts';

/** The parts of `ca.bc.mcr.<aggregate>.<what happened>.v<n>`. */
const parts = (type: string) => {
  const [, , , aggregate = '', happened = '', version = ''] = type.split('.');
  return { aggregate, happened, version };
};
const pascal = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

describe('every event of the registry’s own', () => {
  it.each(ownEvents)('%s has a legal type in the past tense, on a topic of the registry', (_name, { type, topic }) => {
    expect(type).toMatch(/^ca\.bc\.mcr\.[a-z][A-Za-z]*\.[a-z][A-Za-z]*\.v[1-9][0-9]*$/);
    expect(parts(type).happened).toMatch(/(ed|drawn)$/);
    expect(Object.values(topics)).toContain(topic);
  });

  it.each(ownEvents)('%s is called in code as on the wire', (name, { type }) => {
    const { aggregate, happened, version } = parts(type);
    expect(name).toBe(pascal(aggregate) + pascal(happened) + (version === 'v1' ? '' : pascal(version)));
  });

  it('keeps all events of an aggregate on one topic', () => {
    const topicsOf = new Map<string, Set<string>>();
    for (const [, { type, topic }] of ownEvents) topicsOf.set(parts(type).aggregate, (topicsOf.get(parts(type).aggregate) ?? new Set()).add(topic.name));
    expect([...topicsOf.values()].filter(({ size }) => size !== 1)).toEqual([]);
  });
});

describe('types', () => {
  it('are defined once', () => {
    const types = releasedTypes.map(({ type }) => type);
    expect(types.length).toBeGreaterThanOrEqual(14);
    expect(new Set(types).size).toBe(types.length);
  });

  it.each(inboundTypes)('$type, which institutions send, asks for something', ({ type }) => {
    expect(type).toMatch(/^ca\.bc\.mcr\.award\.(submit|amend|revoke|suspend|reinstate|renew)\.v1$/);
  });
});

describe('topics', () => {
  it.each(Object.values(topics))('$name is legal and keeps its $partitions partitions', ({ name, partitions }) => {
    expect(name).toMatch(/^mcr\.[a-z]+\.v1$/);
    expect(partitions).toBe(/awards|submissions/.test(name) ? 12 : 1);
  });
});

describe('every command and query', () => {
  it('has a name of its own', () => {
    const names = operations.map(([, { name }]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(operations)('%s is called in code as it is by callers, and lists only refusals that exist, once', (exportedAs, { name, refusals }) => {
    expect(exportedAs).toBe(pascal(name));
    for (const code of refusals) expect(Object.keys(refusalCodes)).toContain(code);
    expect(new Set(refusals).size).toBe(refusals.length);
  });
});
