import { describe, expect, it } from '@jest/globals';
import { defineEvent, defineTopic } from '@mcr/event-kit';
import type { Envelope, EventDefinition } from '@mcr/event-kit';
import { z } from 'zod';
import type { LogEntry } from '../log/event-log.ts';
import type { ReactionExtras } from '../reactions/consumer.ts';
import type { EventfulTransaction } from '../unit-of-work.ts';
import { Poison } from './failures.ts';
import { contextFor, decode, reactToEntries } from './react-to-entries.ts';

const topic = defineTopic({ name: 'mcr.trial.lamps.v1', partitions: 1, service: 'trial' });
const LampLit = defineEvent({
  type: 'ca.bc.mcr.lamp.lit.v1',
  topic,
  key: ({ lamp }) => lamp,
  data: z.object({ lamp: z.string(), bulb: z.strictObject({ watts: z.int() }).optional() }),
});
const LampBroken = defineEvent({ type: 'ca.bc.mcr.lamp.broken.v1', topic, key: ({ lamp }) => lamp, data: z.object({ lamp: z.string() }) });

let pos = 0;
const raw = (type: string, event: string): LogEntry => ({ topic: topic.name, partition: 0, pos: ++pos, key: 'k', type, event, hash: Buffer.alloc(32) });
const entry = (definition: EventDefinition, data: unknown): LogEntry => raw(definition.type, JSON.stringify({ id: `e${pos}`, type: definition.type, data }));
const refusal = (given: LogEntry): string | undefined => {
  try {
    decode(given, LampLit);
    return undefined;
  } catch (error) {
    return error instanceof Poison ? `${error.reason}: ${error.message}` : String(error);
  }
};

describe('an entry is read', () => {
  it('with its attributes and its data', () => {
    expect(decode(entry(LampLit, { lamp: 'a', bulb: { watts: 40 } }), LampLit)).toMatchObject({ type: LampLit.type, data: { lamp: 'a', bulb: { watts: 40 } } });
  });

  it('without the properties that this release does not know, wherever they stand', () => {
    const later = entry(LampLit, { lamp: 'a', colour: 'red', bulb: { watts: 40, maker: 'x', lumen: 1 } });
    expect(decode(later, LampLit).data).toEqual({ lamp: 'a', bulb: { watts: 40 } });
  });

  it.each([
    ['what is not JSON', raw(LampLit.type, '{'), 'MALFORMED: The entry is not JSON.'],
    ['null', raw(LampLit.type, 'null'), 'NULL_RECORD: The entry is null.'],
    ['a number', raw(LampLit.type, '7'), 'MALFORMED: The entry is not an object.'],
    ['no data', raw(LampLit.type, '{}'), `SCHEMA_INVALID: The data does not fit ${LampLit.type}: /: invalid_type`],
    [
      'wrong data',
      entry(LampLit, { lamp: 1, bulb: { watts: 'x', y: 1 } }),
      `SCHEMA_INVALID: The data does not fit ${LampLit.type}: /lamp: invalid_type, /bulb/watts: invalid_type, /bulb: unrecognized_keys`,
    ],
  ])('or is poison: %s', (_, given, expected) => expect(refusal(given)).toBe(expected));
});

describe('reactions are called', () => {
  const reactorOf = (reactions: readonly ReactionExtras[]) => {
    const calls: string[] = [];
    return {
      calls,
      extrasOf: (type: string) => reactions.find(({ definitions }) => definitions.some((definition) => definition.type === type)),
      react: async (type: string, payload: unknown) => {
        const names = [payload].flat().map((event) => (event as Envelope<{ lamp: string }>).data.lamp);
        calls.push(`${type.split('.')[4]} ${names.join('+')}`);
      },
    };
  };
  const [a, b, c, d] = [entry(LampLit, { lamp: 'a' }), entry(LampLit, { lamp: 'b' }), entry(LampBroken, { lamp: 'c' }), entry(LampLit, { lamp: 'd' })];
  const entries = [a, b, c, d] as LogEntry[];

  it('one event after the other, in order', async () => {
    const reactor = reactorOf([
      { method: 'light', definitions: [LampLit], batch: false },
      { method: 'mend', definitions: [LampBroken], batch: false },
    ]);
    await reactToEntries(reactor, entries, {});
    expect(reactor.calls).toEqual(['lit a', 'lit b', 'broken c', 'lit d']);
  });

  it('with consecutive events at once where the method takes batches, never past an event of another method', async () => {
    const reactor = reactorOf([
      { method: 'light', definitions: [LampLit], batch: true },
      { method: 'mend', definitions: [LampBroken], batch: false },
    ]);
    await reactToEntries(reactor, entries, {});
    expect(reactor.calls).toEqual(['lit a+b', 'broken c', 'lit d']);
  });

  it('with the events of all its types together where one method takes batches of several', async () => {
    const reactor = reactorOf([{ method: 'note', definitions: [LampLit, LampBroken], batch: true }]);
    await reactToEntries(reactor, entries, {});
    expect(reactor.calls).toEqual(['lit a+b+c+d']);
  });

  it('not at all for types that the consumer does not list', async () => {
    const reactor = reactorOf([{ method: 'mend', definitions: [LampBroken], batch: false }]);
    await reactToEntries(reactor, [raw('ca.bc.mcr.lamp.sold.v1', 'not even JSON'), ...entries], {});
    expect(reactor.calls).toEqual(['broken c']);
  });
});

describe('the transaction that a reaction gets', () => {
  const appended: unknown[] = [];
  const tx = { append: (...given: unknown[]) => appended.push(given) } as unknown as EventfulTransaction;
  const of = (kind: 'projection' | 'process') => contextFor({ name: 'trial.lamps', kind, transportId: Symbol('t'), reactions: [] }, tx).tx;

  it('appends for a process', () => {
    of('process').append(LampBroken, { lamp: 'a' });
    expect(appended).toHaveLength(1);
  });

  it('appends nothing for a projection, which may be replayed', () => {
    expect(() => of('projection').append(LampBroken, { lamp: 'a' })).toThrow('A projection appends no events');
    expect(appended).toHaveLength(1);
  });
});
