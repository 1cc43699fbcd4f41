import type { IncomingMessage } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDevelopmentSignIn } from '@mcr/identity';
import { Logger, Settings } from '@mcr/runtime';
import type { FastifyInstance } from 'fastify';
import { PublishingClients } from '../storage/publishing-clients.ts';

const MOUNT = '/oidc';

/** Puts the development sign-in at /oidc, unless people sign in elsewhere (OIDC_ISSUER). */
export async function mountSignIn(app: NestFastifyApplication): Promise<void> {
  const settings = app.get(Settings, { strict: false });
  if (settings.oidcIssuer) return;
  const clients = app.get(PublishingClients, { strict: false });
  const { callback } = await createDevelopmentSignIn({
    issuer: `${settings.publicUrl}${MOUNT}`,
    dataDir: settings.dataDir,
    findClient: (clientId) => clients.find(clientId),
    log: app.get(Logger, { strict: false }),
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await fastify.register(
    (scope, _options, done) => {
      // The sign-in reads bodies itself, with its own limits.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
      scope.all('/*', (request, reply) => {
        reply.hijack();
        const raw = request.raw as IncomingMessage & { originalUrl?: string };
        raw.originalUrl = raw.url;
        raw.url = raw.url!.slice(MOUNT.length);
        callback(raw, reply.raw);
      });
      done();
    },
    { prefix: MOUNT },
  );
}
