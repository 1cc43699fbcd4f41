import { Ctx, Payload } from '@nestjs/microservices';
import { MicroCredentialPublished, institutionEvents, issuerKeyEvents, publishingClientEvents } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo, type ReactionContext } from '@mcr/messaging';
import { saveInstitution, saveIssuerKey, saveMicroCredentialVersion, savePublishingClient } from '../storage/fact-store.ts';

export const FACTS_CONSUMER = 'awards.facts';

/** All that awards keeps of other services: who may publish, with which keys is signed, and what can be awarded. */
@Consumer({
  name: FACTS_CONSUMER,
  kind: 'projection',
  tables: { names: ['institution', 'institution_standing', 'publishing_client', 'issuer_key', 'micro_credential_version'] },
})
export class FactsConsumer {
  @ReactTo(institutionEvents)
  keepInstitution(@Payload() event: EventOf<(typeof institutionEvents)[number]>, @Ctx() { tx }: ReactionContext): Promise<void> {
    return saveInstitution(tx, event.data, event.aggregateversion!, event.time);
  }

  @ReactTo(publishingClientEvents)
  keepPublishingClient(@Payload() event: EventOf<(typeof publishingClientEvents)[number]>, @Ctx() { tx }: ReactionContext): Promise<void> {
    return savePublishingClient(tx, event.data, event.aggregateversion!);
  }

  @ReactTo(issuerKeyEvents)
  keepIssuerKey(@Payload() event: EventOf<(typeof issuerKeyEvents)[number]>, @Ctx() { tx }: ReactionContext): Promise<void> {
    return saveIssuerKey(tx, event.data, event.aggregateversion!);
  }

  @ReactTo(MicroCredentialPublished)
  keepPublishedVersion(@Payload() event: EventOf<typeof MicroCredentialPublished>, @Ctx() { tx }: ReactionContext): Promise<void> {
    return saveMicroCredentialVersion(tx, event.data);
  }
}
