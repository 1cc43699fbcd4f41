import { beforeEach, describe, expect, it } from '@jest/globals';
import type { JWTVerifyGetKey } from 'jose';
import { keysInProcess } from './issuer-keys.ts';
import { AUDIENCE, anonymous } from './principal.ts';
import { ISSUER, NOW, NOW_SECONDS, TokenForge } from './testing/token-forge.ts';
import { TokenVerifier } from './token-verifier.ts';

describe('TokenVerifier', () => {
  let forge: TokenForge;
  let verifier: TokenVerifier;
  let now: Date;
  let keysAsked: number;

  beforeEach(async () => {
    forge = await TokenForge.open();
    now = NOW;
    keysAsked = 0;
    const known = keysInProcess({ keys: [forge.publicJwk] });
    const keys: JWTVerifyGetKey = (header, token) => {
      keysAsked += 1;
      return known(header, token);
    };
    verifier = new TokenVerifier({ issuer: ISSUER, keys, algorithms: ['ES256'], now: () => now });
  });

  const refusalOf = (header: string) =>
    verifier.verify(header).then(
      () => undefined,
      (thrown: Error) => thrown.message,
    );

  it('calls somebody without a token anonymous', async () => {
    expect(await verifier.verify(undefined)).toBe(anonymous);
  });

  it('says who is calling, with roles, institution and scopes', async () => {
    const token = await forge.sign({
      sub: 'person-1',
      client_id: 'portal',
      roles: ['institution', 'learner'],
      institution: 'BCIT',
      scope: 'openid award:publish',
    });
    expect(await verifier.verify(`Bearer ${token}`)).toEqual({
      subject: 'person-1',
      clientId: 'portal',
      roles: ['institution', 'learner'],
      institution: 'BCIT',
      scopes: ['openid', 'award:publish'],
    });
  });

  it('knows no other roles than its own', async () => {
    const token = await forge.sign({ roles: ['offline_access', 'ADMIN', 'constructor', 'advisor'] });
    expect((await verifier.verify(`Bearer ${token}`)).roles).toEqual(['advisor']);
  });

  it('believes the institution of an advisor', async () => {
    const token = await forge.sign({ roles: ['advisor'], institution: 'BCIT' });
    expect(await verifier.verify(`Bearer ${token}`)).toMatchObject({ roles: ['advisor'], institution: 'BCIT' });
  });

  it('believes no institution of a publishing client', async () => {
    const token = await forge.sign({ roles: ['institution-client'], institution: 'BCIT' });
    expect(await verifier.verify(`Bearer ${token}`)).not.toHaveProperty('institution');
  });

  it('takes the scheme in any case, and a token for several audiences', async () => {
    const token = await forge.sign({ aud: ['urn:other', AUDIENCE] });
    expect(await verifier.verify(`bearer ${token}`)).toMatchObject({ roles: ['ministry-registrar'] });
  });

  it.each(['', ' ', 'Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a b', 'Negotiate abc', 'Bearer é.é.é'])('refuses the header "%s"', async (header) => {
    await expect(verifier.verify(header)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('says what is wrong in words that help', async () => {
    expect(await refusalOf(`Bearer ${await forge.sign({ exp: NOW_SECONDS - 60 })}`)).toMatch(/expired/);
    expect(await refusalOf(`Bearer ${await forge.sign({ aud: 'urn:x' })}`)).toContain(AUDIENCE);
    expect(await refusalOf(`Bearer ${await forge.sign({ jti: undefined })}`)).toContain('"jti"');
    expect(await refusalOf(`Bearer ${await forge.sign({}, { typ: 'JWT' })}`)).toContain('at+jwt');
  });

  it('allows a few seconds between two clocks, and never more than thirty', async () => {
    expect(await verifier.verify(`Bearer ${await forge.sign({ exp: NOW_SECONDS - 5 })}`)).toBeDefined();
    expect(await verifier.verify(`Bearer ${await forge.sign({ iat: NOW_SECONDS + 5 })}`)).toBeDefined();
    await expect(verifier.verify(`Bearer ${await forge.sign({ exp: NOW_SECONDS - 30 })}`)).rejects.toThrow(/expired/);
    await expect(verifier.verify(`Bearer ${await forge.sign({ iat: NOW_SECONDS + 31 })}`)).rejects.toThrow(/future/);
  });

  it('checks the signature of a token once, while it is remembered', async () => {
    const token = await forge.sign();
    for (let times = 0; times < 5; times += 1) await verifier.verify(`Bearer ${token}`);
    expect(keysAsked).toBe(1);
    now = new Date(NOW.getTime() + 61_000);
    await verifier.verify(`Bearer ${token}`);
    expect(keysAsked).toBe(2);
  });

  it('refuses a remembered token as soon as it has expired', async () => {
    const token = await forge.sign({ exp: NOW_SECONDS + 30 });
    await verifier.verify(`Bearer ${token}`);
    now = new Date((NOW_SECONDS + 41) * 1000);
    await expect(verifier.verify(`Bearer ${token}`)).rejects.toThrow(/expired/);
  });
});
