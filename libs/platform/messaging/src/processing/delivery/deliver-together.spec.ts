import { describe, expect, it } from '@jest/globals';
import { defineEvent, defineTopic } from '@mcr/event-kit';
import { z } from 'zod';
import type { LogEntry } from '../../log/event-log.ts';
import { deliverTogether, type Together } from './deliver-together.ts';

const topic = defineTopic({ name: 'mcr.trial.lamps.v1', partitions: 1, service: 'trial' });
const lit = defineEvent({ type: 'ca.bc.mcr.lamp.lit.v1', topic, key: ({ lamp }) => lamp, data: z.object({ lamp: z.string() }) });
const broken = 'ca.bc.mcr.lamp.broken.v1';

const entries = (count: number, type = lit.type): LogEntry[] =>
  Array.from({ length: count }, (_, index) => ({
    topic: topic.name,
    partition: 0,
    pos: index + 1,
    key: `lamp ${index + 1}`,
    type,
    event: JSON.stringify({ data: { lamp: String(index + 1) } }),
    hash: Buffer.alloc(32),
  }));

/** Delivers, and tells what arrived together, where the checkpoint is and which entries are left. */
async function deliver(given: readonly LogEntry[], changes: Partial<Together> & { batch?: boolean; failsAt?: string } = {}) {
  const arrived: string[][] = [];
  let reached = 0;
  const left = await deliverTogether(given, {
    reactor: {
      extrasOf: (type) => (type === lit.type ? { method: 'light', definitions: [lit], batch: changes.batch ?? true } : undefined),
      react: async (_type, payload) => {
        const lamps = (payload as { data: { lamp: string } }[]).map(({ data }) => data.lamp);
        if (changes.failsAt && lamps.includes(changes.failsAt)) throw new Error('The topic is away.');
        arrived.push(lamps);
      },
    },
    mayGo: () => true,
    holds: () => Promise.resolve(),
    delivered: (last) => Promise.resolve(void (reached = last.pos)),
    isStopping: () => false,
    ...changes,
  });
  return { arrived: arrived.map((lamps) => `${lamps[0]}–${lamps.at(-1)}`), reached, left: left.map(({ pos }) => pos) };
}

describe('Events that are delivered together', () => {
  it('go a hundred at once, in order, and the checkpoint follows each hundred', async () => {
    expect(await deliver(entries(250))).toEqual({ arrived: ['1–100', '101–200', '201–250'], reached: 250, left: [] });
  });

  it('go as far as the first that may not go with others', async () => {
    expect(await deliver(entries(5), { mayGo: ({ pos }) => pos !== 4 })).toEqual({ arrived: ['1–3'], reached: 3, left: [4, 5] });
  });

  it('are left from the beginning of the hundred that failed', async () => {
    const { arrived, reached, left } = await deliver(entries(250), { failsAt: '150' });
    expect([arrived, reached, left[0], left.length]).toEqual([['1–100'], 100, 101, 150]);
  });

  it('are none where the reaction takes one at a time, or the process stops', async () => {
    expect(await deliver(entries(3), { batch: false })).toEqual({ arrived: [], reached: 0, left: [1, 2, 3] });
    expect(await deliver(entries(3), { isStopping: () => true })).toEqual({ arrived: [], reached: 0, left: [1, 2, 3] });
  });

  it('pass over what the consumer does not react to', async () => {
    expect(await deliver(entries(3, broken))).toEqual({ arrived: [], reached: 3, left: [] });
  });

  it('end when the partition is not held any more', async () => {
    await expect(deliver(entries(3), { holds: () => Promise.reject(new Error('The session is gone.')) })).rejects.toThrow('session is gone');
  });
});
