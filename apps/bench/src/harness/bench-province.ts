import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awards } from '@mcr/awards';
import { DelegateSigning } from '@mcr/contracts';
import { gateway } from '@mcr/gateway';
import { developmentToken } from '@mcr/identity';
import type { Principal } from '@mcr/identity';
import { institutions } from '@mcr/institutions';
import { consumerOf } from '@mcr/messaging';
import { pathways } from '@mcr/pathways';
import { programs } from '@mcr/programs';
import { Operations, readSettings, run } from '@mcr/runtime';
import type { RunningRegistry, ServiceDefinition } from '@mcr/runtime';
import { search } from '@mcr/search';
import type { Province } from './province.ts';
import { setUp } from './set-up.ts';

const staff = (subject: string): Principal => ({ subject, clientId: subject, roles: ['ministry-registrar'], scopes: [] });

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Tries again while facts are still on their way between services. */
export async function soon<T>(work: () => Promise<T>, withinMs = 30_000): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

export interface BenchProvinceOptions {
  /** Names of consumers that do not run. */
  readonly without?: readonly string[];
  /** The institution lets the registry sign: its awards get credentials. */
  readonly signs?: boolean;
}

const leaving =
  (names: readonly string[]) =>
  (service: ServiceDefinition): ServiceDefinition => ({
    ...service,
    consumers: (service.consumers ?? []).filter((consumer) => !names.includes(consumerOf(consumer).name)),
  });

/** The whole registry in this process, on a PostgreSQL that keeps its promises to the disk, with one institution that publishes. */
export class BenchProvince implements Province {
  readonly code = 'BCIT';
  readonly microCredential = `ce-${randomUUID()}`;

  private constructor(
    readonly registry: RunningRegistry,
    readonly dataDir: string,
  ) {}

  static async start({ without = [], signs = false }: BenchProvinceOptions = {}): Promise<BenchProvince> {
    const dataDir = await mkdtemp(join(tmpdir(), 'mcr-bench-'));
    const settings = readSettings({ PORT: String(await freePort()), DATA_DIR: dataDir });
    const registry = await run([institutions, programs, awards, pathways, search, gateway].map(leaving(without)), { settings });
    const province = new BenchProvince(registry, dataDir);
    await setUp(province, (definition, input, subject) => registry.app.get(Operations).call(definition, input, staff(subject)));
    if (signs) await registry.app.get(Operations).call(DelegateSigning, { institution: province.code }, staff('first'));
    return province;
  }

  get adminUrl(): string {
    return this.registry.adminUrl;
  }

  get url(): string {
    return this.registry.url;
  }

  database(service: string) {
    return this.registry.services.find(({ definition }) => definition.name === service)!.database;
  }

  clientToken(): Promise<string> {
    return soon(() => developmentToken({ dataDir: this.dataDir, url: this.url, role: 'institution-client', institution: this.code }));
  }

  registrarToken(): Promise<string> {
    return developmentToken({ dataDir: this.dataDir, url: this.url, role: 'ministry-registrar' });
  }

  async close(): Promise<void> {
    await this.registry.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
