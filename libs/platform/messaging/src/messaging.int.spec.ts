import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import { eventually } from '@mcr/testing';
import { silence } from '../testing/carriers/by-hand.ts';
import { RunningConsumer } from '../testing/processes/running-consumer.ts';
import { CounterAdvanced, PersonNamed, counters, people } from '../testing/trial/contract.ts';
import { PreparedTrial } from '../testing/trial/trial.ts';
import type { Trial } from '../testing/trial/trial.ts';
import { LocalCarrier } from './carrier/local-carrier.ts';
import { Messaging } from './messaging.ts';
import { Consumer, ReactTo } from './reactions/consumer.ts';
import { UnitOfWork } from './unit-of-work.ts';

const consumer = 'reader.watched';

describe('how consumers stand', () => {
  let prepared: PreparedTrial;
  let trial: Trial;
  let database: Database;
  let running: RunningConsumer;

  beforeAll(async () => {
    prepared = await PreparedTrial.open();
    trial = await prepared.copy();
    database = await openDatabase({ service: 'trial', schema: 'trial', url: trial.urls.trial, poolSize: 1 });
    const consuming = { urls: trial.urls, consumer, kind: 'projection', follows: 'counters', tampering: {} } as const;
    running = await RunningConsumer.start(consuming, { carrier: new LocalCarrier(silence), log: silence });
  });

  afterAll(async () => {
    await running?.stop();
    await database?.close();
    await trial?.close();
    await prepared?.close();
  });

  const advance = (number: number): Promise<void> =>
    new UnitOfWork(database).run(async (tx) => {
      tx.append(CounterAdvanced, { counter: 'lamp', number, behaviour: 'notes' }, { version: number });
      tx.append(PersonNamed, { person: 'ada', name: 'Ada' }, { version: number });
    });

  it('is known by topic: how many events behind, and when the newest was appended', async () => {
    const before = new Date();
    await advance(1);
    await eventually(async () => expect(await running.messaging.lag()).toMatchObject([{ consumer, topic: counters.name, behind: 0 }]));
    const [{ lastAppendedAt }] = (await running.messaging.lag()) as unknown as [{ lastAppendedAt: Date }];
    expect(lastAppendedAt.getTime()).toBeGreaterThanOrEqual(before.getTime() - 1000);
    expect(await running.messaging.caughtUp(consumer, counters)).toBe(true);
  });

  it('is not caught up when it is unknown, or while it stands still before something', async () => {
    expect(await running.messaging.caughtUp('reader.unknown', counters)).toBe(false);
    running.tamper({ hidden: [2, 3] });
    await advance(2);
    await advance(3);
    await eventually(() => expect(running.messaging.faults()).toMatchObject([{ kind: 'GAP' }]));
    expect(await running.messaging.caughtUp(consumer, counters)).toBe(false);
    expect(await running.messaging.lag()).toMatchObject([{ behind: 2 }]);
    running.tamper({});
    await eventually(async () => expect(await running.messaging.caughtUp(consumer, counters)).toBe(true));
  });

  it('is not even started when nobody carries the log of its topic', async () => {
    @Consumer({ name: 'reader.lost', kind: 'projection' })
    class Lost {
      @ReactTo(PersonNamed)
      greet(): void {}
    }
    const reader = await openDatabase({ service: 'reader', schema: 'reader', url: trial.urls.reader, poolSize: 1 });
    const carrier = new LocalCarrier(silence);
    const messaging = new Messaging({ unitOfWork: new UnitOfWork(reader), carrier, log: silence });
    const module = { module: class LostModule {}, controllers: [Lost] };
    const app = await NestFactory.createMicroservice(module, { strategy: messaging.serve(Lost), logger: false, abortOnError: false });
    await expect(app.listen()).rejects.toThrow(`No log of topic ${people.name} is carried`);
    await app.close();
    await carrier.close();
    await reader.close();
  });
});
