import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase, prepareDatabase, roleUrl } from '@mcr/database';
import type { Database } from '@mcr/database';
import { eventually, freshDatabase, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { UnitOfWork } from '../../src/index.ts';
import { checkLog } from '../trial/checker.ts';
import type { LoggedEvent } from '../trial/checker.ts';
import { RecordSent, lifecyclePlans } from './contract.ts';
import type { Step } from './contract.ts';
import { interleaving } from './interleavings.ts';
import type { Interleaving } from './interleavings.ts';
import { Reader } from './reader.ts';

const RUNS = 42;
const INTERLEAVINGS_A_RUN = 25;
const WRITERS = 4;

interface Held {
  readonly award: string;
  readonly kind: string;
  readonly revisions: readonly number[];
}

const oneTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

describe('the lives of awards over a carrier without luck', () => {
  let database: TestDatabase;
  let urls: { trial: string; reader: string };
  let writing: Database;
  let reading: Database;
  let writer: UnitOfWork;

  beforeAll(async () => {
    database = await freshDatabase();
    await prepareDatabase({ adminUrl: database.adminUrl, plans: lifecyclePlans, passwords: testPassword });
    const of = (service: string): string => roleUrl(database.adminUrl, `mcr_${service}`, testPassword(`mcr_${service}`));
    urls = { trial: of('trial'), reader: of('reader') };
    writing = await openDatabase({ service: 'trial', schema: 'trial', url: urls.trial, poolSize: WRITERS });
    reading = await openDatabase({ service: 'reader', schema: 'reader', url: urls.reader, poolSize: 1 });
    writer = new UnitOfWork(writing);
  });

  afterAll(async () => {
    await writing.close();
    await reading.close();
    await database.drop();
  });

  /** Each interleaving in its own order, all of them mixed with each other; one to three records a transaction. */
  async function send(batch: readonly Interleaving[], named: (award: string, index: number) => string): Promise<void> {
    const queue = [...batch.entries()];
    const one = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [index, { sends }] = next;
        for (let from = 0, size = 1; from < sends.length; from += size, size = (size % 3) + 1)
          await writer.run(async (tx) => {
            for (const step of sends.slice(from, from + size)) tx.append(RecordSent, { ...step, award: named(step.award, index) });
          });
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, one));
  }

  const behind = async (by: Database, consumer: string): Promise<number> => {
    const [row] = await reading.query<{ done: string }>('select sum(pos) as done from checkpoint where consumer = $1', [consumer]);
    const [head] = await by.query<{ pos: string }>('select sum(pos) as pos from log_head');
    return Number(head!.pos) - Number(row!.done);
  };

  const atTheEnd = (): Promise<void> =>
    eventually(
      async () => {
        expect(await behind(writing, 'reader.decides')).toBe(0);
        expect(await behind(reading, 'reader.holds')).toBe(0);
      },
      { timeoutMs: 20_000 },
    );

  it('every award takes its revisions once and in order, in whichever order and however often they are sent and carried', async () => {
    let runs = 0;
    let awards = 0;
    const oneRun = async (batch: readonly Interleaving[], seed: number): Promise<void> => {
      const run = ++runs;
      const named = (award: string, index: number): string => `${run}-${index}-${award}`;
      const readers = await Promise.all([Reader.start(urls, seed), Reader.start(urls, seed + 1)]);
      await send(batch, named);
      // One leaves in the middle, and another comes in its place.
      await readers[0].stop();
      readers[0] = await Reader.start(urls, seed + 2);
      await atTheEnd();
      await Promise.all(readers.map((reader) => reader.stop()));

      const expected = batch.flatMap((one, index) => one.expected.map((step): Step => ({ ...step, award: named(step.award, index) })));
      const held = await reading.query<Held>('select award, kind, revisions from held where award like $1', [`${run}-%`]);
      const byAward = new Map(held.map((row) => [row.award, row]));
      expect(expected.map(({ award }) => byAward.get(award))).toEqual(
        expected.map(({ award, revision, kind }) => ({ award, kind, revisions: oneTo(revision) })),
      );
      expect(held).toHaveLength(expected.length);
      awards += held.length;
    };
    const batches = fc.array(interleaving, { minLength: INTERLEAVINGS_A_RUN, maxLength: INTERLEAVINGS_A_RUN });
    await fc.assert(fc.asyncProperty(batches, fc.nat(), oneRun), { numRuns: RUNS, endOnFailure: true });

    expect(runs * INTERLEAVINGS_A_RUN).toBeGreaterThanOrEqual(1000);
    const log = await reading.query<LoggedEvent>('select topic, partition, pos, key, version, event, hash from event_log order by topic, partition, pos');
    expect(checkLog(log.map((row) => ({ ...row, pos: Number(row.pos) })))).toEqual([]);
    expect(new Set(log.map(({ key }) => key)).size).toBe(awards);
    expect(await reading.query('select from dead_letter')).toEqual([]);
  }, 180_000);
});
