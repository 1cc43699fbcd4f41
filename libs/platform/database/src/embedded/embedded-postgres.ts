import { mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { sqlState } from '../errors.ts';
import { roleUrl } from '../role-url.ts';
import { secret } from '../secrets.ts';
import { findBinaries, installedPackage, usualSharedFolder } from './binaries.ts';
import { ensureCluster } from './cluster.ts';
import { DataFolderInUse, lockFile } from './folder-lock.ts';
import { stopLeftServer } from './left-server.ts';
import { serverUser } from './server-user.ts';
import { startServer } from './server.ts';

export interface EmbeddedPostgresOptions {
  /** Absolute, or relative to the working folder; made when it is missing. */
  readonly dataDir: string;
  /** Told in plain sentences what happens. Nothing secret. */
  readonly log: (message: string) => void;
  /** False only for data that may be lost at a power cut, such as a test's. */
  readonly durable?: boolean;
  /** Where the programs and the database go when the server's user cannot reach their usual places. */
  readonly sharedFolder?: string;
}

export interface EmbeddedPostgres {
  /** Superuser of the server, in the registry's database. */
  readonly adminUrl: string;
  /** Ends all sessions, writes everything, waits until the server is gone. May be called twice. */
  stop(): Promise<void>;
}

const DATABASE = 'mcr';
const LOCK = 'in-use';

/** The registry has a database of its own, and its services cannot wander into the others. */
async function ensureDatabase(maintenanceUrl: string): Promise<void> {
  const client = new Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    await client.query('revoke all on database postgres from public');
    await client.query('revoke all on database template1 from public');
  } finally {
    await client.end();
  }
}

function explained(error: unknown, dataDir: string): unknown {
  if (sqlState(error) !== '28P01') return error;
  return new Error(
    `The database in ${dataDir} does not take the password in ${dataDir}/secrets: one of the two was replaced. Restore it, or begin with an empty data folder.`,
    {
      cause: error,
    },
  );
}

async function start(dataDir: string, { log, durable = true, ...options }: EmbeddedPostgresOptions) {
  const user = await serverUser();
  const sharedFolder = options.sharedFolder ?? usualSharedFolder(user);
  const binaries = await findBinaries({ installed: await installedPackage(), user, sharedFolder, log });
  const password = await secret(dataDir, 'postgres-superuser');
  const cluster = await ensureCluster({ dataDir, sharedFolder, user, binaries, password, durable, log });
  if (await stopLeftServer(cluster)) log('Stopped a database server that an earlier process had left behind.');
  const logFile = join(dataDir, 'postgres.log');
  const portFile = join(dataDir, 'postgres-port');
  const server = await startServer({ cluster, user, binaries, password, durable, logFile, portFile, log });
  const maintenanceUrl = roleUrl(`postgresql://127.0.0.1:${server.port}/postgres`, 'postgres', password);
  try {
    await ensureDatabase(maintenanceUrl);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { server, adminUrl: maintenanceUrl.replace(/\/postgres$/, `/${DATABASE}`) };
}

/**
 * Runs PostgreSQL 18 from node_modules on the data folder, for this process alone. A server that an earlier process left
 * behind is stopped first. Nothing stops the new one but `stop()`: no signal, no exit of this process.
 * @throws DataFolderInUse while another process, or an earlier call in this one, runs on the folder.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true });
  const dataDir = await realpath(options.dataDir);
  const lock = await lockFile(join(dataDir, LOCK));
  try {
    const { server, adminUrl } = await start(dataDir, options);
    let stopping: Promise<void> | undefined;
    const stop = () => (stopping ??= server.stop().then(() => lock.release()));
    return { adminUrl, stop };
  } catch (error) {
    await lock.release();
    throw explained(error, dataDir);
  }
}

/**
 * Stops the server of a data folder whose process was killed. False, and nothing is done, while a process runs on the
 * folder or when none was ever killed there.
 */
export async function stopAbandonedPostgres(dataDir: string): Promise<boolean> {
  const folder = await realpath(dataDir);
  const wasLocked = await stat(join(folder, LOCK)).catch(() => undefined);
  if (!wasLocked) return false;
  try {
    const lock = await lockFile(join(folder, LOCK));
    const cluster = await realpath(join(folder, 'postgres')).catch(() => undefined);
    if (cluster) await stopLeftServer(cluster);
    await lock.release();
    return true;
  } catch (error) {
    if (error instanceof DataFolderInUse) return false;
    throw error;
  }
}
