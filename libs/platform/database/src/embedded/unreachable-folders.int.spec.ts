import { chmod, cp, mkdir, mkdtemp, readdir, readlink, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDatabase } from '../database.ts';
import { findBinaries, installedPackage } from './binaries.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { closedFolder, serverUser } from './server-user.ts';

const user = await serverUser();

/** As a package manager leaves it that runs no install scripts: without the symbolic links. */
async function packageIn(folder: string) {
  const installed = await installedPackage();
  const native = join(folder, 'native');
  await cp(installed.native, native, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\.so(\.\d+)?$/.test(path) || /lib(crypto|ssl|lzma|ossp-uuid|xml2|xslt|z)\.so/.test(path) || path.includes('/postgresql/'),
  });
  return { ...installed, native };
}

const onlyRoot = user ? it : it.skip;
const skipped = user ? '' : ' (skipped: this is not root)';

describe('where the server’s user cannot go', () => {
  let open: string;
  let closed: string;
  let shared: string;
  beforeAll(async () => {
    open = await mkdtemp(join(tmpdir(), 'mcr-open-'));
    await chmod(open, 0o755);
    closed = await mkdtemp(join(tmpdir(), 'mcr-closed-'));
    shared = join(open, 'shared');
  });
  afterAll(async () => {
    await rm(closed, { recursive: true });
    await rm(open, { recursive: true });
  });

  it('a package without its links is completed in place when that is all it lacks', async () => {
    const installed = await packageIn(open);
    const found = await findBinaries({ installed, user, sharedFolder: shared, log: () => undefined });
    expect(found.postgres).toBe(join(installed.native, 'bin', 'postgres'));
    expect(await readlink(join(installed.native, 'lib', 'libicuuc.so.60'))).toBe('libicuuc.so.60.2');
  });

  onlyRoot(`the outermost closed folder is the one that is named${skipped}`, async () => {
    await mkdir(join(closed, 'checkout', '.data'), { recursive: true });
    expect(await closedFolder(join(closed, 'checkout', '.data'), user)).toBe(closed);
    expect(await closedFolder(tmpdir(), user)).toBeUndefined();
  });

  onlyRoot(`the programs are copied to where that user can run them, once${skipped}`, async () => {
    const installed = { ...(await installedPackage()), native: join(closed, 'native') };
    await rename(join(open, 'native'), installed.native);
    const told: string[] = [];
    const find = () => findBinaries({ installed, user, sharedFolder: shared, log: (message) => told.push(message) });
    const found = await find();
    expect(found.postgres.startsWith(shared)).toBe(true);
    expect(told).toEqual([expect.stringContaining(`cannot be used by user "${user!.name}"`)]);
    expect(await find()).toEqual(found);
    expect(await readdir(shared)).toHaveLength(1);
  });

  onlyRoot(`the data folder points to the database elsewhere, and a next start finds it${skipped}`, async () => {
    const dataDir = join(closed, 'checkout', '.data');
    const told: string[] = [];
    const start = () => startEmbeddedPostgres({ dataDir, sharedFolder: shared, durable: false, log: (message) => told.push(message) });
    const first = await start();
    const database = await openDatabase({ service: 'test', schema: 'public', url: first.adminUrl });
    await database.query('create table public.kept ()');
    await database.close();
    await first.stop();
    expect(told.at(-1)).toContain(`cannot enter ${closed}: the database is in ${await readlink(join(dataDir, 'postgres'))}`);

    const second = await start();
    const again = await openDatabase({ service: 'test', schema: 'public', url: second.adminUrl });
    expect(await again.query('select * from public.kept')).toEqual([]);
    await again.close();
    await second.stop();
  });

  onlyRoot(`a start that finds no open place says who cannot enter what${skipped}`, async () => {
    const nowhere = startEmbeddedPostgres({ dataDir: join(closed, 'other'), sharedFolder: join(closed, 'shared'), durable: false, log: () => undefined });
    await expect(nowhere).rejects.toThrow(
      `PostgreSQL does not run as root but as user "${user!.name}", who cannot enter ${closed}. Set DATA_DIR to a folder that it can enter, or start the registry as an ordinary user.`,
    );
  });
});
