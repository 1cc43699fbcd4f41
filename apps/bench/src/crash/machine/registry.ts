import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, soon } from '../../harness/bench-province.ts';
import type { Menu } from '../killer.ts';
import { CrashingPostgres } from './postgres.ts';
import { Victim } from './victim.ts';

const EVERYTHING = ['institutions', 'programs', 'awards', 'pathways', 'search', 'gateway', 'witness'];

/** The registry of a crash run: its processes, and what they stand on, each of which may be killed. */
export interface Registry {
  readonly url: string;
  readonly dataDir: string;
  readonly postgres: CrashingPostgres;
  readonly menu: Menu;
  /** How many kills may overlap. */
  readonly killers: number;
  /** Where institutions connect; undefined where there is no broker. */
  readonly institutionsBroker?: string;
  victim(name: string): Victim;
  killBroker(): Promise<void>;
  startAgain(target: string): Promise<void>;
  /** Resolves when every part says that it is ready. */
  ready(): Promise<void>;
  /** Stops everything in order. Tells which processes did not end as asked. */
  stop(): Promise<string[]>;
}

/** Everything in one process, carried by the logs themselves. */
export async function startLocal(): Promise<Registry> {
  const dataDir = await mkdtemp(join(tmpdir(), 'mcr-crash-'));
  const postgres = await CrashingPostgres.start(dataDir);
  const port = await freePort();
  const environment = { ...process.env, PORT: String(port), DATA_DIR: dataDir, DATABASE_URL: postgres.adminUrl, DEMO: 'off', LOG_LEVEL: 'warn' };
  const all = new Victim({ name: 'all', services: EVERYTHING, environment, logFile: join(dataDir, 'all.log') });
  const url = `http://127.0.0.1:${port}`;
  await all.start();
  return {
    url,
    dataDir,
    postgres,
    menu: [
      [6, { target: 'all', point: 'after-append-before-commit' }],
      [6, { target: 'all', point: 'after-effect-before-commit' }],
      [5, { target: 'all', point: 'anywhere' }],
      [3, { target: 'postgres', point: 'anywhere' }],
    ],
    killers: 1,
    victim: () => all,
    killBroker: () => Promise.reject(new Error('There is no broker here.')),
    startAgain: (target) => (target === 'postgres' ? postgres.startAgain() : all.start()),
    ready: () => isReady(url),
    stop: async () => {
      const inOrder = await all.stop();
      await postgres.stop();
      if (inOrder) await rm(dataDir, { recursive: true, force: true });
      return inOrder ? [] : ['all'];
    },
  };
}

export const isReady = (url: string): Promise<void> =>
  soon(async () => {
    const { status } = await fetch(`${url}/health/ready`);
    if (status !== 200) throw new Error(`${url} is not ready: ${status}.`);
  }, 60_000);
