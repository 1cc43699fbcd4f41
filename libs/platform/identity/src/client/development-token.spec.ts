import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SignInServer, startSignIn, temporaryFolder } from '../testing/sign-in-server.ts';
import { TokenVerifier } from '../token-verifier.ts';
import { developmentToken, rolesToAskFor } from './development-token.ts';
import { clientKeyPath, ensurePrivateKey, publicPartOf, publisherClientId } from './key-file.ts';

describe('A development token', () => {
  let registry: SignInServer;
  let elsewhere: string;

  beforeAll(async () => {
    registry = await startSignIn();
    elsewhere = await temporaryFolder();
    const key = await ensurePrivateKey(clientKeyPath(registry.dataDir, 'BCIT'), 'EdDSA');
    const clientId = publisherClientId('BCIT');
    registry.clients.set(clientId, { clientId, publicKey: publicPartOf(key), scopes: ['award:publish'], status: 'ACTIVE' });
  });
  afterAll(async () => {
    await registry.close();
    await rm(elsewhere, { recursive: true, force: true });
  });

  const ask = (role: string, institution?: string, dataDir = registry.dataDir) => developmentToken({ dataDir, url: registry.url, role, institution });
  const principal = async (role: string, institution?: string) => TokenVerifier.ofSignInHere(registry.signIn).verify(`Bearer ${await ask(role, institution)}`);

  it.each(rolesToAskFor.filter((role) => !role.startsWith('institution')))('carries the role %s, and nothing else', async (role) => {
    expect(await principal(role)).toEqual({ subject: `dev-${role}`, clientId: `dev-${role}`, roles: [role], scopes: [] });
  });

  it('carries the institution of its person', async () => {
    expect(await principal('institution', 'BCIT')).toMatchObject({ roles: ['institution'], institution: 'BCIT' });
    expect(await principal('institution', 'UBC')).toMatchObject({ subject: 'dev-institution-UBC', institution: 'UBC' });
    expect(await principal('advisor', 'UBC')).toMatchObject({ subject: 'dev-advisor-UBC', roles: ['advisor'], institution: 'UBC' });
  });

  it("of an institution-client is the publishing client's own", async () => {
    expect(await principal('institution-client', 'BCIT')).toEqual({
      subject: 'bcit-publisher',
      clientId: 'bcit-publisher',
      roles: ['institution-client'],
      scopes: ['award:publish'],
    });
  });

  it.each<[string, string | undefined, string, RegExp]>([
    ['registrar', undefined, 'UNKNOWN_ROLE', /ministry-registrar/],
    ['service', undefined, 'UNKNOWN_ROLE', /The roles are/],
    ['institution', undefined, 'NO_INSTITUTION', /--institution CODE/],
    ['institution-client', undefined, 'NO_INSTITUTION', /--institution CODE/],
    ['institution', '../../secrets/sign-in', 'NO_INSTITUTION', /capital letters/],
    ['institution-client', 'bcit', 'NO_INSTITUTION', /capital letters/],
    ['admin', 'BCIT', 'NO_INSTITUTION', /leave --institution out/],
    ['learner', 'BCIT', 'NO_INSTITUTION', /leave --institution out/],
    ['advisor', 'bcit', 'NO_INSTITUTION', /capital letters/],
    ['institution-client', 'UBC', 'NO_KEY', /clients\/UBC\.jwk/],
  ])('is not given to %s of %s', async (role, institution, reason, message) => {
    await expect(ask(role, institution)).rejects.toMatchObject({ reason, message: expect.stringMatching(message) });
  });

  it('needs the data folder of the registry', async () => {
    await expect(ask('admin', undefined, elsewhere)).rejects.toMatchObject({ reason: 'NO_KEY', message: expect.stringContaining('DATA_DIR') });
    await ensurePrivateKey(clientKeyPath(elsewhere, 'development'));
    await expect(ask('admin', undefined, elsewhere)).rejects.toMatchObject({ reason: 'REFUSED' });
  });
});
