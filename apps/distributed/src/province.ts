import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { awards } from '@mcr/awards';
import { demonstrate } from '@mcr/demonstration';
import { gateway } from '@mcr/gateway';
import { institutions } from '@mcr/institutions';
import { kafkaUnavailable } from '@mcr/kafka-broker';
import { pathways } from '@mcr/pathways';
import { programs } from '@mcr/programs';
import { prepareProcesses, readSettings } from '@mcr/runtime';
import type { Settings } from '@mcr/runtime';
import { search } from '@mcr/search';
import { Broker } from './broker.ts';
import { ServiceProcess } from './service-process.ts';

/** The gateway first, so that the sign-in is there soon; any other order works too. */
const services = [gateway, institutions, programs, awards, pathways, search];

/** Something that a person can mend; the message says how. */
class CannotStart extends Error {}

const NAMES_THAT_SAY_IT_ALL = ['SettingsError', 'DataFolderInUse', 'MigrationRefused'];

/** The whole province as separate processes on this machine. */
export class Province {
  readonly #settings: Settings;
  readonly #say: (message: string) => void;
  readonly #broker: Broker | undefined;
  #processes: ServiceProcess[] = [];
  /** Who runs without this process having started it. */
  readonly #startedByHand = new Set<string>();
  #postgres: { stop(): Promise<void> } | undefined;
  #stopping = false;

  constructor(given: Settings, say: (message: string) => void) {
    this.#say = say;
    this.#broker = given.kafka ? undefined : new Broker(given, say);
    const { port, institutionsPort } = this.#broker ?? {};
    this.#settings = readSettings({
      ...process.env,
      ...(port === undefined ? {} : { KAFKA_BROKERS: `127.0.0.1:${port}` }),
      ...(institutionsPort === undefined ? {} : { KAFKA_INSTITUTIONS_BROKERS: `127.0.0.1:${institutionsPort}` }),
    });
  }

  /** Whether a message says all that a person needs to know of an error. */
  static saysItAll(error: unknown): error is Error {
    return error instanceof CannotStart || (error instanceof Error && NAMES_THAT_SAY_IT_ALL.includes(error.constructor.name));
  }

  async start(): Promise<void> {
    const missing = this.#broker && kafkaUnavailable();
    if (missing) throw new CannotStart(`Kafka cannot run here. ${missing} Or name a broker that runs elsewhere: KAFKA_BROKERS=host:port.`);
    await this.#lookWhoIsThere();
    const onStarted = (postgres: { stop(): Promise<void> }): void => void (this.#postgres = postgres);
    const prepared = await prepareProcesses(services, { settings: this.#settings, onProgress: this.#say, onStarted });
    this.#say('Starting the services');
    this.#processes = prepared.map((one) => new ServiceProcess(one, this.#say));
    for (const one of this.#processes) if (!this.#startedByHand.has(one.service)) one.start();
    await this.#broker?.start();
    await this.#untilAllAreReady();
    if (this.#stopping) return;
    this.#say(await this.#whereEverythingIs());
    await demonstrate({ url: this.#settings.publicUrl, settings: this.#settings });
  }

  /** Who was started by hand before stays, waits for the database, and is nobody to be watched over here. */
  async #lookWhoIsThere(): Promise<void> {
    for (const { name } of services) {
      if (!(await this.#lives(name))) continue;
      this.#startedByHand.add(name);
      this.#say(`${name} runs already at ${this.#settings.serviceUrlOf(name)}, started by hand.`);
    }
  }

  /** Who was there may have been about to end: the services of a registry that was killed first finish what they have in hand. */
  async #startWhoeverHasGone(): Promise<void> {
    for (const one of this.#processes) {
      if (!this.#startedByHand.has(one.service) || (await this.#lives(one.service))) continue;
      this.#startedByHand.delete(one.service);
      this.#say(`${one.service} has gone meanwhile and is started here.`);
      one.start();
    }
  }

  async #lives(service: string): Promise<boolean> {
    return fetch(`${this.#settings.serviceUrlOf(service)}/health/live`).then(
      () => true,
      () => false,
    );
  }

  /** The public face first, then the services, then Kafka, and the database last. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#say('Stopping: finishing what is in hand …');
    const [first, ...others] = this.#processes;
    await first?.stop();
    await Promise.all(others.map((one) => one.stop()));
    await this.#broker?.stop();
    await this.#postgres?.stop();
  }

  async #untilAllAreReady(): Promise<void> {
    let told = Date.now();
    for (let waiting = await this.#notReady(); waiting.length > 0 && !this.#stopping; waiting = await this.#notReady()) {
      if (Date.now() - told > 10_000) this.#say(`Waiting for ${waiting.join('; ')}`);
      if (Date.now() - told > 10_000) told = Date.now();
      await delay(200);
      await this.#startWhoeverHasGone();
    }
  }

  async #notReady(): Promise<string[]> {
    const states = await Promise.all(
      services.map(async ({ name }) => {
        const response = await fetch(`${this.#settings.serviceUrlOf(name)}/health/ready`).catch(() => undefined);
        if (response?.status === 200) return [];
        const { parts = [] } = ((await response?.json().catch(() => undefined)) ?? {}) as { parts?: { part: string; state: string; detail?: string }[] };
        const down = parts.filter(({ state }) => state !== 'UP').map(({ part, detail }) => `${part}: ${detail}`);
        return [`${name}${down.length > 0 ? ` (${down.join(', ')})` : ''}`];
      }),
    );
    return states.flat();
  }

  async #whereEverythingIs(): Promise<string> {
    const { dataDir, kafka } = this.#settings;
    const line = (name: string, where: string, pid: number | string | undefined): string =>
      `  ${name.padEnd(14)}${where.padEnd(52)}${pid === undefined ? '' : `process ${pid}`}`;
    const postgres = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
    const [pid, , , port] = postgres.split('\n');
    const listeners = `${kafka!.brokers.join(', ')}${kafka!.institutionsBrokers ? `, institutions at ${kafka!.institutionsBrokers.join(', ')}` : ''}`;
    return [
      '\nEach service is a process of its own:',
      ...this.#processes.map((one) => line(one.service, this.#settings.serviceUrlOf(one.service), one.pid)),
      line('Kafka', listeners, this.#broker?.pid),
      ...(port ? [line('PostgreSQL', `127.0.0.1:${port}`, pid)] : []),
      'To stop one: kill PROCESS. To start it again: npm run start:service -- NAME. One that dies is started again.\n',
    ].join('\n');
  }
}
