import { Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { AwardIssued, AwardRevoked, SubmissionDecided } from '@mcr/contracts';
import type { Envelope } from '@mcr/event-kit';
import { Consumer, ReactTo } from '@mcr/messaging';
import type { ReactionContext } from '@mcr/messaging';
import { defineService } from '@mcr/runtime';

/** Notes every event that it is given, and refuses none twice: what is done twice stands there twice. */
@Consumer({ name: 'witness.notes', kind: 'projection' })
class Notes {
  @ReactTo([AwardIssued, AwardRevoked, SubmissionDecided], { batch: true })
  async noteWhenCarried(@Payload() events: readonly Envelope[], @Ctx() { tx }: ReactionContext): Promise<void> {
    await tx.query('insert into note (key, version, type) select * from unnest($1::text[], $2::int[], $3::text[])', [
      events.map(({ partitionkey }) => partitionkey),
      events.map(({ aggregateversion }) => aggregateversion ?? 1),
      events.map(({ type }) => type),
    ]);
  }
}

@Module({ controllers: [Notes] })
class WitnessModule {}

/**
 * A service that exists in the crash run only. The read model is written so that doing something twice does not show;
 * this one is hosted by the same runtime and shows it.
 */
export const witness = defineService({
  name: 'witness',
  module: WitnessModule,
  migrations: [
    { number: 1, name: 'note', sql: () => 'create table note (id bigserial primary key, key text not null, version int not null, type text not null)' },
  ],
  consumers: [Notes],
});
