import { describe, expect, it } from '@jest/globals';
import { Place } from './place.ts';

const checkpoint = { topic: 'mcr.trial.counters.v1', partition: 1, pos: 10, logId: 'log-1', hash: Buffer.alloc(32), carrierOffset: null };

describe('a place in a log', () => {
  it('has something to do when the log has grown past it', () => {
    const place = new Place(checkpoint);
    expect(place.due).toBe(Infinity);
    place.compareWith('log-1', 12);
    expect(place.due).toBeLessThanOrEqual(Date.now());
    place.follow({ pos: 12, outcome: { state: 'done' } }, 'log-1');
    expect(place.due).toBe(Infinity);
  });

  it.each([
    ['ends before it', 'log-1', 9],
    ['is another one', 'log-2', 12],
  ])('is at fault when the log %s, and well again when the log is', (_, logId, head) => {
    const place = new Place(checkpoint);
    place.compareWith(logId, head);
    expect(place.fault?.kind).toBe('OTHER_LOG');
    place.compareWith('log-1', 10);
    expect(place.fault).toBeUndefined();
  });

  it('belongs to the log whose entries were done here first', () => {
    const place = new Place({ ...checkpoint, pos: 0, logId: null });
    place.compareWith('log-1', 3);
    expect(place.fault).toBeUndefined();
    place.follow({ pos: 3, outcome: { state: 'done' } }, 'log-1');
    place.compareWith('log-2', 5);
    expect(place.fault?.kind).toBe('OTHER_LOG');
  });

  it('stays at fault for a log that the inbox refused, although entries were done elsewhere and it never heard of which log', () => {
    const place = new Place({ ...checkpoint, pos: 0, logId: null });
    place.compareWith('log-2', 12);
    place.follow({ pos: 10, outcome: { state: 'fault', fault: { kind: 'OTHER_LOG', message: 'another log' } } }, 'log-2');
    place.compareWith('log-2', 12);
    expect(place.fault?.kind).toBe('OTHER_LOG');
    place.compareWith('log-1', 10);
    expect(place.fault).toBeUndefined();
  });

  it('keeps a fault of another kind until the inbox says that it is over', () => {
    const place = new Place(checkpoint);
    place.follow({ pos: 10, outcome: { state: 'fault', fault: { kind: 'GAP', message: 'gap' } } }, 'log-1');
    place.compareWith('log-1', 12);
    expect(place.fault?.kind).toBe('GAP');
    expect(place.due).toBeGreaterThan(Date.now());
    place.follow({ pos: 12, outcome: { state: 'done' } }, 'log-1');
    expect(place.fault).toBeUndefined();
  });
});
