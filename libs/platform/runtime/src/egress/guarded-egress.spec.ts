import { afterEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { type EgressCode, EgressRefused } from './egress-refused.ts';
import { type EgressOptions, guardedEgress } from './guarded-egress.ts';
import { bypasses, leadsInside } from './testing/bypasses.ts';
import { type Answer, startOutside, startSentinel } from './testing/outside.ts';

const running: { stop: () => Promise<unknown> }[] = [];
afterEach(() => Promise.all(running.splice(0).map(({ stop }) => stop())));

async function outside(answer: Answer) {
  const server = await startOutside(answer, 'good.example');
  running.push(server);
  return server;
}

/** An institution's server that is this machine: its one address counts as public here. */
async function fetchFrom(answer: Answer, options: EgressOptions = {}) {
  const { port, ca, seen } = await outside(answer);
  const egress = guardedEgress({ ca, resolve: () => Promise.resolve(['127.0.0.1']), mayReach: (address) => address === '127.0.0.1', ...options });
  return { seen, ask: (path = '/did.json', host = 'good.example') => egress(`https://${host}:${port}${path}`) };
}

const codeOf = async (fetched: Promise<unknown>): Promise<EgressCode | undefined> => {
  try {
    await fetched;
    return undefined;
  } catch (error) {
    if (error instanceof EgressRefused) return error.code;
    throw error;
  }
};

const names: Record<string, readonly string[]> = { ...leadsInside, 'good.example': ['127.0.0.1'] };
const resolve = (name: string) => (names[name] ? Promise.resolve(names[name]) : Promise.reject(new Error(`ENOTFOUND ${name}`)));

describe('Asking for what is not on the public internet', () => {
  it('makes no connection, in none of more than 150 ways of writing it', async () => {
    const sentinel = await startSentinel();
    running.push(sentinel);
    const egress = guardedEgress({ resolve, timeoutMs: 2_000 });
    const ways = bypasses(sentinel.port);
    expect(new Set(ways).size).toBeGreaterThan(150);
    const codes = await Promise.all(ways.map(async (url) => [url, await codeOf(egress(url))] as const));
    expect(codes.filter(([, code]) => code === undefined || code === 'EGRESS_UNREACHABLE' || code === 'EGRESS_TOO_SLOW')).toEqual([]);
    expect(sentinel.connections).toBe(0);
  });

  it('would connect without the guard: the same ways reach it dozens of times', async () => {
    const sentinel = await startSentinel();
    running.push(sentinel);
    const unguarded = guardedEgress({ resolve, timeoutMs: 300, mayReach: (address) => /^127\.|^::1$|^0\.0\.0\.0$|^::$|^::ffff:7f00:1$/.test(address) });
    for (const url of bypasses(sentinel.port)) await codeOf(unguarded(url));
    expect(sentinel.connections).toBeGreaterThan(30);
  });

  it('connects to the address that was checked, whatever the name says a moment later', async () => {
    const sentinel = await startSentinel('127.0.0.2');
    running.push(sentinel);
    const server = await outside((_request, response) => response.end('{}'));
    const answers = [['127.0.0.1'], ['127.0.0.2'], ['127.0.0.2']];
    let asked = 0;
    const egress = guardedEgress({ ca: server.ca, resolve: () => Promise.resolve(answers[asked++]!), mayReach: (address) => address === '127.0.0.1' });
    await egress(`https://good.example:${server.port}/`);
    expect([asked, server.seen.length, sentinel.connections]).toEqual([1, 1, 0]);
    expect(await codeOf(egress(`https://good.example:${server.port}/`))).toBe('EGRESS_ADDRESS_NOT_PUBLIC');
    expect(sentinel.connections).toBe(0);
  });

  it('does not follow an answer that sends it there', async () => {
    const sentinel = await startSentinel();
    running.push(sentinel);
    const { ask } = await fetchFrom((request, response) => {
      response.writeHead(Number(request.url!.slice(1)), { location: `https://127.0.0.1:${sentinel.port}/` }).end();
    });
    for (const status of [301, 302, 303, 307, 308, 304]) expect(await codeOf(ask(`/${status}`))).toBe('EGRESS_REDIRECTED');
    expect(sentinel.connections).toBe(0);
  });

  it('takes no proxy from the environment', async () => {
    const sentinel = await startSentinel();
    running.push(sentinel);
    const before = { ...process.env };
    for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'ALL_PROXY']) process.env[name] = `http://127.0.0.1:${sentinel.port}`;
    process.env['NODE_USE_ENV_PROXY'] = '1';
    try {
      const { ask } = await fetchFrom((_request, response) => response.end('{}'));
      await ask();
    } finally {
      process.env = before;
    }
    expect(sentinel.connections).toBe(0);
  });
});

