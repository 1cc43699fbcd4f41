import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chainHash } from '../log/event-log.ts';
import type { LogEntry } from '../log/event-log.ts';
import type { Checkpoint } from './checkpoints.ts';
import { take } from './take.ts';

const zero = Buffer.alloc(32);
const place = { topic: 'mcr.trial.counters.v1', partition: 2 };
const logId = 'log-1';

const log: LogEntry[] = [];
for (let pos = 1; pos <= 12; pos++) {
  const event = `{"pos":${pos}}`;
  log.push({ ...place, pos, key: 'lamp', type: 't', event, hash: chainHash(log.at(-1)?.hash ?? zero, event) });
}
const entries = (from: number, to: number): LogEntry[] => log.slice(from - 1, to);
const slice = (...given: LogEntry[]) => ({ ...place, logId, entries: given });
const at = (pos: number): Checkpoint => ({ ...place, pos, logId: pos === 0 ? null : logId, hash: log[pos - 1]?.hash ?? zero, carrierOffset: null });
const positions = (given: readonly LogEntry[]): number[] => given.map(({ pos }) => pos);

describe('what is taken of a slice', () => {
  it('is everything that follows the checkpoint, and the checkpoint then stands at its end', () => {
    const { fresh, reached, fault } = take(slice(...entries(4, 7)), at(3));
    expect(positions(fresh)).toEqual([4, 5, 6, 7]);
    expect(reached).toEqual(at(7));
    expect(fault).toBeUndefined();
  });

  it('is nothing of what was done before', () => {
    expect(take(slice(...entries(1, 5)), at(5))).toEqual({ fresh: [], reached: at(5) });
    expect(positions(take(slice(...entries(1, 5)), at(3)).fresh)).toEqual([4, 5]);
  });

  it('ends before a gap', () => {
    expect(take(slice(...entries(5, 7)), at(3))).toMatchObject({ fresh: [], reached: at(3), fault: { kind: 'GAP' } });
    const { fresh, reached, fault } = take(slice(...entries(4, 5), ...entries(7, 9)), at(3));
    expect([positions(fresh), reached.pos, fault?.kind]).toEqual([[4, 5], 5, 'GAP']);
  });

  it('ends before an entry that does not continue the chain', () => {
    const altered = { ...log[5]!, event: '{"pos":6 }' };
    expect(take(slice(log[4]!, altered, log[6]!), at(4))).toMatchObject({ fresh: [log[4]], reached: at(5), fault: { kind: 'CHAIN_BROKEN' } });
  });

  it('is nothing of another log', () => {
    expect(take({ ...slice(...entries(4, 5)), logId: 'log-2' }, at(3))).toMatchObject({ fresh: [], reached: at(3), fault: { kind: 'OTHER_LOG' } });
  });

  it('is each entry once and in order, whatever comes how often', () => {
    const parts = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 })), { maxLength: 20 });
    fc.assert(
      fc.property(parts, (given) => {
        let checkpoint = at(0);
        const done: number[] = [];
        for (const [from, to] of [...given, [1, 12] as const]) {
          const { fresh, reached } = take(slice(...entries(from, to)), checkpoint);
          done.push(...positions(fresh));
          checkpoint = reached;
        }
        expect(done).toEqual(positions(log));
      }),
    );
  });
});
