/**
 * The baseline that most would write first: Nest's own Kafka transport, a handler for each message, TypeORM's `save`. It decides the same
 * records by the same lookups, and keeps the same rows; it has no log, no order, no checkpoints, and loses what fails.
 * Takes its addresses as parameters, and says on its channel when it listens.
 */
import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { SubmitAward } from '@mcr/contracts';
import { Award, Learner, MicroCredential, PublishedEvent, RegistryAward, Submission, tables } from './tables.ts';

const [databaseUrl, brokers, topic, microCredential] = process.argv.slice(2) as [string, string, string, string];

const database = await new DataSource({ type: 'postgres', url: databaseUrl, entities: tables }).initialize();
await database.query('drop schema if exists naive cascade; create schema naive');
await database.synchronize();
await database.getRepository(MicroCredential).save({ id: microCredential });

interface Sent {
  readonly id: string;
  readonly source: string;
  readonly data: unknown;
}

@Controller()
class Awards {
  @EventPattern<string>(topic)
  async take(@Payload() { id: eventId, source, data }: Sent): Promise<void> {
    const record = SubmitAward.parse(data);
    await database.transaction(async (manager) => {
      if (await manager.findOneBy(Submission, { source, eventId })) return;
      if (await manager.findOneBy(Award, { sourceAwardId: record.sourceAwardId })) return;
      if (!(await manager.findOneBy(MicroCredential, { id: record.microCredentialCtid }))) return;
      const identifier = record.learner.identifiers[0]!.value;
      const learner = (await manager.findOneBy(Learner, { identifier })) ?? (await manager.save(Learner, { id: randomUUID(), identifier }));
      const award = await manager.save(Award, {
        id: randomUUID(),
        sourceAwardId: record.sourceAwardId,
        revision: record.revision,
        microCredential: record.microCredentialCtid,
        awardedDate: record.awardedDate,
        learner: learner.id,
        status: 'ACTIVE',
      });
      await manager.save(Submission, { id: randomUUID(), source, eventId, state: 'ACCEPTED', receivedAt: new Date() });
      await manager.save(PublishedEvent, { id: randomUUID(), key: award.id, type: 'submission.decided', data: { eventId } });
      await manager.save(PublishedEvent, { id: randomUUID(), key: award.id, type: 'award.issued', data: award });
      const { learner: _learner, revision: _revision, ...shown } = award;
      await manager.save(RegistryAward, { ...shown, institution: source.slice(-4) });
    });
  }
}

@Module({ controllers: [Awards] })
class NaiveModule {}

const app = await NestFactory.createMicroservice<MicroserviceOptions>(NaiveModule, {
  transport: Transport.KAFKA,
  logger: ['error'],
  options: { client: { brokers: brokers.split(','), logLevel: 1 }, consumer: { groupId: `naive-${randomUUID()}` }, subscribe: { fromBeginning: true } },
});
await app.listen();
process.send!('ready');
