import 'reflect-metadata';
import type { Database } from '@mcr/database';
import { EventLog } from '../../src/index.ts';
import { carrierFor } from '../carriers/chosen.ts';
import { TamperedLog } from '../carriers/tampered-log.ts';
import { NaiveCursor } from '../controls/naive-cursor.ts';
import { WrongReader } from '../controls/wrong-reader.ts';
import { trialTopics } from '../trial/contract.ts';
import { RunningConsumer, openBoth } from './running-consumer.ts';
import { dyingAt, log, serve, tell } from './serve.ts';

const consumers = new Map<string, RunningConsumer>();
const running = (consumer: string): RunningConsumer => consumers.get(consumer)!;

/** The controls, beside the consumers. */
let naive: { cursor: NaiveCursor; databases: Database[] } | undefined;
let wrong: { reader: WrongReader; shown: TamperedLog; databases: Database[] } | undefined;

serve({
  start: async (consuming) => {
    const atFaultPoint = dyingAt(consuming.dieAt);
    const onReacting = (): void => tell({ reacting: consuming.consumer });
    consumers.set(
      consuming.consumer,
      await RunningConsumer.start(consuming, { carrier: carrierFor(log, consuming.urls.trial), log, atFaultPoint, onReacting }),
    );
  },
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
  startWrong: async ({ urls, way, tampering, dieAt }) => {
    const { trial, reader } = await openBoth(urls);
    const shown = new TamperedLog(new EventLog(trial, trialTopics), tampering);
    wrong = { reader: new WrongReader({ way, log: shown, reader, atFaultPoint: dyingAt(dieAt) }), shown, databases: [trial, reader] };
    wrong.reader.start();
  },
  tamperWrong: ({ tampering }) => void (wrong!.shown.tampering = tampering),
  stopWrong: async () => {
    await wrong!.reader.stop();
    for (const database of wrong!.databases) await database.close();
  },
});
