import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, freePort } from '@mcr/testing';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const READY_MS = 120_000;

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The registry as its users have it: a process with an address and a data folder, and the commands beside it. */
export class RegistryProcess {
  readonly dataDir: string;
  readonly port: number;
  readonly #demonstration: boolean;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(dataDir: string, port: number, demonstration: boolean) {
    this.dataDir = dataDir;
    this.port = port;
    this.#demonstration = demonstration;
  }

  static async start({ demonstration = false } = {}): Promise<RegistryProcess> {
    const registry = new RegistryProcess(await mkdtemp(join(tmpdir(), 'mcr-e2e-')), await freePort(), demonstration);
    await registry.start();
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What the process has printed. */
  get output(): string {
    return this.#output;
  }

  /** What commands beside the registry need to find it. */
  get environment(): NodeJS.ProcessEnv {
    const { PUBLIC_URL: _url, DATABASE_URL: _database, OIDC_ISSUER: _issuer, ...inherited } = process.env;
    return { ...inherited, PORT: String(this.port), DATA_DIR: this.dataDir, DEMO: this.#demonstration ? 'on' : 'off' };
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', './tools/typescript.mjs', 'apps/all/src/main.ts'], { cwd: root, env: this.environment });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`The registry ended with ${child.exitCode}:\n${this.#output}`);
        const { status } = await fetch(`${this.url}/health/ready`);
        if (status !== 200) throw new Error(`Readiness answers ${status}.`);
      },
      { timeoutMs: READY_MS },
    );
  }

  /** Ends the process as a power cut would. Its database server is left behind. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks for an orderly stop. Resolves with the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** Stops and removes everything. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child?.exitCode ?? null);
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
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
