import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DevelopmentSignIn, TokenVerifier, clientKeyPath, createDevelopmentSignIn, ensurePrivateKey, publicPartOf } from '@mcr/identity';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as `npm run -s token` does. */
function token(args: string[], environment: Record<string, string>): Promise<Ended> {
  return new Promise((ended) => {
    const env = { PATH: process.env['PATH'], ...environment };
    execFile(process.execPath, ['--import', at('./typescript.mjs'), at('./token.ts'), ...args], { env }, (error, stdout, stderr) => {
      ended({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

describe('The token command', () => {
  let signIn: DevelopmentSignIn;
  let dataDir: string;
  let url: string;
  const server = createServer((request, response) => signIn.callback(request, response));

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mcr-token-'));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const publicKey = publicPartOf(await ensurePrivateKey(clientKeyPath(dataDir, 'BCIT'), 'EdDSA'));
    const known = { clientId: 'bcit-publisher', publicKey, scopes: ['award:publish'], status: 'ACTIVE' } as const;
    signIn = await createDevelopmentSignIn({ issuer: `${url}/oidc`, dataDir, findClient: (clientId) => (clientId === known.clientId ? known : undefined) });
  });

  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(dataDir, { recursive: true, force: true });
  });

  const rolesOf = async (stdout: string) => (await TokenVerifier.ofSignInHere(signIn).verify(`Bearer ${stdout.trim()}`)).roles;

  it('prints the token and nothing else', async () => {
    const { code, stdout, stderr } = await token(['ministry-registrar'], { DATA_DIR: dataDir, PUBLIC_URL: url });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(await rolesOf(stdout)).toEqual(['ministry-registrar']);
  });

  it('finds the registry by its port, or by --url', async () => {
    const byPort = await token(['admin'], { DATA_DIR: dataDir, PORT: new URL(url).port });
    expect(await rolesOf(byPort.stdout)).toEqual(['admin']);
    const byUrl = await token(['--institution', 'BCIT', '--url', url, 'institution-client'], { DATA_DIR: dataDir, PORT: '9' });
    expect(await rolesOf(byUrl.stdout)).toEqual(['institution-client']);
  });

  it.each<[string[], Record<string, string>, RegExp]>([
    [[], {}, /Which role\?[^]*ministry-analyst/],
    [['admin', 'learner'], {}, /One role at a time/],
    [['minister'], {}, /no role "minister".*ministry-registrar.*institution-client/],
    [['institution'], {}, /--institution CODE/],
    [['institution', '--institution', 'bcit'], {}, /capital letters/],
    [['admin', '--colour'], {}, /--colour[^]*Usage/],
    [['admin'], { PUBLIC_URL: 'http://127.0.0.1:9' }, /does not answer.*npm start/],
    [['admin'], { DATA_DIR: '/nowhere' }, /clients\/development\.jwk.*DATA_DIR/],
    [['admin'], { OIDC_ISSUER: 'https://sign-in.example' }, /OIDC_ISSUER is set/],
  ])('says what is wrong with %j %j, with exit 2', async (args, environment, message) => {
    const { code, stdout, stderr } = await token(args, { DATA_DIR: dataDir, PUBLIC_URL: url, ...environment });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/ at .*\.ts/);
  });
});
