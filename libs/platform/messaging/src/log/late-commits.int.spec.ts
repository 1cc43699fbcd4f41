import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import { CarrierByHand, silence } from '../../testing/carriers/by-hand.ts';
import { NaiveCursor } from '../../testing/controls/naive-cursor.ts';
import { randomOf } from '../../testing/processes/random.ts';
import { RunningConsumer } from '../../testing/processes/running-consumer.ts';
import { nothing } from '../../testing/trial/checker.ts';
import type { Named } from '../../testing/trial/checker.ts';
import { CounterAdvanced, counters } from '../../testing/trial/contract.ts';
import { PreparedTrial } from '../../testing/trial/trial.ts';
import type { Trial } from '../../testing/trial/trial.ts';
import { UnitOfWork } from '../unit-of-work.ts';

const SEEDS = 120;
const BATCH = 3;
const consumer = 'reader.edges';

class RolledBack extends Error {}

/** A transaction that goes on only when it is told to. */
class HeldTransaction {
  readonly written: Promise<void>;
  readonly ended: Promise<void>;
  #write!: () => void;
  readonly #doors: (() => void)[] = [];
  readonly #opened: Promise<void>[];

  constructor(database: Database, key: string, rollsBack: boolean, acknowledged: Named[]) {
    this.written = new Promise((resolve) => (this.#write = resolve));
    this.#opened = [0, 1].map(() => new Promise((resolve) => this.#doors.push(resolve)));
    const unitOfWork = new UnitOfWork(database, { atFaultPoint: () => this.#opened[1]! });
    this.ended = unitOfWork
      .run(async (tx) => {
        await tx.query('insert into outbox (key, version) values ($1, 1)', [key]);
        this.#write();
        await this.#opened[0];
        tx.append(CounterAdvanced, { counter: key, number: 1, behaviour: 'notes' }, { version: 1, partition: 0 });
        if (rollsBack) throw new RolledBack();
      })
      .then(
        () => void acknowledged.push(`${key}@1`),
        (error: unknown) => {
          if (!(error instanceof RolledBack)) throw error;
        },
      );
  }

  /** First it appends, then it commits. */
  openNextDoor(): void {
    this.#doors.shift()?.();
  }
}

describe('transactions that commit late, at the edges of batches', () => {
  const carrier = new CarrierByHand();
  let prepared: PreparedTrial;
  let trial: Trial;
  let databases: { trial: Database; reader: Database };
  let running: RunningConsumer;
  let naive: NaiveCursor;
  let pos = 0;
  const acknowledged: Named[] = [];

  beforeAll(async () => {
    prepared = await PreparedTrial.open();
    trial = await prepared.copy();
    databases = {
      trial: await openDatabase({ service: 'trial', schema: 'trial', url: trial.urls.trial, poolSize: 8 }),
      reader: await openDatabase({ service: 'reader', schema: 'reader', url: trial.urls.reader, poolSize: 1 }),
    };
    running = await RunningConsumer.start({ urls: trial.urls, consumer, kind: 'projection', follows: 'counters' }, { carrier, log: silence });
    naive = new NaiveCursor(databases, BATCH);
  });

  afterAll(async () => {
    await running?.stop();
    await databases?.reader.close();
    await databases?.trial.close();
    await trial?.close();
    await prepared?.close();
  });

  /** One batch for each reader; tells whether either had anything. */
  async function readOneBatch(): Promise<boolean> {
    const slices = await carrier.read(counters.name, { 0: pos }, BATCH);
    if (slices.length > 0) pos = (await carrier.handOver(slices))[0]!.pos;
    return (await naive.step()) > 0 || slices.length > 0;
  }

  async function playOut(seed: number): Promise<void> {
    const random = randomOf(seed);
    const held = Array.from({ length: 3 + Math.floor(random() * 3) }, (_, index) => {
      return new HeldTransaction(databases.trial, `${seed}-${index}`, random() < 0.2, acknowledged);
    });
    await Promise.all(held.map(({ written }) => written));
    const doors = [...held, ...held].map((one) => ({ one, at: random() })).sort((a, b) => a.at - b.at);
    for (const { one } of doors) {
      one.openNextDoor();
      if (random() < 0.6) await readOneBatch();
    }
    await Promise.all(held.map(({ ended }) => ended));
  }

  it(`are all applied, with ${SEEDS} seeds; the naive cursor skips some, and the same check says so`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) await playOut(seed);
    while (await readOneBatch());

    expect(await trial.logFaults()).toEqual([]);
    expect(await trial.findings(consumer, acknowledged)).toEqual(nothing);
    const control = await trial.findings('naive', acknowledged);
    expect({ ...control, skipped: [] }).toEqual(nothing);
    expect(control.skipped.length).toBeGreaterThan(SEEDS / 20);
  });
});
