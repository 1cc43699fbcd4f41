import { describe, expect, it } from '@jest/globals';
import { partitionOf } from '@mcr/event-kit';
import type { Transaction } from '@mcr/database';
import { CounterAdvanced, PersonNamed, counters } from '../testing/trial/contract.ts';
import { AppendBuffer, MAX_EVENT_BYTES } from './unit-of-work.ts';

const advanced = (counter: string, number = 1) => ({ counter, number, behaviour: 'notes' as const });

/** The values of a column, of which none here needs escapes. */
const valuesOf = (text: string): string[] =>
  text
    .slice(1, -1)
    .split(',')
    .map((value) => value.replaceAll('"', ''));

/** What a buffer would write: six columns, and the events a line each. */
async function written(buffer: AppendBuffer): Promise<{ statements: number; topics: ReadonlySet<string>; columns: string[][]; lines: string[] }> {
  const calls: (string | null)[][] = [];
  const query = (_sql: string, params: readonly (string | null)[]) => Promise.resolve(void calls.push([...params]) as never);
  const topics = await buffer.flush({ query } as unknown as Transaction);
  const [texts = []] = calls;
  return { statements: calls.length, topics, columns: texts.slice(0, 6).map((text) => valuesOf(text ?? '{}')), lines: (texts[6] ?? '').split('\n') };
}

describe('the events that a transaction appends', () => {
  it('are written with one call, partitions in one order for all, events of a partition in theirs', async () => {
    const buffer = new AppendBuffer('trial');
    buffer.add(PersonNamed, { person: 'ada', name: 'Ada' }, { version: 1 });
    for (const [number, partition] of [
      [1, 3],
      [2, 0],
      [3, 3],
      [4, 0],
    ] as const)
      buffer.add(CounterAdvanced, advanced('lamp', number), { version: number, partition });
    const { statements, topics, columns } = await written(buffer);
    expect(statements).toBe(1);
    expect([...topics]).toEqual(['mcr.trial.counters.v1', 'mcr.trial.people.v1']);
    expect(columns[1]).toEqual(['0', '0', '3', '3', '0']);
    expect(columns[4]).toEqual(['2', '4', '1', '3', '1']);
  });

  it('are a line each, whatever line breaks their data holds', async () => {
    const buffer = new AppendBuffer('trial');
    for (const name of ['one\ntwo', 'three\r\nfour\u2028five']) buffer.add(PersonNamed, { person: 'ada', name });
    const { lines } = await written(buffer);
    expect(lines.map((line) => (JSON.parse(line) as { data: { name: string } }).data.name)).toEqual(['one\ntwo', 'three\r\nfour\u2028five']);
  });

  it('are not written when there are none', async () => {
    expect(await written(new AppendBuffer('trial'))).toMatchObject({ statements: 0 });
  });

  it('carry what names them, and go to the partition of their key', async () => {
    const buffer = new AppendBuffer('trial');
    const now = new Date('2026-10-01T16:00:00Z');
    buffer.add(CounterAdvanced, advanced('door', 7), { version: 7, causationId: 'c', correlationId: 'd', now });
    const { columns, lines } = await written(buffer);
    const [topic, partition, id, key, version, type] = columns.map(([first]) => first);
    expect([topic, partition, key, version, type]).toEqual([counters.name, String(partitionOf('door', 4)), 'door', '7', CounterAdvanced.type]);
    expect(JSON.parse(lines[0]!)).toEqual({
      specversion: '1.0',
      id,
      source: 'urn:bc:mcr:svc:trial',
      type: CounterAdvanced.type,
      subject: 'door',
      time: '2026-10-01T16:00:00.000Z',
      datacontenttype: 'application/json',
      dataschema: `urn:bc:mcr:schema:${CounterAdvanced.type}`,
      partitionkey: 'door',
      aggregateversion: 7,
      causationid: 'c',
      correlationid: 'd',
      data: advanced('door', 7),
    });
  });

  it('are forgotten back to a mark, and no further', async () => {
    const buffer = new AppendBuffer('trial');
    buffer.add(CounterAdvanced, advanced('lamp', 1));
    const mark = buffer.mark;
    buffer.add(CounterAdvanced, advanced('door', 1));
    buffer.add(CounterAdvanced, advanced('gate', 1));
    buffer.cutBackTo(mark);
    buffer.add(CounterAdvanced, advanced('till', 1));
    expect((await written(buffer)).columns[3]!.toSorted()).toEqual(['lamp', 'till']);
  });

  it('are refused when they do not fit their definition or are too large', () => {
    const buffer = new AppendBuffer('trial');
    expect(() => buffer.add(CounterAdvanced, advanced('lamp', 0))).toThrow('number');
    expect(() => buffer.add(CounterAdvanced, { ...advanced('lamp'), padding: '…'.repeat(MAX_EVENT_BYTES / 3) })).toThrow(RangeError);
    expect(buffer.mark).toBe(0);
  });
});
