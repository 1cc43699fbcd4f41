import type { PublishingClientRegistered, RegisterPublishingClient } from '@mcr/contracts';
import type { DataOf, OutputOf } from '@mcr/event-kit';
import type { Institution } from '../domain/institution.ts';
import type { PublishingClient } from '../domain/publishing-client.ts';

/** What both commands about a client answer. */
export const clientAnswer = ({ clientId, scopes, status }: PublishingClient, { code }: Institution): OutputOf<typeof RegisterPublishingClient> => ({
  clientId,
  institutionCode: code,
  scopes: [...scopes],
  status,
});

/** What both events about a client carry. */
export const clientSnapshot = (client: PublishingClient, institution: Institution): DataOf<typeof PublishingClientRegistered> => ({
  ...clientAnswer(client, institution),
  institutionCtid: institution.ctid,
  publicKey: client.publicKey,
});
