import { spawn } from 'node:child_process';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '@mcr/database';
import type { EmbeddedPostgres } from '@mcr/database';

const ANSWERS_MS = 60_000;

/** The one PostgreSQL of a run, which can be stopped as `pg_ctl stop -m immediate` does and comes back at the same address. */
export class CrashingPostgres {
  readonly #embedded: EmbeddedPostgres;
  readonly #cluster: string;
  #restarted: number | undefined;

  private constructor(embedded: EmbeddedPostgres, cluster: string) {
    this.#embedded = embedded;
    this.#cluster = cluster;
  }

  static async start(dataDir: string): Promise<CrashingPostgres> {
    const embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    return new CrashingPostgres(embedded, await realpath(join(dataDir, 'postgres')));
  }

  get adminUrl(): string {
    return this.#embedded.adminUrl;
  }

  /** Nothing is written, no session is ended in order: what was committed is found in the write-ahead log at the next start. */
  async stopImmediately(): Promise<void> {
    await this.#end(await this.#pid(), 'SIGQUIT');
  }

  /** Starts the server again with the very command it was started with. Resolves when it answers. */
  async startAgain(): Promise<void> {
    const { uid, gid } = await stat(this.#cluster);
    const [program, ...parameters] = [...(await readFile(join(this.#cluster, 'postmaster.opts'), 'utf8')).matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted ?? plain!,
    );
    const as = process.getuid?.() === 0 ? { uid, gid } : {};
    const child = spawn(program!, parameters, { ...as, detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } });
    child.unref();
    this.#restarted = child.pid;
    for (const until = Date.now() + ANSWERS_MS; !(await this.#answers()); await delay(50))
      if (Date.now() > until) throw new Error('PostgreSQL does not come back.');
  }

  async stop(): Promise<void> {
    if (this.#restarted !== undefined) await this.#end(await this.#pid(), 'SIGINT');
    await this.#embedded.stop();
  }

  async #pid(): Promise<number> {
    return Number.parseInt(await readFile(join(this.#cluster, 'postmaster.pid'), 'utf8'), 10);
  }

  async #answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.adminUrl });
    client.on('error', () => undefined);
    return client
      .connect()
      .then(() => client.end())
      .then(
        () => true,
        () => false,
      );
  }

  async #end(pid: number, signal: NodeJS.Signals): Promise<void> {
    process.kill(pid, signal);
    const lives = (): boolean => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    while (lives()) await delay(20);
  }
}
