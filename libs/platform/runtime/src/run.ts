import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AtFaultPoint, Carrier } from '@mcr/messaging';
import type { Clock } from './clock.ts';
import type { ServiceDefinition } from './define-service.ts';
import { createLogger } from './logger.ts';
import type { Logger } from './logger.ts';
import { createApplication, neighbourhoodOf } from './starting/application.ts';
import { carryLogsOfOthers, chooseCarrier, refuseToBeAlone } from './starting/carrier.ts';
import { addressesHandedIn, openRegistry, prepareDatabases, waitForDatabases } from './starting/databases.ts';
import type { DatabaseAddresses } from './starting/databases.ts';
import { OpenedParts } from './starting/opened-parts.ts';
import { rememberPublicUrl } from './starting/public-url.ts';
import { assembleService, openServiceDatabase } from './starting/service-parts.ts';
import type { ServiceParts } from './starting/service-parts.ts';
import type { Settings } from './settings.ts';

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
  /** Some services only, without Kafka: for a test that needs no more. */
  readonly withoutTheOthers?: boolean;
  /** Another carrier than the settings choose. */
  readonly carrier?: (log: Logger) => Carrier;
}

/** A process with its services running. */
export interface RunningRegistry {
  readonly url: string;
  readonly settings: Settings;
  readonly app: NestFastifyApplication;
  readonly services: readonly ServiceParts[];
  /** The database's superuser, for whoever prepares or measures. No service has it; throws where this process was not given it either. */
  readonly adminUrl: string;
  close(): Promise<void>;
}

/**
 * Starts these services in this process. With Kafka unset all of them must be here, and all they need is started or must answer;
 * with Kafka, other services, the sign-in and Kafka may be away: the process lives, says that it is not ready, and goes on by itself.
 * When anything fails, what was opened is closed again and the error passed on.
 */
export async function run(definitions: readonly ServiceDefinition[], options: RunOptions): Promise<RunningRegistry> {
  const { settings } = options;
  refuseToBeAlone(definitions, options);
  const log = options.log ?? createLogger(settings.logLevel);
  const opened = new OpenedParts(log);
  try {
    const addresses = await findDatabases(definitions, options, opened, log);
    const neighbourhood = neighbourhoodOf(
      settings,
      definitions.map(({ name }) => name),
    );
    const carrier = (opened.carrier = chooseCarrier(definitions, options, log));
    await openServices(definitions, { ...options, log }, addresses, opened);
    carryLogsOfOthers(definitions, carrier, neighbourhood.addresses, neighbourhood.serviceToken);
    const app = await createApplication(opened, options, log, neighbourhood);
    await openFaces(app, definitions, options, opened);
    return {
      url: settings.publicUrl,
      settings,
      app,
      services: opened.services,
      get adminUrl() {
        if (addresses.admin === undefined) throw new Error('This process was given the addresses of its own database roles only.');
        return addresses.admin;
      },
      close: () => opened.close(),
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function findDatabases(definitions: readonly ServiceDefinition[], options: RunOptions, opened: OpenedParts, log: Logger): Promise<DatabaseAddresses> {
  const { settings } = options;
  const before = rememberPublicUrl(settings);
  if (before) log.warn({ before, now: settings.publicUrl }, 'The public address has changed; what was issued under the earlier one still names it');
  const handedIn = addressesHandedIn(settings, definitions);
  if (!handedIn) return prepareDatabases(definitions, { ...options, onStarted: (postgres) => (opened.postgres = postgres) });
  await waitForDatabases(definitions, handedIn, { host: settings.host, port: listenPort(definitions, settings) });
  return handedIn;
}

async function openServices(
  definitions: readonly ServiceDefinition[],
  options: RunOptions & { readonly log: Logger },
  addresses: DatabaseAddresses,
  opened: OpenedParts,
): Promise<void> {
  for (const definition of definitions) {
    const database = await openServiceDatabase(definition, addresses.of(definition.name), options.poolSize);
    opened.databases.push(database);
    opened.services.push(assembleService(definition, database, { ...options, carrier: opened.carrier! }));
  }
  if (addresses.registry !== undefined) opened.registry = await openRegistry(addresses.registry);
}

const listenPort = (definitions: readonly ServiceDefinition[], settings: Settings): number => settings.listenPortFor(definitions.map(({ name }) => name));

/** Without Kafka the consumers run before anybody can ask; with it the faces open first, since others wait for them as this process does for others. */
async function openFaces(app: NestFastifyApplication, definitions: readonly ServiceDefinition[], options: RunOptions, opened: OpenedParts): Promise<void> {
  const { settings, onProgress } = options;
  onProgress?.('Opening the faces');
  if (!settings.kafka) await opened.consumers.now();
  await app.listen(listenPort(definitions, settings), settings.host);
  if (settings.kafka) opened.consumers.patiently();
}
