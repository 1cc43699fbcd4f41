import { execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isRunning, processStart } from './process-identity.ts';

const run = promisify(execFile);

/** Does this process serve that folder? Its number alone proves nothing: after a crash another process may have it. */
async function servesFolder(pid: number, cluster: string): Promise<boolean> {
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
  if (cwd !== undefined) return cwd === cluster;
  const { stdout } = await run('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes(cluster);
}

const POLL_MS = 25;

export async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const started = await processStart(pid);
  for (const end = Date.now() + milliseconds; Date.now() < end; await delay(POLL_MS)) {
    if (!(await isRunning(pid, started))) return true;
  }
  return false;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // gone meanwhile
  }
}

/** Fast shutdown: sessions are ended, everything is written. When that does not end, immediate: recovered at the next start. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await isGoneWithin(pid, 30_000)) return;
  signal(pid, 'SIGQUIT');
  if (await isGoneWithin(pid, 10_000)) return;
  throw new Error(`The database server (process ${pid}) does not stop. End it by hand: kill -9 ${pid}`);
}

/**
 * Stops a server that outlived the process that started it. To be called by the holder of the data folder's lock only.
 * Tells whether there was one. A file about a process that is not this server is removed, since PostgreSQL would
 * take that process for itself.
 */
export async function stopLeftServer(cluster: string): Promise<boolean> {
  const file = join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const pid = Number.parseInt(text, 10);
  if (pid > 0 && (await isRunning(pid)) && (await servesFolder(pid, cluster))) {
    await stopServer(pid);
    return true;
  }
  await rm(file, { force: true });
  return false;
}