describe('Asking a host on the public internet', () => {
  it('gives the document and its type, compressed or not', async () => {
    const { ask, seen } = await fetchFrom((request, response) => {
      response.setHeader('content-type', 'application/did+json');
      if (request.url !== '/zipped') return response.end('{"id":"did:web:good.example"}');
      response.setHeader('content-encoding', 'gzip');
      return response.end(gzipSync('{"id":"did:web:good.example"}'));
    });
    for (const path of ['/plain', '/zipped'])
      expect(await ask(path).then(({ body, contentType }) => [Buffer.from(body).toString(), contentType])).toEqual([
        '{"id":"did:web:good.example"}',
        'application/did+json',
      ]);
    expect(seen).toEqual(['/plain', '/zipped']);
  });

  it('asks only those that are listed, or below one that is', async () => {
    const rules = { hosts: ['good.example', '*.college.example'] };
    const { ask } = await fetchFrom((_request, response) => response.end('{}'), rules);
    expect(await codeOf(ask())).toBeUndefined();
    expect(await codeOf(ask('/', 'GOOD.example.'))).not.toBe('EGRESS_HOST_NOT_LISTED');
    // Listed, but the certificate is another host's.
    expect(await codeOf(ask('/', 'did.college.example'))).toBe('EGRESS_UNREACHABLE');
    for (const host of ['college.example', 'notgood.example', 'good.example.evil.example', 'evilcollege.example'])
      expect(await codeOf(ask('/', host))).toBe('EGRESS_HOST_NOT_LISTED');
  });

  it('refuses what has more than a megabyte, however it says so', async () => {
    const large = Buffer.alloc(1024 * 1024 + 1, ' ');
    const { ask } = await fetchFrom((request, response) => {
      if (request.url === '/said') return response.writeHead(200, { 'content-length': large.length }).end(large);
      if (request.url === '/exactly') return response.end(large.subarray(1));
      if (request.url === '/bomb') return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
      response.write(large);
      return response.end();
    });
    for (const path of ['/said', '/unsaid', '/bomb']) expect(await codeOf(ask(path))).toBe('EGRESS_TOO_LARGE');
    expect((await ask('/exactly')).body).toHaveLength(1024 * 1024);
  });

  it('refuses a compression that it did not ask for, and one that is not what it says', async () => {
    const { ask } = await fetchFrom((request, response) =>
      response.writeHead(200, { 'content-encoding': request.url!.slice(1).replace('+', ', ') }).end('not compressed'),
    );
    for (const encoding of ['/br', '/gzip+gzip', '/deflate', '/gzip']) expect(await codeOf(ask(encoding))).toBe('EGRESS_ENCODING_UNKNOWN');
  });

  it('waits no longer than it may: for a name, for an answer, for the rest of it', async () => {
    const { ask } = await fetchFrom(
      (request, response) => {
        if (request.url === '/drips') setInterval(() => response.write(' '), 20).unref();
      },
      { timeoutMs: 300 },
    );
    for (const path of ['/silent', '/drips']) expect(await codeOf(ask(path))).toBe('EGRESS_TOO_SLOW');
    const neverResolved = guardedEgress({ resolve: () => new Promise(() => undefined), timeoutMs: 100 });
    expect(await codeOf(neverResolved('https://good.example/'))).toBe('EGRESS_TOO_SLOW');
  });

  it('takes nothing but a document that is there, from a server whose certificate is that of the name', async () => {
    const { ask } = await fetchFrom((request, response) => response.writeHead(Number(request.url!.slice(1))).end('{}'));
    for (const status of [201, 206, 401, 404, 500, 503]) expect(await codeOf(ask(`/${status}`))).toBe('EGRESS_NOT_FOUND');
    const stranger = await fetchFrom((_request, response) => response.end('{}'), { ca: undefined });
    expect(await codeOf(stranger.ask())).toBe('EGRESS_UNREACHABLE');
  });

  it('says why without repeating the address', async () => {
    const refused = guardedEgress({ resolve })('https://user:secret@good.example/private?token=1').catch((error: Error) => error.message);
    expect(await refused).toBe('The address holds a name or a password.');
  });
});
