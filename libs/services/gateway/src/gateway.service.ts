import { defineService } from '@mcr/runtime';
import { PublishingClientReactions } from './consumers/publishing-clients.consumer.ts';
import { GatewayModule } from './gateway.module.ts';
import { mountSignIn } from './sign-in/mount-sign-in.ts';
import { publishingClient } from './storage/migrations/0001-publishing-client.ts';

/** The registry's face: GraphQL over the shared registry, and the development sign-in. */
export const gateway = defineService({
  name: 'gateway',
  module: GatewayModule,
  migrations: [publishingClient],
  consumers: [PublishingClientReactions],
  readsRegistry: true,
  http: mountSignIn,
});
