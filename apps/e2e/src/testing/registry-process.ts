import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@mcr/testing';
import { freePorts } from './free-ports.ts';
import type { Mode } from './modes.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const READY_MS = 120_000;
/** What is printed when each process, and Kafka, can be told apart by its number. */
const PROCESSES_NAMED = 'Each service is a process of its own';

/** In the order of their ports. */
export const services = ['gateway', 'institutions', 'programs', 'awards', 'pathways', 'search'] as const;
export type Service = (typeof services)[number];

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Sends a signal to a process of ours and waits for its end. Resolves with the exit code. */
export function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (!child || hasEnded(child)) return Promise.resolve(child?.exitCode ?? null);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}

/** The registry as its users have it: an address, a data folder, and the commands beside it. Behind that is one process, or one for each service. */
export class RegistryProcess {
  readonly dataDir: string;
  readonly port: number;
  readonly mode: Mode;
  readonly #demonstration: boolean;
  #child: ChildProcess | undefined;
  #output = '';
  #launchedAt = 0;

  private constructor(dataDir: string, port: number, mode: Mode, demonstration: boolean) {
    this.dataDir = dataDir;
    this.port = port;
    this.mode = mode;
    this.#demonstration = demonstration;
  }

  static async start({ mode = 'in one process', demonstration = false }: { mode?: Mode; demonstration?: boolean } = {}): Promise<RegistryProcess> {
    const registry = new RegistryProcess(await mkdtemp(join(tmpdir(), 'mcr-e2e-')), await freePorts(10), mode, demonstration);
    await registry.start();
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The address of one service; without processes of their own all have the same. */
  urlOf(service: Service): string {
    return this.mode === 'in one process' ? this.url : `http://127.0.0.1:${this.port + services.indexOf(service)}`;
  }

  /** What the process has printed. */
  get output(): string {
    return this.#output;
  }

  /** What commands beside the registry need to find it. */
  get environment(): NodeJS.ProcessEnv {
    const { PUBLIC_URL: _url, DATABASE_URL: _database, OIDC_ISSUER: _issuer, KAFKA_BROKERS: _brokers, ...inherited } = process.env;
    const kafka = { KAFKA_PORT: String(this.port + 7), KAFKA_INSTITUTIONS_PORT: String(this.port + 8) };
    return { ...inherited, ...kafka, PORT: String(this.port), DATA_DIR: this.dataDir, DEMO: this.#demonstration ? 'on' : 'off' };
  }

  async start(): Promise<void> {
    this.launch();
    await this.untilReady();
  }

  launch(): void {
    const app = this.mode === 'in one process' ? 'all' : 'distributed';
    const child = spawn(process.execPath, ['--import', './tools/typescript.mjs', `apps/${app}/src/main.ts`], { cwd: root, env: this.environment });
    this.#child = child;
    this.#launchedAt = this.#output.length;
    this.#listenTo(child);
  }

  /** Every process says that it is ready. */
  async untilReady(): Promise<void> {
    const child = this.#child!;
    const addresses = new Set(services.map((service) => this.urlOf(service)));
    await eventually(
      async () => {
        if (hasEnded(child)) throw new Error(`The registry ended with ${child.exitCode}:\n${this.#output}`);
        if (this.mode === 'one process each' && !this.#output.includes(PROCESSES_NAMED, this.#launchedAt))
          throw new Error(`Not all is there yet:\n${this.#output}`);
        for (const address of addresses) {
          const { status } = await fetch(`${address}/health/ready`);
          if (status !== 200) throw new Error(`Readiness at ${address} answers ${status}.\n${this.#output.slice(-3000)}`);
        }
      },
      { timeoutMs: READY_MS },
    );
  }

  /** Ends all as a power cut would. The database server is left behind. */
  async kill(): Promise<void> {
    const child = this.#child!;
    child.kill('SIGSTOP'); // it would start again what dies before it
    const { stdout } = spawnSync('ps', ['-o', 'pid=,comm=', '--ppid', String(child.pid)], { encoding: 'utf8' });
    const others = stdout.split('\n').flatMap((line) => (line === '' || line.includes('postgres') ? [] : [parseInt(line)]));
    if (others.length !== (this.mode === 'in one process' ? 0 : services.length + 1)) throw new Error(`These are not its processes:\n${stdout}`);
    for (const pid of others) process.kill(pid, 'SIGKILL');
    await end(child, 'SIGKILL');
  }

  /** Asks for an orderly stop. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    return end(this.#child, 'SIGTERM');
  }

  /** Stops and removes everything. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** The process of a service or of Kafka, as the registry printed it last. */
  pidOf(service: Service | 'Kafka'): number {
    const found = [...this.#output.matchAll(new RegExp(`^ {2}${service} .*process (\\d+)$`, 'gm'))].at(-1);
    if (!found) throw new Error(`The registry has not said which process ${service} is:\n${this.#output}`);
    return Number(found[1]);
  }

  /** One service as a process of its own, started by hand beside the others. With a port it is another instance. */
  startByHand(service: Service, port?: number): ChildProcess {
    const parameters = ['tools/start-service.mjs', service, ...(port === undefined ? [] : ['--port', String(port)])];
    const child = spawn(process.execPath, parameters, { cwd: root, env: this.environment });
    this.#listenTo(child);
    return child;
  }

  #listenTo(child: ChildProcess): void {
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  /** Runs `npm run -s NAME -- …` beside the registry, to its end. */
  npm(name: string, ...parameters: string[]): Finished {
    const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', name, '--', ...parameters], { cwd: root, env: this.environment, encoding: 'utf8' });
    return { status, stdout, stderr };
  }

  /** The same, while the test goes on. */
  npmInBackground(name: string, ...parameters: string[]): Promise<Finished> {
    const child = spawn('npm', ['run', '-s', name, '--', ...parameters], { cwd: root, env: this.environment });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    return new Promise((resolve) => child.once('exit', (status) => resolve({ status, stdout, stderr })));
  }

  /** An access token from the command that people use. */
  token(role: string, institution?: string): string {
    const { status, stdout, stderr } = this.npm('token', role, ...(institution ? ['--institution', institution] : []));
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }
}
