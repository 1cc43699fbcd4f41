import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { ensurePrivateKey, publicPartOf } from '../client/key-file.ts';
import { ServiceToken, serviceClientId, serviceKeyPath } from '../client/service-identity.ts';
import { clientToken } from '../client/token-source.ts';
import { tokenOf } from '../token-of.ts';
import { type SignInServer, startSignIn, temporaryFolder } from '../testing/sign-in-server.ts';
import { TokenVerifier } from '../token-verifier.ts';
import { HandedKeys } from './handed-keys.ts';

describe('A service in a process of its own', () => {
  let signIn: SignInServer;
  let ownFolder: string;

  beforeAll(async () => {
    signIn = await startSignIn();
    ownFolder = await temporaryFolder();
    const key = await ensurePrivateKey(serviceKeyPath(ownFolder, 'awards'));
    await new HandedKeys(signIn.dataDir).hand('svc-awards', publicPartOf(key));
  });
  afterAll(async () => {
    await signIn.close();
    await rm(ownFolder, { recursive: true });
  });

  const place = () => ({ issuer: signIn.signIn.issuer, reachedAt: signIn.url });
  const elsewhere = () => TokenVerifier.ofSignInAt({ issuer: signIn.signIn.issuer, url: signIn.url });

  it('signs in with its own key and is a service, nothing more', async () => {
    const token = await new ServiceToken({ service: 'awards', dataDir: ownFolder, place: place() }).get();
    const principal = await elsewhere().verify(`Bearer ${token}`);
    expect(principal).toEqual({ subject: 'svc-awards', clientId: 'svc-awards', roles: ['service'], scopes: [] });
    expect(decodeJwt(token)).not.toHaveProperty('scope');
  });

  it('is not let in with a key that was not handed to the sign-in, nor under another name', async () => {
    const stranger = new ServiceToken({ service: 'programs', dataDir: ownFolder, place: place() });
    await expect(stranger.get()).rejects.toMatchObject({ reason: 'REFUSED' });
    const key = await ensurePrivateKey(serviceKeyPath(ownFolder, 'programs'));
    await expect(clientToken({ url: signIn.url, clientId: serviceClientId('awards'), key })).rejects.toMatchObject({ reason: 'REFUSED' });
    await expect(clientToken({ url: signIn.url, clientId: 'svc-../../secrets/sign-in', key })).rejects.toMatchObject({ reason: 'REFUSED' });
  });

  it('cannot be a publishing client that took its name', async () => {
    const key = await ensurePrivateKey(join(ownFolder, 'clients', 'UBC.jwk'), 'EdDSA');
    signIn.clients.set('svc-search', { clientId: 'svc-search', publicKey: publicPartOf(key), scopes: ['award:publish'], status: 'ACTIVE' });
    await expect(clientToken({ url: signIn.url, clientId: 'svc-search', key })).rejects.toMatchObject({ reason: 'REFUSED' });
  });

  it('keeps the token of a caller beside the principal, and not in it', async () => {
    const token = await new ServiceToken({ service: 'awards', dataDir: ownFolder, place: place() }).get();
    const verifier = elsewhere();
    for (const principal of [await verifier.verify(`Bearer ${token}`), await verifier.verify(`Bearer ${token}`)]) {
      expect(tokenOf(principal)).toBe(token);
      expect(JSON.stringify(principal)).not.toContain(token.slice(0, 20));
    }
    expect(tokenOf({ subject: 'made up', clientId: 'made up', roles: ['admin'], scopes: [] })).toBeUndefined();
  });

  it('finds the sign-in unavailable while its process is away, also for good tokens', async () => {
    const token = await new ServiceToken({ service: 'awards', dataDir: ownFolder, place: place() }).get();
    const nobody = TokenVerifier.ofSignInAt({ issuer: signIn.signIn.issuer, url: 'http://127.0.0.1:9' });
    await expect(nobody.verify(`Bearer ${token}`)).rejects.toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    const away = new ServiceToken({ service: 'awards', dataDir: ownFolder, place: { issuer: signIn.signIn.issuer, reachedAt: 'http://127.0.0.1:9' } });
    await expect(away.get()).rejects.toMatchObject({ reason: 'UNREACHABLE' });
  });
});
