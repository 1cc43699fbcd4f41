import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { check, checkLog, nothing } from './checker.ts';
import type { LoggedEvent } from './checker.ts';

const events = (...names: string[]) => names.map((name) => ({ key: name.split('@')[0]!, version: Number(name.split('@')[1]) }));

describe('the checker of trials', () => {
  it('finds nothing where everything was done once and in order', () => {
    const written = events('a@1', 'b@1', 'a@2');
    expect(check({ acknowledged: ['a@1', 'a@2', 'b@1'], written, effects: written })).toEqual(nothing);
  });

  it('allows a write that succeeded although nobody was told', () => {
    expect(check({ acknowledged: [], written: events('a@1'), effects: events('a@1') })).toEqual(nothing);
  });

  it('finds what was acknowledged and never written', () => {
    expect(check({ acknowledged: ['a@1'], written: [], effects: [] }).lost).toEqual(['a@1']);
  });

  it('finds what was written and never done', () => {
    expect(check({ acknowledged: [], written: events('a@1', 'b@1'), effects: events('b@1') }).skipped).toEqual(['a@1']);
  });

  it('finds what was done twice', () => {
    const twice = check({ acknowledged: [], written: events('a@1', 'a@2'), effects: events('a@1', 'a@2', 'a@1') });
    expect(twice).toEqual({ ...nothing, doubled: ['a@1'] });
  });

  it('finds what was done before its turn', () => {
    const effects = events('a@1', 'a@3', 'a@2', 'b@1');
    expect(check({ acknowledged: [], written: effects, effects })).toEqual({ ...nothing, reordered: ['a@3', 'a@2'] });
  });
});

describe('the checker of logs', () => {
  const sha256 = (...parts: (Buffer | string)[]) =>
    createHash('sha256')
      .update(Buffer.concat(parts.map((part) => Buffer.from(part as string))))
      .digest();
  const zero = Buffer.alloc(32);
  const first = { topic: 't', partition: 0, pos: 1, key: 'a', version: 1, event: '{"1":1}', hash: sha256(zero, '{"1":1}') };
  const second = { topic: 't', partition: 0, pos: 2, key: 'a', version: 2, event: '{"2":2}', hash: sha256(first.hash, '{"2":2}') };
  const faultsOf = (...entries: LoggedEvent[]) => checkLog(entries);

  it('finds nothing in an intact log', () => expect(faultsOf(first, second)).toEqual([]));
  it('finds a missing position', () => expect(faultsOf(first, { ...second, pos: 3 })).toEqual(['t/0: position 3 follows 1']));
  it('finds an altered event', () => expect(faultsOf(first, { ...second, event: '{"2":3}' })).toEqual(['t/0@2: the chain is broken']));
  it('finds a fork', () => expect(faultsOf(first, { ...second, version: 1 })).toEqual(['t a: version 1 where 2 was due']));
});
