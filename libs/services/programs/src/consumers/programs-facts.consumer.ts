import { institutionEvents } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo, type ReactionContext } from '@mcr/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { keepInstitution } from '../storage/institutions.ts';

/** What programs must know of others: who may define and publish. */
@Consumer({ name: 'programs.facts', kind: 'projection', tables: { names: ['institution'] } })
export class ProgramsFacts {
  @ReactTo(institutionEvents)
  async keepInstitutionWhenItChanges(@Payload() event: EventOf<(typeof institutionEvents)[number]>, @Ctx() { tx }: ReactionContext): Promise<void> {
    await keepInstitution(tx, { ...event.data, version: event.aggregateversion! });
  }
}
