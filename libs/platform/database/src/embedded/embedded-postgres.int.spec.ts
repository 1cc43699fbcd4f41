import { execFile, spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, startTypeScript } from '@mcr/testing';
import { openDatabase } from '../database.ts';
import type { Database } from '../database.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';
import { DataFolderInUse } from './folder-lock.ts';
import { isRunning } from './process-identity.ts';
import { asUser, serverUser } from './server-user.ts';

const run = promisify(execFile);
const keepServer = new URL('./testing/keep-server.ts', import.meta.url);
const user = await serverUser();
const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
const open = (url: string): Promise<Database> => openDatabase({ service: 'test', schema: 'public', url, poolSize: 1 });

describe('PostgreSQL on a data folder', () => {
  let dataDir: string;
  let running: EmbeddedPostgres | undefined;
  const told: string[] = [];
  const start = async (durable = false): Promise<Database> => {
    running = await startEmbeddedPostgres({ dataDir, durable, log: (message) => told.push(message) });
    return open(running.adminUrl);
  };
  const stop = async (database: Database): Promise<void> => {
    await database.close();
    await running?.stop();
    running = undefined;
  };
  const postmaster = async (): Promise<number> => Number.parseInt(await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8'), 10);

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mcr-embedded-'));
    await mkdir(join(dataDir, 'postgres.unfinished-abc'));
  });
  afterAll(async () => {
    await running?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('is version 18, loses nothing at a power cut, and keeps text the same everywhere', async () => {
    const database = await start(true);
    const [settings] = await database.query(`select current_setting('fsync') as fsync, current_setting('synchronous_commit') as committed,
      current_setting('server_version_num')::int / 10000 as version, current_setting('max_connections')::int as connections,
      current_setting('listen_addresses') as listens, lower('ÉCOLE') as lower, current_database() as database`);
    expect(settings).toEqual({ fsync: 'on', committed: 'on', version: 18, connections: 200, listens: '127.0.0.1', lower: 'école', database: 'mcr' });
    await database.query('create table public.kept (fact text)');
    await database.query(`insert into public.kept values ('kept')`);
    await stop(database);
  });

  it('leaves nothing of an earlier start that was killed while it made the database', async () => {
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-port', 'postgres.log', 'secrets']);
  });

  it('is at the same address after a restart, unless somebody took its port meanwhile', async () => {
    const portOf = (): number => Number(new URL(running!.adminUrl).port);
    const first = await start();
    const port = portOf();
    await stop(first);
    const again = await start();
    expect(portOf()).toBe(port);
    await stop(again);
    const taker = createServer();
    await new Promise<void>((listening) => taker.listen(port, '127.0.0.1', listening));
    const second = await start();
    expect(portOf()).not.toBe(port);
    await stop(second);
    await new Promise((closed) => taker.close(closed));
  });

  it('lets nobody in without the password', async () => {
    const database = await start();
    const { port } = new URL(running!.adminUrl);
    await expect(open(`postgresql://postgres:guess@127.0.0.1:${port}/mcr`)).rejects.toThrow(/password authentication failed/);
    await stop(database);
  });

  it('keeps its secrets where only we can read them', async () => {
    expect([await modeOf(join(dataDir, 'secrets')), await modeOf(join(dataDir, 'secrets', 'postgres-superuser'))]).toEqual(['700', '600']);
    expect([await modeOf(join(dataDir, 'postgres')), await modeOf(join(dataDir, 'postgres.log'))]).toEqual(['700', '600']);
    if (user) await expect(run('cat', [join(dataDir, 'secrets', 'postgres-superuser')], asUser(user))).rejects.toThrow(/Permission denied/);
  });

  it('is refused to a second start, here and in another process, and goes on undisturbed', async () => {
    const database = await start();
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined })).rejects.toThrow(DataFolderInUse);
    const second = startTypeScript(keepServer, [dataDir]);
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain(`already running on ${dataDir} (process ${process.pid}). Stop it first, or set DATA_DIR to another folder.`);
    expect(await database.query('select fact from public.kept')).toEqual([{ fact: 'kept' }]);
    await stop(database);
  });

  it('is started anew, with everything that was committed, when a SIGKILL left its server behind', async () => {
    const killed = startTypeScript(keepServer, [dataDir]);
    const left = await open(await killed.line());
    await left.query(`insert into public.kept values ('committed')`);
    const pid = await postmaster();
    killed.child.kill('SIGKILL');
    await killed.ended;
    await left.close();
    expect(await isRunning(pid)).toBe(true);

    const database = await start();
    expect(await isRunning(pid)).toBe(false);
    expect(told.at(-1)).toMatch(/left behind/);
    expect(await database.query('select fact from public.kept')).toEqual([{ fact: 'kept' }, { fact: 'committed' }]);
    await stop(database);
  });

  it('recovers when the machine died and its number belongs to somebody else', async () => {
    const killed = startTypeScript(keepServer, [dataDir]);
    await killed.line();
    process.kill(await postmaster(), 'SIGKILL');
    killed.child.kill('SIGKILL');
    await killed.ended;
    const innocent = spawn('sleep', ['60']);
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^\d+/, String(innocent.pid)));

    const database = await start();
    expect(await database.query('select count(*)::int as kept from public.kept')).toEqual([{ kept: 2 }]);
    expect(await isRunning(innocent.pid!)).toBe(true);
    innocent.kill();
    await stop(database);
  });

  it('does not take us along when it dies, and says so', async () => {
    const database = await start();
    process.kill(await postmaster(), 'SIGKILL');
    await eventually(() => expect(told.at(-1)).toMatch(/ended by itself/));
    await expect(database.query('select 1')).rejects.toThrow();
    await stop(database);
  });

  it('says what is wrong when the password was replaced', async () => {
    await writeFile(join(dataDir, 'secrets', 'postgres-superuser'), 'another');
    await expect(startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined })).rejects.toThrow(
      /does not take the password in .*secrets: one of the two was replaced/,
    );
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres-port', 'postgres.log', 'secrets']);
  });
});

const ordinaryUser = user && { uid: 65534, gid: 65534 };
const whyNot = await (async (): Promise<string> => {
  if (!ordinaryUser) return ' (skipped: every other test here runs as one)';
  const reads = startTypeScript(new URL('../role-url.ts', import.meta.url), [], ordinaryUser);
  return (await reads.ended) === 0 ? '' : ' (skipped: another user than root cannot read this checkout)';
})();

(whyNot ? describe.skip : describe)('PostgreSQL of an ordinary user', () => {
  it(`runs as that user${whyNot}`, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'mcr-embedded-'));
    const { uid, gid } = ordinaryUser!;
    await chown(dataDir, uid, gid);
    const kept = startTypeScript(keepServer, [dataDir], { uid, gid });
    const database = await open(await kept.line());
    expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
    expect(await Promise.all(['postgres', 'secrets', 'secrets/postgres-superuser'].map(async (name) => (await stat(join(dataDir, name))).uid))).toEqual([
      uid,
      uid,
      uid,
    ]);
    await database.close();
    kept.child.kill('SIGTERM');
    expect(await kept.ended).toBe(0);
    await rm(dataDir, { recursive: true });
  });
});
