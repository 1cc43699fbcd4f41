import { gzipSync } from 'node:zlib';
import { Controller, Get, HttpException, Module, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import { freePort, freshDatabase, startServices, testPassword } from '@mcr/testing';
import type { TestDatabase, TestRegistry } from '@mcr/testing';
import { createLogger } from './logger.ts';
import { defineService } from './define-service.ts';
import { RegistryDatabase } from './nest/tokens.ts';
import { run } from './run.ts';
import { readSettings } from './settings.ts';

@Controller('things')
class ThingsController {
  @Get('refused')
  refused(): never {
    throw new Refusal('TOO_MANY_REQUESTS', 'Come back later.', { retryAfterSeconds: 7, faults: [{ pointer: '/a', code: 'X', message: 'm' }] });
  }

  @Get('broken')
  broken(): never {
    throw new Error('the password is hunter2');
  }

  @Get(':name')
  named(): { named: true } {
    return { named: true };
  }

  @Get('teapot')
  teapot(): never {
    throw new HttpException('framework words', 415);
  }

  @Post()
  take(): { taken: true } {
    return { taken: true };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

const things = defineService({
  name: 'things',
  module: ThingsModule,
  migrations: [{ number: 1, name: 'thing', sql: () => 'create table thing (id text primary key)' }],
});

describe('a process with a service', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startServices([things]);
  });
  afterAll(() => registry.close());

  const get = (path: string): Promise<Response> => fetch(`${registry.url}${path}`);
  const post = (body: string | Uint8Array<ArrayBuffer>, type = 'application/json'): Promise<Response> =>
    fetch(`${registry.url}/things`, { method: 'POST', headers: { 'content-type': type }, body });

  it('answers a refusal as a problem document with all faults and when to come back', async () => {
    const response = await get('/things/refused');
    expect(response.status).toBe(429);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429, detail: 'Come back later.', errors: [{ pointer: '/a', code: 'X' }] });
  });

  it('says nothing of what broke inside, but a reference to the log', async () => {
    const response = await get('/things/broken');
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('hunter2');
    expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL' });
    expect(text).toContain('"instance":"urn:uuid:');
  });

  it('puts its own words in place of the framework’s', async () => {
    const text = await (await get('/things/teapot')).text();
    expect(JSON.parse(text)).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(text).not.toContain('framework words');
    expect(await (await get('/nowhere')).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it.each([
    ['a member twice', '{"a":1,"a":2}', 400, 'MALFORMED_JSON'],
    ['half a document', '{"a":', 400, 'MALFORMED_JSON'],
    ['a prototype', '{"__proto__":{}}', 400, 'MALFORMED_JSON'],
    ['a thousand levels', '['.repeat(1000), 400, 'MALFORMED_JSON'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400, 'MALFORMED_JSON'],
    ['more than it takes', new Uint8Array(10 * 1024 * 1024).fill(0x20), 413, 'TOO_LARGE'],
  ])('refuses a body with %s', async (_what, body, status, code) => {
    const response = await post(body);
    expect(await response.json()).toMatchObject({ status, code });
  });

  it.each(['gzip', 'br', 'deflate, gzip', 'GZIP', 'nonsense'])('refuses a body with the content encoding %s, and takes it as it is', async (coding) => {
    const post = (encoding: string, type: string) =>
      fetch(`${registry.url}/things`, { method: 'POST', headers: { 'content-type': type, 'content-encoding': encoding }, body: gzipSync('{}') });
    for (const type of ['application/json', 'application/octet-stream'])
      expect(await (await post(coding, type)).json()).toMatchObject({
        status: 415,
        code: 'UNSUPPORTED_MEDIA_TYPE',
        detail: expect.stringContaining('as it is'),
      });
    expect((await post('identity', 'application/octet-stream')).status).toBe(201);
  });

  it.each(['/things/%zz', '/things/%', `/things/${'a'.repeat(300)}`])('refuses an address that cannot be read in its own words: %#', async (path) => {
    const response = await get(path);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST', instance: expect.stringContaining('urn:uuid:') });
  });

  it('is live and ready, and names its parts', async () => {
    expect((await get('/health/live')).status).toBe(200);
    const ready = await get('/health/ready');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ state: 'UP', parts: [{ part: 'things database', state: 'UP' }] });
  });

  it('gives nobody the registry unless a service declares that it reads it', () => {
    expect(() => registry.get(RegistryDatabase)).toThrow();
  });
});

describe('a process that cannot start', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('closes what it had opened and says why', async () => {
    const port = await freePort();
    const start = (
      settings = readSettings({ PORT: String(port), DATABASE_URL: database.adminUrl, DATA_DIR: `${process.env['TMPDIR'] ?? '/tmp'}/mcr-runtime-${port}` }),
    ) => run([things], { settings, log: createLogger('silent'), passwords: testPassword, withoutTheOthers: true });
    const first = await start();
    await expect(start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(200);
    await first.close();
    await (await start()).close();
  });
});
