import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { InjectionToken, Provider } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openDatabase, prepareDatabase, roleUrl, rolesOf, secret, startEmbeddedPostgres } from '@mcr/database';
import { TokenVerifier, signInKeySet } from '@mcr/identity';
import { LocalCarrier } from '@mcr/messaging';
import type { AtFaultPoint } from '@mcr/messaging';
import { Clock } from './clock.ts';
import type { ServiceDefinition } from './define-service.ts';
import { ServicesProbe } from './health.ts';
import { BODY_LIMIT, useBodyParsers } from './http/body-parsers.ts';
import { endConnectionsWhenClosing } from './http/end-connections.ts';
import { HealthProbe } from './http/health.controller.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { Logger, createLogger } from './logger.ts';
import { nestLogger } from './nest/nest-logger.ts';
import { RootModule } from './nest/root.module.ts';
import { RegistryDatabase, Secrets } from './nest/tokens.ts';
import { Operations } from './operations.ts';
import { OpenedParts } from './registry-process.ts';
import { REGISTRY_READER, openService, plansOf } from './service-parts.ts';
import type { ServiceParts } from './service-parts.ts';
import { rememberPublicUrl } from './public-url.ts';
import { Settings } from './settings.ts';

export interface RunOptions {
  readonly settings: Settings;
  readonly log?: Logger;
  /** Told what is going on while the process starts. */
  readonly onProgress?: (message: string) => void;
  readonly poolSize?: number;
  readonly atFaultPoint?: AtFaultPoint;
  readonly clock?: Clock;
  /** Passwords of the database roles, where they are not this data folder's own: roles belong to the whole server. */
  readonly passwords?: (role: string) => string;
}

/** A process with its services running. */
export interface RunningRegistry {
  readonly url: string;
  readonly settings: Settings;
  readonly app: NestFastifyApplication;
  readonly services: readonly ServiceParts[];
  /** The database's superuser, for whoever prepares or measures. No service has it. */
  readonly adminUrl: string;
  close(): Promise<void>;
}

/**
 * Starts these services in this process: databases first, then consumers, then the HTTP faces.
 * When anything fails, what was opened is closed again and the error passed on.
 */
export async function run(definitions: readonly ServiceDefinition[], options: RunOptions): Promise<RunningRegistry> {
  const log = options.log ?? createLogger(options.settings.logLevel);
  const opened = new OpenedParts(log);
  try {
    const adminUrl = await openDatabases(definitions, options, opened, log);
    const app = await createApplication(opened, options, log);
    options.onProgress?.('Opening the faces');
    await app.startAllMicroservices();
    await app.listen(options.settings.port, options.settings.host);
    return { url: options.settings.publicUrl, settings: options.settings, app, services: opened.services, adminUrl, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function passwordsIn(dataDir: string, roles: readonly string[]): Promise<(role: string) => string> {
  const known = new Map(await Promise.all(roles.map(async (role) => [role, await secret(dataDir, `database-${role}`)] as const)));
  return (role) => known.get(role)!;
}

/** Returns the superuser's address. */
async function openDatabases(definitions: readonly ServiceDefinition[], options: RunOptions, opened: OpenedParts, log: Logger): Promise<string> {
  const { settings, onProgress } = options;
  const before = rememberPublicUrl(settings);
  if (before) log.warn({ before, now: settings.publicUrl }, 'The public address has changed; what was issued under the earlier one still names it');
  if (!settings.databaseUrl) {
    onProgress?.('Starting PostgreSQL');
    opened.postgres = await startEmbeddedPostgres({ dataDir: settings.dataDir, log: (message) => onProgress?.(message) });
  }
  const adminUrl = settings.databaseUrl ?? opened.postgres!.adminUrl;
  const plans = definitions.flatMap(plansOf);
  const passwords = options.passwords ?? (await passwordsIn(settings.dataDir, [...definitions.map(({ name }) => rolesOf(name).running), REGISTRY_READER]));
  onProgress?.('Preparing the databases');
  await prepareDatabase({ adminUrl, plans, passwords });
  const carrier = (opened.carrier = new LocalCarrier(log));
  for (const definition of definitions) opened.services.push(await openService(definition, { ...options, adminUrl, passwords, carrier, log }));
  if (definitions.some(({ readsRegistry }) => readsRegistry)) {
    const url = roleUrl(adminUrl, REGISTRY_READER, passwords(REGISTRY_READER));
    const plain = await openDatabase({ service: 'registry-reader', schema: 'registry', url, poolSize: 16 });
    opened.registry = new RegistryDatabase(plain.service, plain.schema, plain.dataSource);
  }
  return adminUrl;
}

async function sharedProviders(opened: OpenedParts, options: RunOptions, log: Logger, operations: Operations): Promise<Provider[]> {
  const { settings } = options;
  const verifier = settings.oidcIssuer
    ? TokenVerifier.ofIssuer(settings.oidcIssuer, (error) => log.warn({ err: error }, 'The keys of the sign-in cannot be fetched'))
    : TokenVerifier.ofSignInHere({ issuer: `${settings.publicUrl}/oidc`, jwks: await signInKeySet(settings.dataDir) });
  const secrets: Secrets = { bytes: async (name) => Buffer.from(await secret(settings.dataDir, name), 'base64url') };
  return [
    { provide: Settings, useValue: settings },
    { provide: Logger, useValue: log },
    { provide: Clock, useValue: options.clock ?? new Clock() },
    { provide: Operations, useValue: operations },
    { provide: TokenVerifier, useValue: verifier },
    { provide: Secrets, useValue: secrets },
    { provide: HealthProbe, useValue: new ServicesProbe(opened.services, opened.registry) },
    ...(opened.registry ? [{ provide: RegistryDatabase, useValue: opened.registry }] : []),
  ];
}

async function createApplication(opened: OpenedParts, options: RunOptions, log: Logger): Promise<NestFastifyApplication> {
  const operations = new Operations();
  const shared = await sharedProviders(opened, options, log, operations);
  const adapter = new FastifyAdapter({ logger: false, bodyLimit: BODY_LIMIT, forceCloseConnections: 'idle', return503OnClosing: true });
  const filter = new ProblemFilter(log);
  const root = RootModule.of(shared, opened.services);
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bodyParser: false, logger: nestLogger(log), abortOnError: false });
  opened.app = app;
  useBodyParsers(adapter.getInstance());
  endConnectionsWhenClosing(adapter.getInstance());
  app.useGlobalFilters(filter);
  const clock = app.get(Clock);
  for (const { definition, database, unitOfWork, messaging } of opened.services) {
    const resolve = <T>(token: InjectionToken<T>): T => app.get<T>(token as never, { strict: false });
    operations.offer(definition.operations ?? [], (principal) => ({ principal, now: clock.now(), unitOfWork, database, resolve }));
    const consumers = [...(definition.consumers ?? []), ...(options.settings.kafka ? (definition.kafkaConsumers ?? []) : [])];
    for (const consumer of consumers) app.connectMicroservice({ strategy: messaging.serve(consumer) }, { inheritAppConfig: false });
    await definition.http?.(app);
  }
  return app;
}
