import { Ctx, Payload } from '@nestjs/microservices';
import { PublishingClientRegistered, PublishingClientRevoked } from '@mcr/contracts';
import type { EventOf } from '@mcr/event-kit';
import { Consumer, ReactTo, type ReactionContext } from '@mcr/messaging';

type ClientEvent = EventOf<typeof PublishingClientRegistered>;

const keep = `
  insert into publishing_client (client_id, institution_code, scopes, public_key, status, aggregate_version)
  values ($1, $2, $3, $4, $5, $6)
  on conflict (client_id) do update
    set institution_code = excluded.institution_code, scopes = excluded.scopes, public_key = excluded.public_key,
        status = excluded.status, aggregate_version = excluded.aggregate_version
    where publishing_client.aggregate_version < excluded.aggregate_version`;

/** Who may sign in with a key of their own. */
@Consumer({ name: 'gateway.clients', kind: 'projection', tables: { names: ['publishing_client'] } })
export class PublishingClientReactions {
  @ReactTo([PublishingClientRegistered, PublishingClientRevoked])
  async keepClientWhenRegisteredOrRevoked(@Payload() { data, aggregateversion }: ClientEvent, @Ctx() { tx }: ReactionContext): Promise<void> {
    await tx.query(keep, [data.clientId, data.institutionCode, data.scopes, JSON.stringify(data.publicKey), data.status, aggregateversion ?? 0]);
  }
}
