import { defineService } from '@mcr/runtime';
import { PublishingClientReactions } from './consumers/publishing-clients.consumer.ts';
import { forwardFaces } from './forwarding/forward-faces.ts';
import { GatewayModule } from './gateway.module.ts';
import { mountSignIn } from './sign-in/mount-sign-in.ts';
import { publishingClient } from './storage/migrations/0001-publishing-client.ts';

/** The registry's face: GraphQL over the shared registry, the development sign-in, and the way to faces in other processes. */
export const gateway = defineService({
  name: 'gateway',
  module: GatewayModule,
  migrations: [publishingClient],
  consumers: [PublishingClientReactions],
  readsRegistry: true,
  http: async (app) => {
    await mountSignIn(app);
    await forwardFaces(app);
  },
});
