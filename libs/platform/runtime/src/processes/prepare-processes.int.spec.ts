import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { openDatabase } from '@mcr/database';
import { HandedKeys } from '@mcr/identity';
import { LocalCarrier } from '@mcr/messaging';
import { eventually, freePort, freshDatabase, testPassword } from '@mcr/testing';
import type { TestDatabase } from '@mcr/testing';
import { defineService } from '../define-service.ts';
import { createLogger } from '../logger.ts';
import { Secrets } from '../nest/tokens.ts';
import { run } from '../run.ts';
import type { RunningRegistry } from '../run.ts';
import { readSettings } from '../settings.ts';
import { REGISTRY_READER } from '../starting/service-parts.ts';
import { prepareProcesses } from './prepare-processes.ts';
import type { PreparedProcess } from './prepare-processes.ts';

@Module({})
class NothingModule {}

const table = (name: string) => ({ number: 1, name, sql: () => `create table ${name} (id int primary key)` });
const programs = defineService({ name: 'programs', module: NothingModule, migrations: [table('program')] });
const search = defineService({
  name: 'search',
  module: NothingModule,
  migrations: [],
  schemas: [{ schema: 'registry', migrations: [table('offer')], readers: [REGISTRY_READER] }],
});
const gateway = defineService({ name: 'gateway', module: NothingModule, migrations: [table('client')], readsRegistry: true });
const services = [programs, search, gateway];

