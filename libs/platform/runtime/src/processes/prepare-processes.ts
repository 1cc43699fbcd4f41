import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HandedKeys, clientKeyPath, ensurePrivateKey, publicPartOf, serviceClientId, serviceKeyPath } from '@mcr/identity';
import type { ServiceDefinition } from '../define-service.ts';
import type { Settings } from '../settings.ts';
import { folderOf, prepareDatabases } from '../starting/databases.ts';
import type { DatabaseAddresses, PreparingOptions } from '../starting/databases.ts';

/** What one process is given: its settings, and nothing of another's. */
export type ProcessEnvironment = Readonly<Record<string, string>>;

export interface PreparedProcess {
  readonly service: string;
  readonly folder: string;
  /** Holds `environment` for whoever starts the process by hand: `node --env-file=…`. Only its owner can read it. */
  readonly environmentFile: string;
  readonly environment: ProcessEnvironment;
}

/**
 * Prepares a data folder and its database for processes with one service each: roles, migrations, a folder for each process with
 * its own key and secrets, and the public keys in the sign-in's. Doing it again changes nothing. Needs the superuser; the processes do not.
 */
export async function prepareProcesses(services: readonly ServiceDefinition[], options: PreparingOptions): Promise<PreparedProcess[]> {
  const { settings } = options;
  const addresses = await prepareDatabases(services, options);
  await handKeys(settings, services);
  return Promise.all(services.map((service) => prepareProcess(service, settings, addresses)));
}

async function handKeys(settings: Settings, services: readonly ServiceDefinition[]): Promise<void> {
  const handed = new HandedKeys(folderOf(settings, 'gateway', false));
  for (const { name } of services) {
    const key = await ensurePrivateKey(serviceKeyPath(folderOf(settings, name, false), name));
    await handed.hand(serviceClientId(name), publicPartOf(key));
  }
  // The key of the development roles is for the people at this machine, not for a process.
  await handed.hand('development', publicPartOf(await ensurePrivateKey(clientKeyPath(settings.dataDir, 'development'))));
}

async function prepareProcess({ name, readsRegistry }: ServiceDefinition, settings: Settings, addresses: DatabaseAddresses): Promise<PreparedProcess> {
  const folder = folderOf(settings, name, false);
  const environment: ProcessEnvironment = {
    NODE_ENV: 'production',
    PORT: String(settings.port),
    HOST: settings.host,
    PUBLIC_URL: settings.publicUrl,
    DATA_DIR: folder,
    LOG_LEVEL: settings.logLevel,
    [`DATABASE_URL_${name.toUpperCase()}`]: addresses.of(name),
    ...(readsRegistry ? { DATABASE_URL_REGISTRY: addresses.registry! } : {}),
    ...(settings.kafka ? { KAFKA_BROKERS: settings.kafka.brokers.join(',') } : {}),
    ...(settings.kafka?.institutionsBrokers ? { KAFKA_INSTITUTIONS_BROKERS: settings.kafka.institutionsBrokers.join(',') } : {}),
    ...(settings.oidcIssuer ? { OIDC_ISSUER: settings.oidcIssuer } : {}),
  };
  await mkdir(folder, { recursive: true });
  const environmentFile = join(folder, 'environment');
  const lines = Object.entries(environment).map(([variable, value]) => `${variable}="${value}"\n`);
  await writeFile(environmentFile, lines.join(''), { mode: 0o600 });
  return { service: name, folder, environmentFile, environment };
}
