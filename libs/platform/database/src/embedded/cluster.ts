import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { makeSharedFolder } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { asUser, closedFolder } from './server-user.ts';
import type { ServerUser } from './server-user.ts';

const run = promisify(execFile);

export interface ClusterOptions {
  readonly dataDir: string;
  /** Where the database goes when the server's user cannot enter the data folder. */
  readonly sharedFolder: string;
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
  readonly password: string;
  readonly durable: boolean;
  readonly log: (message: string) => void;
}

/** Text order is by code point and letters are Unicode's, the same on every machine; no locale of the system is needed. */
const LOCALE = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];

async function giveTo(user: ServerUser | undefined, path: string): Promise<void> {
  if (user) await chown(path, user.uid, user.gid);
}

async function initialise(folder: string, { user, binaries, password, durable }: ClusterOptions): Promise<void> {
  const passwordFile = `${folder}.password`;
  await mkdir(folder, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  await giveTo(user, folder);
  await giveTo(user, passwordFile);
  const sync = durable ? [] : ['--no-sync'];
  try {
    await run(binaries.initdb, ['-D', folder, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, ...LOCALE, ...sync], {
      ...asUser(user),
      env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

const UNFINISHED = 'postgres.unfinished-';

/** What is left of an earlier start that was killed while it initialised. */
async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(UNFINISHED)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Root's own data folder is opened for passing through; what is secret in it has modes of its own. */
async function openTheWay(dataDir: string): Promise<void> {
  const { mode, uid } = await stat(dataDir);
  if (uid === process.getuid?.()) await chmod(dataDir, (mode & 0o7777) | 0o011);
}

/**
 * The folder with the server's files, initialised when there is none yet. It is `postgres` in the data folder; when the
 * server's user cannot get there, that name is a link to a folder where it can.
 */
export async function ensureCluster(options: ClusterOptions): Promise<string> {
  const { dataDir, user, log } = options;
  if (user) await openTheWay(dataDir);
  const place = join(dataDir, 'postgres');
  const existing = await realpath(place).catch(() => undefined);
  if (existing) return existing;

  const closed = await closedFolder(dataDir, user);
  const parent = closed ? options.sharedFolder : dataDir;
  if (closed) await makeSharedFolder(parent);
  if (closed && (await closedFolder(parent, user))) {
    throw new Error(
      `PostgreSQL does not run as root but as user "${user!.name}", who cannot enter ${closed}. Set DATA_DIR to a folder that it can enter, or start the registry as an ordinary user.`,
    );
  }
  if (!closed) await removeUnfinished(dataDir);
  log('Making a new database.');
  const suffix = randomBytes(6).toString('hex');
  const unfinished = join(parent, `${UNFINISHED}${suffix}`);
  await initialise(unfinished, options);
  if (!closed) {
    await rename(unfinished, place);
    return place;
  }
  const elsewhere = join(parent, `${basename(dataDir).replace(/^\.+/, '')}-${suffix}`);
  await rename(unfinished, elsewhere);
  await symlink(elsewhere, place);
  log(`User "${user!.name}", as whom PostgreSQL runs, cannot enter ${closed}: the database is in ${elsewhere}.`);
  return elsewhere;
}
