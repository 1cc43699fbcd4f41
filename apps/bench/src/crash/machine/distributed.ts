import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { awards } from '@mcr/awards';
import { gateway } from '@mcr/gateway';
import { AUDIENCE } from '@mcr/identity';
import { institutions } from '@mcr/institutions';
import { startKafka } from '@mcr/kafka-broker';
import type { KafkaBroker, KafkaOptions } from '@mcr/kafka-broker';
import { pathways } from '@mcr/pathways';
import { programs } from '@mcr/programs';
import { prepareProcesses, readSettings } from '@mcr/runtime';
import { search } from '@mcr/search';
import { freePort } from '../../harness/bench-province.ts';
import type { Menu } from '../killer.ts';
import { CrashingPostgres } from './postgres.ts';
import { isReady } from './registry.ts';
import type { Registry } from './registry.ts';
import { Victim } from './victim.ts';
import { witness } from './witness.ts';

/** The gateway first: the broker asks it whose tokens are good. */
const SERVICES = [gateway, institutions, programs, awards, pathways, search, witness];
const RETRY_MS = 500;

const menu: Menu = [
  [4, { target: 'awards', point: 'after-append-before-commit' }],
  [3, { target: 'awards', point: 'after-send-before-checkpoint' }],
  [2, { target: 'search', point: 'after-effect-before-commit' }],
  [2, { target: 'witness', point: 'after-effect-before-commit' }],
  [2, { target: 'search', point: 'after-commit-before-offset' }],
  [2, { target: 'witness', point: 'after-commit-before-offset' }],
  [2, { target: 'broker', point: 'anywhere' }],
  [2, { target: 'postgres', point: 'anywhere' }],
  [2, { target: 'awards', point: 'anywhere' }],
  [1, { target: 'search', point: 'anywhere' }],
  [1, { target: 'gateway', point: 'anywhere' }],
  [1, { target: 'institutions', point: 'anywhere' }],
  [1, { target: 'programs', point: 'anywhere' }],
  [1, { target: 'pathways', point: 'anywhere' }],
];

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** The first of six ports in a row: the services' follow the gateway's. */
async function sixPorts(): Promise<number> {
  for (;;) {
    const first = await freePort();
    const row = await Promise.all([0, 1, 2, 3, 4, 5].map((place) => isFree(first + place)));
    if (row.every(Boolean) && first < 60_000) return first;
  }
}

/** A broker that is killed and started again on the same folder and ports. */
class CrashingBroker {
  private constructor(
    private readonly options: KafkaOptions,
    private broker: KafkaBroker,
  ) {}

  static async start(options: KafkaOptions): Promise<CrashingBroker> {
    return new CrashingBroker(options, await startKafka(options));
  }

  kill(): Promise<void> {
    return this.broker.kill();
  }

  stop(): Promise<void> {
    return this.broker.stop();
  }

  /** Its port may still be held by what was connected to it. */
  async startAgain(): Promise<void> {
    for (let tries = 20; ; tries--) {
      try {
        this.broker = await startKafka(this.options);
        return;
      } catch (error) {
        if (tries === 0) throw error;
        await delay(RETRY_MS);
      }
    }
  }
}

async function prepared(dataDir: string, adminUrl: string, port: number, ports: { services: number; institutions: number }) {
  const settings = readSettings({
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: adminUrl,
    KAFKA_BROKERS: `127.0.0.1:${ports.services}`,
    KAFKA_INSTITUTIONS_BROKERS: `127.0.0.1:${ports.institutions}`,
    LOG_LEVEL: 'warn',
  });
  const processes = await prepareProcesses(SERVICES, { settings });
  // The witness is no service that the settings know: it prepares its database itself, and listens elsewhere.
  const witnessPort = await freePort();
  return processes.map(({ service, environment }) => {
    const further = service === witness.name ? { DATABASE_URL: adminUrl, LISTEN_PORT: String(witnessPort) } : {};
    const { PATH, HOME } = process.env;
    return new Victim({
      name: service,
      services: [service],
      environment: { PATH, HOME, ...environment, ...further },
      logFile: join(dataDir, `${service}.log`),
    });
  });
}

/** What was started so far; stopped in the opposite order. */
class Started {
  readonly #stops: (() => Promise<unknown>)[] = [];

  add<Part>(part: Part, stop: (part: Part) => Promise<unknown>): Part {
    this.#stops.unshift(() => stop(part));
    return part;
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) await stop();
  }
}

/** One process for each service, Kafka between them. */
export async function startDistributed(): Promise<Registry> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcr-crash-'));
  const started = new Started();
  try {
    return await start(dataDir, started);
  } catch (error) {
    await started.stop();
    throw error;
  }
}

async function start(dataDir: string, started: Started): Promise<Registry> {
  const postgres = started.add(await CrashingPostgres.start(dataDir), (one) => one.stop());
  const [port, ports] = [await sixPorts(), { services: await freePort(), institutions: await freePort() }];
  const url = `http://127.0.0.1:${port}`;
  const victims = await prepared(dataDir, postgres.adminUrl, port, ports);
  const notInOrder: string[] = [];
  const end = async (one: Victim): Promise<void> => void ((await one.stop()) || notInOrder.push(one.name));
  const victim = (name: string): Victim => victims.find((one) => one.name === name)!;
  await started.add(victim('gateway'), end).start();
  const listener = { port: ports.institutions, issuer: `${url}/oidc`, audience: AUDIENCE, jwksUrl: `${url}/oidc/jwks` };
  const broker = started.add(await CrashingBroker.start({ dataDir: join(dataDir, 'kafka'), port: ports.services, institutions: listener }), (one) =>
    one.stop(),
  );
  const others = started.add(
    victims.filter((one) => one.name !== 'gateway'),
    (all) => Promise.all(all.map(end)),
  );
  await Promise.all(others.map((one) => one.start()));
  await isReady(url);
  return {
    url,
    dataDir,
    postgres,
    menu,
    killers: 2,
    institutionsBroker: `127.0.0.1:${ports.institutions}`,
    victim,
    killBroker: () => broker.kill(),
    startAgain: (target) => (target === 'postgres' ? postgres.startAgain() : target === 'broker' ? broker.startAgain() : victim(target).start()),
    ready: async () => {
      for (const place of [0, 1, 2, 3, 4, 5]) await isReady(`http://127.0.0.1:${port + place}`);
    },
    stop: async () => {
      await started.stop();
      if (notInOrder.length === 0) await rm(dataDir, { recursive: true, force: true });
      return notInOrder;
    },
  };
}
