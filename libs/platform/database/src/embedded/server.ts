import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { sqlState } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { stopServer } from './left-server.ts';
import { asUser } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

export interface ServerOptions {
  readonly cluster: string;
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
  readonly password: string;
  readonly durable: boolean;
  readonly logFile: string;
  /** Remembers the port: processes that were told the address find the server there again after a restart. */
  readonly portFile: string;
  readonly log: (message: string) => void;
}

export interface Server {
  readonly port: number;
  stop(): Promise<void>;
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '256MB',
  wal_compression: 'on',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and details of errors hold people's data; the server's log must not.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** That port if it is free, with 0 any that is; undefined when it is taken. */
function freePort(wanted: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer().once('error', () => resolve(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

async function choosePort(portFile: string): Promise<number> {
  const before = Number(await readFile(portFile, 'utf8').catch(() => '0'));
  const port = (before > 0 && before < 65_536 ? await freePort(before) : undefined) ?? (await freePort(0));
  if (port === undefined) throw new Error('No port is free on this machine.');
  return port;
}

const LOG_LIMIT = 10 * 1024 * 1024;

async function openLog(file: string) {
  const size = await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
}

async function launch(options: ServerOptions, port: number): Promise<ChildProcess> {
  const settings = Object.entries({ ...SETTINGS, ...(options.durable ? {} : CARELESS), port: String(port) });
  const output = await openLog(options.logFile);
  try {
    // A group of its own: Ctrl-C is for us, and the server stops last.
    const child = spawn(options.binaries.postgres, ['-D', options.cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])], {
      ...asUser(options.user),
      env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    child.unref();
    return child;
  } finally {
    await output.close();
  }
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;

/** 57P03 is a server that is starting up, perhaps recovering for a while after a crash. */
const notYet = (error: unknown): boolean => sqlState(error) === '57P03' || (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';

async function answers(port: number, password: string): Promise<boolean> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', password, database: 'postgres' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (notYet(error)) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** True when it is ready, false when it ended before it was. */
async function becomesReady(child: ChildProcess, port: number, password: string): Promise<boolean> {
  while (!hasEnded(child)) {
    if (await answers(port, password)) return true;
    await delay(25);
  }
  return false;
}

/** The port was taken in between, or backends of a server that was killed still hold its memory: both pass. */
const PASSING = /could not bind|Address already in use|pre-existing shared memory block/;
const TRIES = 10;

/** Starts the server on a free port of this machine and waits until it answers, however long its recovery takes. */
export async function startServer(options: ServerOptions): Promise<Server> {
  for (let attempt = 1; ; attempt++) {
    const before = await readFile(options.logFile, 'utf8').catch(() => '');
    const port = await choosePort(options.portFile);
    const child = await launch(options, port);
    let failure: Error | undefined;
    child.once('error', (error) => (failure = error));
    try {
      if (await becomesReady(child, port, options.password)) {
        await writeFile(options.portFile, String(port));
        return running(child, port, options);
      }
    } catch (error) {
      await stopServer(child.pid!);
      throw error;
    }
    const output = (await readFile(options.logFile, 'utf8').catch(() => '')).slice(before.length).trim();
    await rm(options.portFile, { force: true });
    if (attempt >= TRIES || !PASSING.test(output)) {
      throw new Error(`PostgreSQL did not start: ${failure?.message ?? ''}${output.split('\n').slice(-5).join('\n')}\nAll it said is in ${options.logFile}.`);
    }
    await delay(500);
  }
}

function running(child: ChildProcess, port: number, { log, logFile }: ServerOptions): Server {
  let stopping: Promise<void> | undefined;
  child.once('exit', () => {
    if (!stopping) log(`The database server ended by itself. What it said is in ${logFile}.`);
  });
  return { port, stop: () => (stopping ??= hasEnded(child) ? Promise.resolve() : stopServer(child.pid!)) };
}
