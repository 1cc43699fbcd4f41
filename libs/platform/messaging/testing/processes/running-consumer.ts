import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database, openDatabase } from '@mcr/database';
import { EventLog, Messaging, UnitOfWork } from '../../src/index.ts';
import type { AtFaultPoint, Carrier, MessagingLog } from '../../src/index.ts';
import { TamperedLog } from '../carriers/tampered-log.ts';
import { readerTopics, trialTopics } from '../trial/contract.ts';
import { consumerClassFor } from './consumers.ts';
import type { Consuming, Tampering, TrialUrls } from './protocol.ts';

@Module({})
class ReaderModule {}

/** One connection each: whoever used a second one beside a transaction would wait for ever. */
export const openBoth = async (urls: TrialUrls): Promise<{ trial: Database; reader: Database }> => ({
  trial: await openDatabase({ service: 'trial', schema: 'trial', url: urls.trial, poolSize: 1 }),
  reader: await openDatabase({ service: 'reader', schema: 'reader', url: urls.reader, poolSize: 1 }),
});

/** What the service runs on. */
export interface Surroundings {
  readonly carrier: Carrier;
  readonly log: MessagingLog;
  readonly atFaultPoint?: AtFaultPoint;
  readonly onReacting?: () => void;
}

/** Tells when a reaction begins, and counts those that are under way. */
function watch(server: ReturnType<Messaging['serve']>, onReacting: () => void): { underWay: number } {
  const reactions = { underWay: 0 };
  const react = server.react.bind(server);
  server.react = async (...call) => {
    onReacting();
    reactions.underWay += 1;
    await react(...call).finally(() => (reactions.underWay -= 1));
  };
  return reactions;
}

/** The service `reader` with one consumer, put together as the runtime does it. */
export class RunningConsumer {
  private constructor(
    readonly messaging: Messaging,
    private readonly watched: TamperedLog,
    private readonly reactions: { underWay: number },
    private readonly app: INestMicroservice,
    private readonly carrier: Carrier,
    private readonly databases: readonly Database[],
  ) {}

  static async start(consuming: Consuming, { carrier, log, atFaultPoint, onReacting = () => undefined }: Surroundings): Promise<RunningConsumer> {
    const { trial, reader } = await openBoth(consuming.urls);
    const watched = new TamperedLog(new EventLog(trial, trialTopics), consuming.tampering);
    carrier.carry(watched);
    carrier.carry(new EventLog(reader, readerTopics), reader);
    const unitOfWork = new UnitOfWork(reader, { onAppended: (topics) => carrier.wake(topics), ...(atFaultPoint ? { atFaultPoint } : {}) });
    const messaging = new Messaging({ unitOfWork, carrier, log, ...(atFaultPoint ? { atFaultPoint } : {}) });
    const consumer = consumerClassFor(consuming);
    const module = { module: ReaderModule, controllers: [consumer as Type], providers: [{ provide: Database, useValue: reader }] };
    const strategy = messaging.serve(consumer);
    const reactions = watch(strategy, onReacting);
    const app = await NestFactory.createMicroservice(module, { strategy, logger: ['error', 'warn'], abortOnError: false });
    await app.listen();
    return new RunningConsumer(messaging, watched, reactions, app, carrier, [reader, trial]);
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
    if (this.reactions.underWay > 0) throw new Error('The consumer was closed in the middle of a reaction.');
    await this.carrier.close();
    for (const database of this.databases) await database.close();
  }
}
