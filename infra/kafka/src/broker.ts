import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { answers } from './answers.ts';
import { kafkaUnavailable } from './availability.ts';
import { brokerProperties } from './configuration.ts';
import type { InstitutionsListener } from './configuration.ts';
import { JavaProcess, endLeftProcess } from './java.ts';
import { brokerClassPath } from './libraries.ts';
import { freePort, refuseTakenPort } from './ports.ts';

export interface KafkaOptions {
  /** Everything of the broker is kept here. */
  readonly dataDir: string;
  /** A free one when left out. */
  readonly port?: number;
  /** The listener where institutions sign in with their own tokens; without it there is none. */
  readonly institutions?: Omit<InstitutionsListener, 'port'> & { readonly port?: number };
  readonly onProgress?: (message: string) => void;
}

export interface KafkaBroker {
  /** `host:port` of the listener for the registry's own services. */
  readonly brokers: string;
  readonly institutionsBroker: string | undefined;
  readonly pid: number;
  /** Resolves when the process has ended, by itself or not. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
  /** Ends it where it stands, as a power cut would. */
  kill(): Promise<void>;
}

const READY_MS = 90_000;
const STOP_MS = 20_000;

/** The controller's port is part of the cluster's memory: it stays what it was when the folder was formatted. */
async function controllerPortOf(dataDir: string): Promise<number> {
  const file = join(dataDir, 'controller-port');
  if (existsSync(file)) return Number(await readFile(file, 'utf8'));
  const port = await freePort();
  await writeFile(file, String(port));
  return port;
}

interface Folder {
  readonly logs: string;
  readonly configuration: string;
  readonly logFile: string;
  readonly pidFile: string;
  readonly classPath: string;
}

async function format({ logs, configuration, logFile, classPath }: Folder): Promise<void> {
  if (existsSync(join(logs, 'meta.properties'))) return;
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A');
  const parameters = ['format', '-t', clusterId, '-c', configuration];
  const tool = new JavaProcess({ classPath, mainClass: 'kafka.tools.StorageTool', parameters, logFile });
  const code = await tool.ended;
  if (code !== 0) throw new Error(`Kafka's folder ${logs} could not be formatted (exit ${code}).\n${tool.lastWords()}`);
}

async function untilItAnswers(broker: JavaProcess, port: number): Promise<void> {
  for (const end = Date.now() + READY_MS; !(await answers(port)); await delay(100)) {
    if (!broker.running) throw new Error(`Kafka ended while it started.\n${broker.lastWords()}`);
    if (Date.now() < end) continue;
    broker.signal('SIGKILL');
    throw new Error(`Kafka did not answer within ${READY_MS / 1000} seconds.\n${broker.lastWords()}`);
  }
}

async function end(broker: JavaProcess, signal: NodeJS.Signals, pidFile: string): Promise<void> {
  broker.signal(signal);
  const impatience = setTimeout(() => broker.signal('SIGKILL'), STOP_MS);
  await broker.ended;
  clearTimeout(impatience);
  await rm(pidFile, { force: true });
}

/**
 * Starts a real, single-node Apache Kafka on loopback and resolves when it answers. On a folder that was used before it goes on with
 * what is there, and ends a broker that a killed process left running on it.
 * @throws Error that says what is missing on this machine, or what the broker said when it gave up.
 */
export async function startKafka(options: KafkaOptions): Promise<KafkaBroker> {
  const missing = kafkaUnavailable();
  if (missing) throw new Error(`Kafka cannot run here. ${missing}`);
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const inside = (name: string): string => join(dataDir, name);
  const classPath = await brokerClassPath(options.onProgress);
  const folder: Folder = {
    logs: inside('logs'),
    configuration: inside('server.properties'),
    logFile: inside('kafka.log'),
    pidFile: inside('kafka.pid'),
    classPath,
  };
  if (existsSync(folder.pidFile)) await endLeftProcess(Number(await readFile(folder.pidFile, 'utf8')), folder.configuration);
  if (options.port !== undefined) await refuseTakenPort(options.port);
  const port = options.port ?? (await freePort());
  const institutions = options.institutions && { ...options.institutions, port: options.institutions.port ?? (await freePort()) };
  const controllerPort = await controllerPortOf(dataDir);
  await writeFile(folder.configuration, brokerProperties({ logs: folder.logs, port, controllerPort, ...(institutions ? { institutions } : {}) }));
  options.onProgress?.('Starting Kafka');
  await format(folder);
  const broker = new JavaProcess({
    classPath,
    mainClass: 'kafka.Kafka',
    parameters: [folder.configuration],
    systemProperties: institutions ? [`-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${institutions.jwksUrl}`] : [],
    logFile: folder.logFile,
  });
  await writeFile(folder.pidFile, String(broker.pid));
  await untilItAnswers(broker, port);
  return {
    brokers: `127.0.0.1:${port}`,
    institutionsBroker: institutions && `127.0.0.1:${institutions.port}`,
    pid: broker.pid,
    ended: broker.ended,
    stop: () => end(broker, 'SIGTERM', folder.pidFile),
    kill: () => end(broker, 'SIGKILL', folder.pidFile),
  };
}
