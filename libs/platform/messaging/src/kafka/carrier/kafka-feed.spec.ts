import { describe, expect, it } from '@jest/globals';
import type { LogSource } from '../../carrier/carrier.ts';
import type { LogEntry } from '../../log/event-log.ts';
import { KafkaFeed } from './kafka-feed.ts';

const where = { topic: 'mcr.awards.v1', partition: 3 };
const entry = (pos: number, logId = 'this log'): LogEntry => ({ ...where, pos, logId, event: `{"pos":${pos}}`, carrierOffset: String(pos + 100) }) as LogEntry;

/** An owner with nothing to read: what comes out of the feed came from Kafka. */
const nothing = { topics: [], readAfter: () => Promise.resolve([]) } as unknown as LogSource;

function feedAfter(pos: number, ...pushed: LogEntry[]): KafkaFeed {
  const feed = new KafkaFeed(nothing);
  feed.startAfter({ ...where, pos, logId: 'this log' });
  for (const one of pushed) feed.push(one);
  return feed;
}

describe('What Kafka brought for a partition', () => {
  it('is only what is not done: a long way back does not fill the place', () => {
    const backlog = Array.from({ length: 5_000 }, (_, index) => entry(index + 1));
    expect(feedAfter(4_999, ...backlog).load(where)).toEqual({ entries: 1, bytes: entry(5_000).event.length });
  });

  it('is handed out without a gap, and forgotten when it is done', async () => {
    const feed = feedAfter(2, entry(3), entry(4), entry(6));
    expect((await feed.readAfter([{ ...where, pos: 2 }], 10)).map(({ pos }) => pos)).toEqual([3, 4]);
    expect(await feed.readAfter([{ ...where, pos: 4 }], 10)).toEqual([]);
    feed.push(entry(3));
    expect(feed.load(where).entries).toBe(1);
  });

  it('holds an entry of another log, wherever it stands, so that it is noticed', () => {
    expect(feedAfter(9, entry(4, 'another log')).load(where).entries).toBe(1);
  });
});
