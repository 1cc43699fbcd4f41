import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectionToken } from '@nestjs/common';
import type { CallerInput, OperationDefinition, OutputOf } from '@mcr/event-kit';
import type { Database } from '@mcr/database';
import type { Principal } from '@mcr/identity';
import type { RunOptions, RunningRegistry, ServiceDefinition, ServiceParts } from '@mcr/runtime';
import { freshDatabase } from './fresh-database.ts';
import { testPassword } from './test-passwords.ts';

/** Services that run for a test, on a database of their own. */
export interface TestRegistry {
  readonly url: string;
  readonly dataDir: string;
  readonly running: RunningRegistry;
  call<D extends OperationDefinition>(definition: D, input: CallerInput<D>, principal: Principal): Promise<OutputOf<D>>;
  /** A provider of any of the services. */
  get<T>(token: InjectionToken<T>): T;
  parts(service: string): ServiceParts;
  database(service: string): Database;
  close(): Promise<void>;
}

export interface StartOptions extends Partial<Omit<RunOptions, 'settings'>> {
  readonly environment?: Readonly<Record<string, string>>;
  /** An existing database, to start several times on the same data. It is not dropped. */
  readonly databaseUrl?: string;
  readonly dataDir?: string;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Starts services as an app does, with the real runtime on a fresh database and a random port. */
export async function startServices(services: readonly ServiceDefinition[], options: StartOptions = {}): Promise<TestRegistry> {
  // Loaded here, so that a spec which starts no services does not wait for everything that they are made of.
  const { Operations, createLogger, readSettings, run } = await import('@mcr/runtime');
  const { environment, databaseUrl, ...runOptions } = options;
  const fresh = databaseUrl === undefined ? await freshDatabase() : undefined;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'mcr-test-')));
  const settings = readSettings({
    PORT: String(await freePort()),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl ?? fresh!.adminUrl,
    LOG_LEVEL: 'silent',
    ...environment,
  });
  const running = await run(services, { settings, log: createLogger(settings.logLevel), passwords: testPassword, withoutTheOthers: true, ...runOptions });
  const parts = (service: string): ServiceParts => running.services.find(({ definition }) => definition.name === service)!;
  return {
    url: running.url,
    dataDir,
    running,
    parts,
    call: (definition, input, principal) => running.app.get(Operations).call(definition, input, principal),
    get: <T>(token: InjectionToken<T>): T => running.app.get<T>(token as never, { strict: false }),
    database: (service) => parts(service).database,
    close: async () => {
      await running.close();
      await fresh?.drop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
