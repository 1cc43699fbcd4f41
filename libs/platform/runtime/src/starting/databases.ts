import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isTransient, isUnprepared, openDatabase, prepareDatabase, roleUrl, rolesOf, secret, startEmbeddedPostgres, unprepared } from '@mcr/database';
import type { Database, EmbeddedPostgres } from '@mcr/database';
import type { ServiceDefinition } from '../define-service.ts';
import { RegistryDatabase } from '../nest/tokens.ts';
import type { Settings } from '../settings.ts';
import { SettingsError } from '../settings.ts';
import { REGISTRY_READER, openServiceDatabase, plansOf } from './service-parts.ts';
import { WaitingRoom } from './waiting-room.ts';

/** Where each service of the process finds its database. */
export interface DatabaseAddresses {
  readonly of: (service: string) => string;
  readonly registry: string | undefined;
  /** The superuser's, where this process prepares the database itself. */
  readonly admin: string | undefined;
}

/** The settings' own addresses, when there is one for everything that runs here: then somebody else prepares the database. */
export function addressesHandedIn(settings: Settings, services: readonly ServiceDefinition[]): DatabaseAddresses | undefined {
  const needed = services.map(({ name }) => name).concat(services.some(({ readsRegistry }) => readsRegistry) ? ['registry'] : []);
  const missing = needed.filter((name) => settings.databaseUrlOf(name) === undefined);
  if (missing.length === 0) return { of: (service) => settings.databaseUrlOf(service)!, registry: settings.databaseUrlOf('registry'), admin: undefined };
  if (missing.length === needed.length && (settings.databaseUrl !== undefined || !settings.kafka)) return undefined;
  const names = missing.map((name) => `DATABASE_URL_${name.toUpperCase()}`).join(', ');
  throw new SettingsError(`Set ${names}: processes that share the work share one PostgreSQL, and each has its own role in it.`);
}

export async function passwordsIn(dataDir: string, roles: readonly string[]): Promise<(role: string) => string> {
  const known = new Map(await Promise.all(roles.map(async (role) => [role, await secret(dataDir, `database-${role}`)] as const)));
  return (role) => known.get(role)!;
}

export interface PreparingOptions {
  readonly settings: Settings;
  readonly passwords?: (role: string) => string;
  readonly onProgress?: (message: string) => void;
  /** Told of the server as soon as it runs, so that it is stopped whatever happens next. */
  readonly onStarted?: (postgres: EmbeddedPostgres) => void;
}

/** Starts PostgreSQL where no address is set, creates the roles, runs all migrations, and says where each service finds its own. */
export async function prepareDatabases(services: readonly ServiceDefinition[], options: PreparingOptions): Promise<DatabaseAddresses & { admin: string }> {
  const { settings, onProgress } = options;
  let admin = settings.databaseUrl;
  if (admin === undefined) {
    onProgress?.('Starting PostgreSQL');
    const postgres = await startEmbeddedPostgres({ dataDir: settings.dataDir, log: (message) => onProgress?.(message) });
    options.onStarted?.(postgres);
    admin = postgres.adminUrl;
  }
  const roles = [...services.map(({ name }) => rolesOf(name).running), REGISTRY_READER];
  const passwords = options.passwords ?? (await passwordsIn(settings.dataDir, roles));
  onProgress?.('Preparing the databases');
  await prepareDatabase({ adminUrl: admin, plans: services.flatMap(plansOf), passwords });
  const as = (role: string): string => roleUrl(admin, role, passwords(role));
  const readsRegistry = services.some((service) => service.readsRegistry);
  return { of: (service) => as(rolesOf(service).running), registry: readsRegistry ? as(REGISTRY_READER) : undefined, admin };
}

export async function openRegistry(url: string): Promise<RegistryDatabase> {
  const plain = await openDatabase({ service: 'registry-reader', schema: 'registry', url, poolSize: 16 });
  return new RegistryDatabase(plain.service, plain.schema, plain.dataSource);
}

const LONGEST_PAUSE_MS = 2_000;

/** Tries until the database answers and is prepared, however long that takes. Other errors pass. */
async function whenUsable(open: () => Promise<Database>, check: (database: Database) => Promise<string | undefined>, tell: (detail?: string) => void) {
  for (let pause = 100; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    let database: Database | undefined;
    let missing: string | undefined;
    try {
      database = await open();
      missing = await check(database);
    } catch (error) {
      if (!isTransient(error) && !isUnprepared(error)) throw error;
      missing = isUnprepared(error) ? 'The database is not prepared for this service yet.' : 'PostgreSQL does not answer.';
    } finally {
      if (missing !== undefined) await database?.close();
    }
    tell(missing);
    if (missing === undefined) return;
    await delay(pause);
  }
}

/** Returns when every database that was handed in can be used. Meanwhile the process answers that it is alive and not ready. */
export async function waitForDatabases(
  services: readonly ServiceDefinition[],
  addresses: DatabaseAddresses,
  at: { host: string; port: number },
): Promise<void> {
  const room = await WaitingRoom.open(at);
  try {
    await Promise.all(
      services.map(async (service) => {
        const reason = async (database: Database): Promise<string | undefined> => {
          for (const plan of plansOf(service)) {
            const missing = await unprepared(database, plan);
            if (missing !== undefined) return missing;
          }
          return database.close().then(() => undefined);
        };
        await whenUsable(
          () => openServiceDatabase(service, addresses.of(service.name), 1),
          reason,
          (detail) => room.tell(`${service.name} database`, detail),
        );
      }),
    );
  } finally {
    await room.close();
  }
}

/** A service's own folder: secrets that no other service needs. A process with one service is given that folder as its DATA_DIR. */
export const folderOf = (settings: Settings, service: string, alone: boolean): string =>
  alone ? settings.dataDir : join(settings.dataDir, 'services', service);
