import { NestFactory } from '@nestjs/core';
import type { InjectionToken, Provider } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ServiceToken, TokenVerifier, signInKeySet } from '@mcr/identity';
import { consumerOf } from '@mcr/messaging';
import { Clock } from '../clock.ts';
import { consumersOf } from '../define-service.ts';
import { ServicesProbe } from '../health.ts';
import { BODY_LIMIT, useBodyParsers } from '../http/body-parsers.ts';
import { endConnectionsWhenClosing } from '../http/end-connections.ts';
import { hearOutBeforeAnswering } from '../http/hear-out.ts';
import { HealthProbe } from '../http/health.controller.ts';
import { ProblemFilter, refuseAddress } from '../http/problem.filter.ts';
import { Logger } from '../logger.ts';
import { OwnLogs } from '../logs/log.controller.ts';
import { ServiceAddresses } from '../neighbours/service-addresses.ts';
import { nestLogger } from '../nest/nest-logger.ts';
import { RootModule } from '../nest/root.module.ts';
import { RegistryDatabase } from '../nest/tokens.ts';
import { operatorOperations } from '../operating/operator-operations.ts';
import { Operations } from '../operations/operations.ts';
import { RemoteOperations } from '../operations/remote-operations.ts';
import type { RunOptions } from '../run.ts';
import { Settings } from '../settings.ts';
import type { OpenedParts } from './opened-parts.ts';

/** What the process is to its neighbours. */
export interface Neighbourhood {
  readonly addresses: ServiceAddresses;
  readonly serviceToken: ServiceToken;
}

/** How this process speaks to others: as its first service, with that one's key. */
export function neighbourhoodOf(settings: Settings, services: readonly string[]): Neighbourhood {
  const signIn = { issuer: `${settings.publicUrl}/oidc`, reachedAt: settings.kafka ? settings.serviceUrlOf('gateway') : settings.publicUrl };
  const place = settings.oidcIssuer ? { issuerElsewhere: settings.oidcIssuer } : signIn;
  return {
    addresses: new ServiceAddresses(settings, services),
    serviceToken: new ServiceToken({ service: services[0]!, dataDir: settings.dataDir, place }),
  };
}

async function verifierFor(settings: Settings, { addresses }: Neighbourhood, log: Logger): Promise<TokenVerifier> {
  const onFailure = (error: unknown): void => log.warn({ err: error }, 'The keys of the sign-in cannot be fetched');
  if (settings.oidcIssuer) return TokenVerifier.ofIssuer(settings.oidcIssuer, onFailure);
  const issuer = `${settings.publicUrl}/oidc`;
  const elsewhere = addresses.elsewhere('gateway');
  if (elsewhere !== undefined) return TokenVerifier.ofSignInAt({ issuer, url: elsewhere, onFailure });
  return TokenVerifier.ofSignInHere({ issuer, jwks: await signInKeySet(settings.dataDir) });
}

async function sharedProviders(opened: OpenedParts, options: RunOptions, log: Logger, neighbourhood: Neighbourhood): Promise<Provider[]> {
  const { settings } = options;
  const { addresses, serviceToken } = neighbourhood;
  const logs = new OwnLogs(opened.services.flatMap(({ definition, eventLog }) => (eventLog ? [[definition.name, eventLog] as const] : [])));
  return [
    { provide: Settings, useValue: settings },
    { provide: Logger, useValue: log },
    { provide: Clock, useValue: options.clock ?? new Clock() },
    { provide: Operations, useValue: new Operations(new RemoteOperations(addresses, serviceToken)) },
    { provide: ServiceAddresses, useValue: addresses },
    { provide: ServiceToken, useValue: serviceToken },
    { provide: OwnLogs, useValue: logs },
    { provide: TokenVerifier, useValue: await verifierFor(settings, neighbourhood, log) },
    { provide: HealthProbe, useValue: new ServicesProbe(opened) },
    ...(opened.registry ? [{ provide: RegistryDatabase, useValue: opened.registry }] : []),
  ];
}

/** The process as a Nest application with every face, which does not listen yet and whose consumers do not run yet. */
export async function createApplication(opened: OpenedParts, options: RunOptions, log: Logger, neighbourhood: Neighbourhood): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    logger: false,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => refuseAddress(reply),
  });
  const root = RootModule.of(await sharedProviders(opened, options, log, neighbourhood), opened.services, options.settings);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bodyParser: false, logger: nestLogger(log), abortOnError: false });
  opened.app = app;
  useBodyParsers(adapter.getInstance());
  endConnectionsWhenClosing(adapter.getInstance());
  hearOutBeforeAnswering(adapter.getInstance());
  app.useGlobalFilters(new ProblemFilter(log));
  const clock = app.get(Clock);
  const operations = app.get(Operations);
  for (const { definition, database, unitOfWork, messaging } of opened.services) {
    const resolve = <T>(token: InjectionToken<T>): T => app.get<T>(token as never, { strict: false });
    const answers = [...(definition.operations ?? []), ...operatorOperations(definition.name, messaging)];
    operations.offer(answers, (principal) => ({ principal, now: clock.now(), unitOfWork, database, resolve }));
    for (const consumer of consumersOf(definition, options.settings.kafka !== undefined)) {
      const microservice = app.connectMicroservice({ strategy: messaging.serve(consumer) }, { inheritAppConfig: false });
      opened.consumers.add(consumerOf(consumer).name, microservice);
    }
    await definition.http?.(app);
  }
  return app;
}
