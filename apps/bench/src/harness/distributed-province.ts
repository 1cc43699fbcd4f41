import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { awards } from '@mcr/awards';
import { startEmbeddedPostgres } from '@mcr/database';
import { gateway } from '@mcr/gateway';
import { developmentToken } from '@mcr/identity';
import { institutions } from '@mcr/institutions';
import { startKafka } from '@mcr/kafka-broker';
import type { KafkaBroker } from '@mcr/kafka-broker';
import { pathways } from '@mcr/pathways';
import { programs } from '@mcr/programs';
import { prepareProcesses, readSettings } from '@mcr/runtime';
import type { PreparedProcess, Settings } from '@mcr/runtime';
import { search } from '@mcr/search';
import { freePort, soon } from './bench-province.ts';
import type { Province } from './province.ts';
import { setUp } from './set-up.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const STARTING_MS = 120_000;

/** The registry on Kafka, each service in a process of its own, with one institution that publishes. */
export class DistributedProvince implements Province {
  readonly code = 'BCIT';
  readonly microCredential = `ce-${randomUUID()}`;
  readonly #children: ChildProcess[] = [];

  private constructor(
    readonly dataDir: string,
    private readonly postgres: { readonly adminUrl: string; stop(): Promise<void> },
    private readonly kafka: KafkaBroker,
    private readonly settings: Settings,
    private readonly prepared: readonly PreparedProcess[],
  ) {}

  static async start(): Promise<DistributedProvince> {
    const dataDir = await mkdtemp(join(tmpdir(), 'mcr-bench-'));
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    const kafka = await startKafka({ dataDir: join(dataDir, 'kafka') });
    const given = { PORT: String(await freePort()), DATA_DIR: dataDir, DATABASE_URL: postgres.adminUrl, KAFKA_BROKERS: kafka.brokers };
    const settings = readSettings(given);
    const prepared = await prepareProcesses([gateway, institutions, programs, awards, pathways, search], { settings });
    const province = new DistributedProvince(dataDir, postgres, kafka, settings, prepared);
    for (const { service } of prepared) province.#spawn(service);
    await Promise.all(prepared.map(({ service }) => isReady(settings.serviceUrlOf(service))));
    await setUp(province, async ({ name, service }, input, subject) => province.#command(service, name, input, subject));
    return province;
  }

  get adminUrl(): string {
    return this.postgres.adminUrl;
  }

  /** `host:port` of the broker. */
  get brokers(): string {
    return this.kafka.brokers;
  }

  get url(): string {
    return this.settings.publicUrl;
  }

  urlOf(service: string): string {
    return this.settings.serviceUrlOf(service);
  }

  /** One more process of a service, beside the one that is there. Returns its address. */
  async another(service: string): Promise<string> {
    const port = await freePort();
    this.#spawn(service, { LISTEN_PORT: String(port) });
    const url = `http://127.0.0.1:${port}`;
    await isReady(url);
    return url;
  }

  clientToken(): Promise<string> {
    return soon(() => developmentToken({ dataDir: this.dataDir, url: this.url, role: 'institution-client', institution: this.code }));
  }

  registrarToken(): Promise<string> {
    return developmentToken({ dataDir: this.dataDir, url: this.url, role: 'ministry-registrar' });
  }

  async close(): Promise<void> {
    const running = this.#children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGTERM');
    await Promise.all(ended);
    await this.kafka.stop();
    await this.postgres.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #spawn(service: string, further: Readonly<Record<string, string>> = {}): void {
    const { environment } = this.prepared.find((one) => one.service === service)!;
    const { PATH, HOME } = process.env;
    const child = spawn(process.execPath, ['--disable-warning=TimeoutNegativeWarning', '--import', './tools/typescript.mjs', `apps/${service}/src/main.ts`], {
      cwd: root,
      env: { PATH, HOME, NODE_ENV: 'production', LOG_LEVEL: 'error', ...environment, ...further },
      // The channel tells them when this process is gone; then they stop as well.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#children.push(child);
  }

  async #command(service: string, name: string, input: unknown, subject: 'first' | 'second'): Promise<void> {
    const token = await developmentToken({ dataDir: this.dataDir, url: this.url, role: subject === 'first' ? 'ministry-registrar' : 'admin' });
    const response = await fetch(`${this.urlOf(service)}/commands/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(input),
    });
    if (!response.ok) throw new Error(`${name} answered ${response.status}: ${await response.text()}`);
  }
}

const isReady = (url: string): Promise<void> =>
  soon(async () => {
    const { status } = await fetch(`${url}/health/ready`);
    if (status !== 200) throw new Error(`${url} is not ready.`);
  }, STARTING_MS);
