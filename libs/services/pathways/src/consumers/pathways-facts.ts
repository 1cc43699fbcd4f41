import { MicroCredentialPublished, institutionEvents } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, type ReactionContext, ReactTo } from '@mcr/messaging';
import { Ctx, Payload } from '@nestjs/microservices';
import { keepInstitution, keepMicroCredential } from '../storage/facts.ts';

export const PATHWAYS_FACTS = 'pathways.facts';

/** Everything that pathways reacts to: what it must know of others to judge an agreement. */
@Consumer({ name: PATHWAYS_FACTS, kind: 'projection', tables: { names: ['institution', 'micro_credential'] } })
export class PathwaysFacts {
  @ReactTo(institutionEvents)
  keepInstitutionWhenItChanged(@Payload() { data, aggregateversion }: EventOf<(typeof institutionEvents)[number]>, @Ctx() { tx }: ReactionContext) {
    return keepInstitution(tx, data, aggregateversion!);
  }

  @ReactTo(MicroCredentialPublished)
  keepMicroCredentialWhenPublished(@Payload() { data, aggregateversion }: EventOf<typeof MicroCredentialPublished>, @Ctx() { tx }: ReactionContext) {
    return keepMicroCredential(tx, data, aggregateversion!);
  }
}
