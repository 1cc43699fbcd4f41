import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase } from '@mcr/database';
import { CarrierByHand, silence } from '../../../testing/carriers/by-hand.ts';
import { RunningConsumer } from '../../../testing/processes/running-consumer.ts';
import { nothing } from '../../../testing/trial/checker.ts';
import { CounterAdvanced, counters } from '../../../testing/trial/contract.ts';
import { PreparedTrial } from '../../../testing/trial/trial.ts';
import type { Trial } from '../../../testing/trial/trial.ts';
import { UnitOfWork } from '../../unit-of-work.ts';
import type { Slice } from '../inbox.ts';

const consumer = 'reader.by-hand';
const [topic, entriesEach] = [counters.name, 20];

describe('the inbox of projections and processes', () => {
  const carrier = new CarrierByHand();
  let prepared: PreparedTrial;
  let trial: Trial;
  let running: RunningConsumer;
  /** All entries of partitions 0 and 1. */
  let whole: readonly [Slice, Slice];

  beforeAll(async () => {
    prepared = await PreparedTrial.open();
    trial = await prepared.copy();
    const database = await openDatabase({ service: 'trial', schema: 'trial', url: trial.urls.trial, poolSize: 1 });
    const unitOfWork = new UnitOfWork(database);
    for (let number = 1; number <= entriesEach; number++) {
      await unitOfWork.run(async (tx) => {
        for (const [partition, counter] of ['lamp', 'door'].entries())
          tx.append(CounterAdvanced, { counter, number, behaviour: 'notes' }, { version: number, partition });
      });
    }
    await database.close();
    running = await RunningConsumer.start({ urls: trial.urls, consumer, kind: 'projection', follows: 'counters' }, { carrier, log: silence });
    whole = (await carrier.read(topic, { 0: 0, 1: 0 }, entriesEach)) as unknown as readonly [Slice, Slice];
  });

  afterAll(async () => {
    await running?.stop();
    await trial?.close();
    await prepared?.close();
  });

  const beginAgain = async (): Promise<void> => {
    await trial.rows('delete from reader.effect');
    await trial.rows(`update reader.checkpoint set pos = 0, log_id = null, hash = decode(repeat('00', 32), 'hex')`);
  };
  beforeEach(beginAgain);

  /** `from` and `to` are positions, both included. */
  const part = (partition: number, from: number, to: number): Slice => {
    const slice = whole[partition as 0 | 1];
    return { ...slice, entries: slice.entries.filter(({ pos }) => pos >= from && pos <= to) };
  };

  /** Every row with the transaction that wrote it and its place in the table. */
  const everyRow = async (): Promise<unknown[]> => [
    await trial.rows('select xmin::text, ctid::text, * from reader.effect order by id'),
    await trial.rows('select xmin::text, ctid::text, * from reader.checkpoint order by topic, partition'),
  ];

  it('changes no row when the same slices are handed over again, from earlier positions or in part', async () => {
    await carrier.handOver(whole);
    const before = await everyRow();
    for (const again of [whole, [part(0, 5, 20)], [part(1, 1, 3)], [part(0, 20, 20), part(1, 7, 9)], [...whole].reverse()]) {
      expect((await carrier.handOver(again)).map(({ pos, outcome }) => ({ pos, ...outcome }))).toEqual(again.map(() => ({ pos: entriesEach, state: 'done' })));
    }
    expect(await everyRow()).toEqual(before);
    expect(await trial.findings(consumer, [])).toEqual(nothing);
  });

  it('applies only what lies ahead when a slice overlaps what is done', async () => {
    await carrier.handOver([part(0, 1, 8)]);
    expect(await carrier.handOver([part(0, 3, 12)])).toMatchObject([{ pos: 12, outcome: { state: 'done' } }]);
    expect((await trial.effects(consumer)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('applies what comes before a gap, in this partition and all of the others', async () => {
    const holed = { ...whole[0], entries: whole[0].entries.filter(({ pos }) => pos !== 6) };
    expect(await carrier.handOver([holed, whole[1]])).toMatchObject([
      { partition: 0, pos: 5, outcome: { state: 'fault', fault: { kind: 'GAP' } } },
      { partition: 1, pos: 20, outcome: { state: 'done' } },
    ]);
    expect(await trial.effects(consumer)).toHaveLength(25);
  });

  it('ends with every event done once and in order, whatever was handed over before', async () => {
    const handing = fc.record({ partition: fc.nat(1), from: fc.integer({ min: 1, max: entriesEach }), length: fc.integer({ min: 1, max: 12 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(handing, { maxLength: 12 }), async (handings) => {
        await beginAgain();
        const reached = [0, 0];
        for (const { partition, from, length } of handings) {
          const [result] = await carrier.handOver([part(partition, from, from + length - 1)]);
          const expected = from > reached[partition]! + 1 ? reached[partition]! : Math.max(reached[partition]!, Math.min(from + length - 1, entriesEach));
          expect(result).toMatchObject({ pos: expected, outcome: { state: from > reached[partition]! + 1 ? 'fault' : 'done' } });
          reached[partition] = expected;
        }
        await carrier.handOver(whole);
        expect(await trial.findings(consumer, [])).toEqual(nothing);
      }),
      { numRuns: 25 },
    );
  });
});
