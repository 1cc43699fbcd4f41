import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { openDatabase } from '@mcr/database';
import type { Database } from '@mcr/database';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, EventLog, Messaging, ReactTo, UnitOfWork } from '../../src/index.ts';
import type { ReactionContext } from '../../src/index.ts';
import { silence } from '../carriers/by-hand.ts';
import { ChaosCarrier } from '../carriers/chaos.ts';
import { AwardChanged, RecordSent, awards, records } from './contract.ts';
import { decide, nothingYet } from './decide.ts';
import type { Ledger } from './decide.ts';

/** Decides records, and tells each revision that an award takes: as the intake does, with what waits in a row. */
@Consumer({ name: 'reader.decides', kind: 'process' })
class Decides {
  @ReactTo(RecordSent)
  async decideWhenSent(@Payload() { data }: EventOf<typeof RecordSent>, @Ctx() { tx }: ReactionContext): Promise<void> {
    const [known] = await tx.query<{ state: Ledger }>('select state from ledger where award = $1 for update', [data.award]);
    const { ledger, steps } = decide(known?.state ?? nothingYet, data);
    await tx.query('insert into ledger values ($1, $2) on conflict (award) do update set state = excluded.state', [data.award, JSON.stringify(ledger)]);
    for (const step of steps) tx.append(AwardChanged, step, { version: step.revision });
  }
}

@Consumer({ name: 'reader.holds', kind: 'projection' })
class Holds {
  @ReactTo(AwardChanged)
  async holdWhenChanged(@Payload() { data }: EventOf<typeof AwardChanged>, @Ctx() { tx }: ReactionContext): Promise<void> {
    await tx.query(
      `insert into held (award, kind, revisions) values ($1, $2, array[$3::int])
       on conflict (award) do update set kind = excluded.kind, revisions = held.revisions || excluded.revisions`,
      [data.award, data.kind, data.revision],
    );
  }
}

@Module({})
class ReaderModule {}

export interface ReaderUrls {
  readonly trial: string;
  readonly reader: string;
}

/** One worker of the service that decides and holds, on a carrier of its own that follows from the seed. */
export class Reader {
  private constructor(
    private readonly apps: readonly INestMicroservice[],
    private readonly carrier: ChaosCarrier,
    private readonly databases: readonly Database[],
  ) {}

  static async start(urls: ReaderUrls, seed: number): Promise<Reader> {
    const trial = await openDatabase({ service: 'trial', schema: 'trial', url: urls.trial, poolSize: 1 });
    const reader = await openDatabase({ service: 'reader', schema: 'reader', url: urls.reader, poolSize: 2 });
    const carrier = new ChaosCarrier(silence, seed);
    carrier.carry(new EventLog(trial, [records]));
    carrier.carry(new EventLog(reader, [awards]));
    const messaging = new Messaging({ unitOfWork: new UnitOfWork(reader, { onAppended: () => carrier.wake() }), carrier, log: silence });
    const apps: INestMicroservice[] = [];
    for (const consumer of [Decides, Holds]) {
      const module = { module: ReaderModule, controllers: [consumer as Type] };
      const app = await NestFactory.createMicroservice(module, { strategy: messaging.serve(consumer), logger: ['error', 'warn'], abortOnError: false });
      await app.listen();
      apps.push(app);
    }
    return new Reader(apps, carrier, [trial, reader]);
  }

  async stop(): Promise<void> {
    for (const app of this.apps) await app.close();
    await this.carrier.close();
    for (const database of this.databases) await database.close();
  }
}
