import httpProxy from '@fastify/http-proxy';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { PROBLEM_JSON, Refusal, problemOf } from '@mcr/event-kit';
import { Logger, ServiceAddresses } from '@mcr/runtime';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { bodyOnItsWay } from './body-on-its-way.ts';
import { answerHeadersFrom, requestHeadersFor } from './forwarded-headers.ts';

/** One public path, and the service whose face it is. */
interface Face {
  readonly service: string;
  readonly prefix: string;
  /** Only these paths below it. */
  readonly routes?: string[];
}

/** The faces that the registry shows at its one public address. Internal ones (`/commands`, `/log`) are not among them, and never will be. */
const faces: readonly Face[] = [
  ...['/events', '/submissions', '/awards', '/verify', '/status', '/credentials', '/presentations', '/learners'].map((prefix) => ({
    service: 'awards',
    prefix,
  })),
  // The registry's own DID document, at a bare host or below the path of the public address.
  { service: 'awards', prefix: '/.well-known', routes: ['/did.json'] },
  { service: 'awards', prefix: '/did.json' },
  { service: 'institutions', prefix: '/institutions', routes: ['/:code/did.json', '/:code/keys.json'] },
];

const ANSWER_MS = 60_000;
const CONNECTIONS = 64;

function refuse(reply: FastifyReply, service: string): void {
  const refusal = new Refusal('UNAVAILABLE', `The ${service} service does not answer at the moment.`, { retryAfterSeconds: 2 });
  void reply
    .status(refusal.status)
    .header('retry-after', refusal.retryAfterSeconds)
    .type(PROBLEM_JSON)
    .send(JSON.stringify(problemOf(refusal)));
}

/** Hands requests for faces of services in other processes on to them, as streams and with the caller's own token. */
export async function forwardFaces(app: NestFastifyApplication): Promise<void> {
  const addresses = app.get(ServiceAddresses, { strict: false });
  const log = app.get(Logger, { strict: false });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  for (const { service, prefix, routes } of faces) {
    const upstream = addresses.elsewhere(service);
    if (upstream === undefined) continue;
    await fastify.register(async (scope) => {
      // Bodies pass through unread; the service has its own limits.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, body, done) => done(null, bodyOnItsWay(body)));
      await scope.register(httpProxy, {
        upstream,
        prefix,
        rewritePrefix: prefix,
        ...(routes ? { routes } : {}),
        disableRequestLogging: true,
        proxyPayloads: false,
        undici: { connections: CONNECTIONS, pipelining: 1, headersTimeout: ANSWER_MS, bodyTimeout: ANSWER_MS },
        replyOptions: {
          rewriteRequestHeaders: (_request, headers) => requestHeadersFor(headers),
          rewriteHeaders: (headers) => answerHeadersFrom(headers),
          // Who sent it knows whether it may be sent again, and is told when.
          retryDelay: () => null,
          onError: (reply, { error }) => {
            log.warn({ service, err: error }, 'A request could not be handed on');
            refuse(reply as FastifyReply, service);
          },
        },
      });
    });
  }
}