describe('processes that were prepared', () => {
  let database: TestDatabase;
  let dataDir: string;
  let port: number;
  let prepared: Map<string, PreparedProcess>;
  const running: RunningRegistry[] = [];

  const settingsOf = () =>
    readSettings({ DATA_DIR: dataDir, DATABASE_URL: database.adminUrl, PORT: String(port), KAFKA_BROKERS: '127.0.0.1:9', LOG_LEVEL: 'silent' });
  const prepare = async () => {
    const processes = await prepareProcesses(services, { settings: settingsOf(), passwords: testPassword });
    prepared = new Map(processes.map((one) => [one.service, one]));
  };

  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = await mkdtemp(join(tmpdir(), 'mcr-processes-'));
    port = await freePort();
  });
  afterAll(async () => {
    for (const registry of running) await registry.close();
    await database.drop();
    await rm(dataDir, { recursive: true });
  });

  const start = async (service: (typeof services)[number], more: Record<string, string> = {}) => {
    const settings = readSettings({ ...prepared.get(service.name)!.environment, LISTEN_PORT: String(port), LOG_LEVEL: 'silent', ...more });
    const registry = await run([service], { settings, log: createLogger('silent'), carrier: (log) => new LocalCarrier(log) });
    running.push(registry);
    return registry;
  };

  it('wait alive and not ready until the database is prepared, and then go on by themselves', async () => {
    // Addresses as they will be, of roles and tables that are not there.
    const roleAddress = new URL(database.adminUrl);
    roleAddress.username = 'mcr_nobody_yet';
    const folder = join(dataDir, 'early');
    const environment = { DATA_DIR: folder, DATABASE_URL_PROGRAMS: roleAddress.href, KAFKA_BROKERS: '127.0.0.1:9', PORT: String(port) };
    const early = readSettings({ ...environment, LISTEN_PORT: String(port) });
    let started: RunningRegistry | undefined;
    const starting = run([programs], { settings: early, log: createLogger('silent'), carrier: (log) => new LocalCarrier(log) });
    void starting.then((registry) => (started = registry));
    const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await eventually(async () => expect((await ask('/health/live')).status).toBe(200));
    await eventually(async () => {
      const ready = await ask('/health/ready');
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({
        state: 'DOWN',
        parts: [{ part: 'programs database', state: 'DOWN', detail: expect.stringMatching(/not prepared/) }],
      });
    });
    const face = await ask('/anything');
    expect(face.headers.get('retry-after')).toBe('5');
    expect(await face.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    expect(started).toBeUndefined();

    await prepareProcesses(services, { settings: settingsOf(), passwords: testPassword });
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`create role mcr_nobody_yet login superuser password '${decodeURIComponent(roleAddress.password)}'`);
    await eventually(async () => expect((await ask('/health/ready')).status).toBe(200), { timeoutMs: 20_000 });
    await (await starting).close();
    await admin.query('drop role mcr_nobody_yet');
    await admin.end();
  });

  it('have each a folder with a key of its own, which nobody else may read', async () => {
    await prepare();
    for (const name of ['programs', 'search', 'gateway']) {
      const { folder, environmentFile } = prepared.get(name)!;
      expect(await readdir(join(folder, 'secrets'))).toEqual([`svc-${name}.jwk`]);
      for (const file of [environmentFile, join(folder, 'secrets', `svc-${name}.jwk`)]) expect((await stat(file)).mode & 0o077).toBe(0);
    }
    const handed = new HandedKeys(prepared.get('gateway')!.folder);
    for (const name of ['svc-programs', 'svc-search', 'svc-gateway', 'development']) {
      expect(await handed.find(name)).toMatchObject({ kty: 'EC' });
      expect(await readFile(join(prepared.get('gateway')!.folder, 'sign-in', `${name}.jwk`), 'utf8')).not.toContain('"d"');
    }
  });

  it('are given the address of their own role and no other', async () => {
    await prepare();
    const given = (name: string) => Object.keys(prepared.get(name)!.environment).filter((variable) => variable.startsWith('DATABASE_URL'));
    expect(given('programs')).toEqual(['DATABASE_URL_PROGRAMS']);
    expect(given('search')).toEqual(['DATABASE_URL_SEARCH']);
    expect(given('gateway').sort()).toEqual(['DATABASE_URL_GATEWAY', 'DATABASE_URL_REGISTRY']);
    const url = prepared.get('programs')!.environment['DATABASE_URL_PROGRAMS']!;
    const own = await openDatabase({ service: 'programs', schema: 'programs', url });
    await expect(own.query('select * from program')).resolves.toEqual([]);
    for (const foreign of ['gateway.client', 'registry.offer', 'search.checkpoint']) {
      await expect(own.query(`select * from ${foreign}`)).rejects.toThrow(/permission denied/);
    }
    await own.close();
  });

  it('keep what they had when they are prepared again', async () => {
    await prepare();
    const before = await readFile(prepared.get('programs')!.environmentFile, 'utf8');
    const key = await readFile(join(prepared.get('programs')!.folder, 'secrets', 'svc-programs.jwk'), 'utf8');
    await prepare();
    expect(await readFile(prepared.get('programs')!.environmentFile, 'utf8')).toBe(before);
    expect(await readFile(join(prepared.get('programs')!.folder, 'secrets', 'svc-programs.jwk'), 'utf8')).toBe(key);
  });

  it('run on what they were given, without the superuser, with secrets in their own folder', async () => {
    await prepare();
    const registry = await start(programs);
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    expect(() => registry.adminUrl).toThrow(/own database roles only/);
    expect(registry.app.get(Secrets, { strict: false })).toBeDefined();
    await registry.app.get<Secrets>(Secrets as never, { strict: false }).bytes('pepper');
    expect(await readdir(join(prepared.get('programs')!.folder, 'secrets'))).toContain('pepper');
  });

  it('refuse to start on half of what they need, or alone without Kafka', async () => {
    const { DATABASE_URL_REGISTRY: _registry, ...half } = prepared.get('gateway')!.environment;
    await expect(run([gateway], { settings: readSettings(half) })).rejects.toThrow(/Set DATABASE_URL_REGISTRY/);
    const { KAFKA_BROKERS: _brokers, ...without } = prepared.get('programs')!.environment;
    await expect(run([programs], { settings: readSettings(without) })).rejects.toThrow(
      /KAFKA_BROKERS is not set.*gateway, institutions, awards, pathways, search/,
    );
    const { DATABASE_URL_PROGRAMS: _programs, ...homeless } = prepared.get('programs')!.environment;
    await expect(run([programs], { settings: readSettings(homeless) })).rejects.toThrow(/Set DATABASE_URL_PROGRAMS/);
  });
});
