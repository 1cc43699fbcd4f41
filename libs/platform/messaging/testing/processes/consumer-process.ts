import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database, openDatabase } from '@mcr/database';
import { EventLog, Messaging, UnitOfWork } from '../../src/index.ts';
import type { Carrier } from '../../src/index.ts';
import { createCarrier } from '../carriers/chosen.ts';
import { TamperedLog } from '../carriers/tampered-log.ts';
import { NaiveCursor } from '../controls/naive-cursor.ts';
import { readerTopics, trialTopics } from '../trial/contract.ts';
import { consumerClassFor } from './consumers.ts';
import type { Consuming, Tampering, TrialUrls } from './protocol.ts';
import { dyingAt, log, serve } from './serve.ts';

@Module({})
class ReaderModule {}

const openBoth = async (urls: TrialUrls): Promise<{ trial: Database; reader: Database }> => ({
  trial: await openDatabase({ service: 'trial', schema: 'trial', url: urls.trial, poolSize: 2 }),
  reader: await openDatabase({ service: 'reader', schema: 'reader', url: urls.reader, poolSize: 3 }),
});

/** The service `reader` with one consumer, put together as the runtime does it. */
class RunningConsumer {
  private constructor(
    readonly messaging: Messaging,
    private readonly watched: TamperedLog,
    private readonly app: INestMicroservice,
    private readonly carrier: Carrier,
    private readonly databases: readonly Database[],
  ) {}

  static async start(consuming: Consuming): Promise<RunningConsumer> {
    const { trial, reader } = await openBoth(consuming.urls);
    const watched = new TamperedLog(new EventLog(trial, trialTopics), consuming.tampering);
    const carrier = createCarrier(log);
    carrier.carry(watched);
    carrier.carry(new EventLog(reader, readerTopics));
    const atFaultPoint = dyingAt(consuming.dieAt);
    const unitOfWork = new UnitOfWork(reader, { onAppended: (topics) => carrier.wake(topics), atFaultPoint });
    const messaging = new Messaging({ unitOfWork, carrier, log, atFaultPoint });
    const consumer = consumerClassFor(consuming);
    const module = { module: ReaderModule, controllers: [consumer as Type], providers: [{ provide: Database, useValue: reader }] };
    const app = await NestFactory.createMicroservice(module, { strategy: messaging.serve(consumer), logger: ['error', 'warn'], abortOnError: false });
    await app.listen();
    return new RunningConsumer(messaging, watched, app, carrier, [reader, trial]);
  }

  get entriesRead(): number {
    return this.watched.entriesRead;
  }

  tamper(tampering: Tampering): void {
    this.watched.tampering = tampering;
    this.carrier.wake(new Set(trialTopics.map(({ name }) => name)));
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.carrier.close();
    for (const database of this.databases) await database.close();
  }
}

const consumers = new Map<string, RunningConsumer>();
const running = (consumer: string): RunningConsumer => consumers.get(consumer)!;

/** The control, beside the consumers. */
let naive: { cursor: NaiveCursor; databases: Database[] } | undefined;

serve({
  start: async (consuming) => void consumers.set(consuming.consumer, await RunningConsumer.start(consuming)),
  stop: async ({ consumer }) => {
    await running(consumer).stop();
    consumers.delete(consumer);
  },
  stopAll: async () => {
    for (const consumer of consumers.values()) await consumer.stop();
    consumers.clear();
  },
  tamper: ({ consumer, tampering }) => running(consumer).tamper(tampering),
  faults: ({ consumer }) => running(consumer).messaging.faults(),
  caughtUp: ({ consumer, topic }) =>
    running(consumer).messaging.caughtUp(
      consumer,
      trialTopics.find(({ name }) => name === topic)!,
    ),
  entriesRead: ({ consumer }) => running(consumer).entriesRead,
  startNaive: async ({ urls, batch }) => {
    const databases = await openBoth(urls);
    naive = { cursor: new NaiveCursor(databases, batch), databases: Object.values(databases) };
    naive.cursor.start();
  },
  stopNaive: async () => {
    await naive!.cursor.stop();
    for (const database of naive!.databases) await database.close();
  },
});
