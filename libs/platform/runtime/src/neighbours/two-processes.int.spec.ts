import { SignJWT, importJWK } from 'jose';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Refusal } from '@mcr/event-kit';
import { ServiceToken, TokenVerifier, anonymous } from '@mcr/identity';
import type { PrivateKey, Principal } from '@mcr/identity';
import { eventually } from '@mcr/testing';
import { LampLit, Recognised, Suspend, TwoProcesses, lamps } from '../testing/two-processes.ts';

const refusalOf = (call: Promise<unknown>): Promise<Refusal> =>
  call.then(
    () => Promise.reject(new Error('Expected a refusal.')),
    (error: Refusal) => error,
  );

describe('services in two processes', () => {
  let two: TwoProcesses;
  let registrar: Principal;

  const verified = async (role: string): Promise<Principal> => two.programs.get(TokenVerifier).verify(`Bearer ${await two.token(role)}`);
  beforeAll(async () => {
    two = await TwoProcesses.start();
    registrar = await verified('ministry-registrar');
  });
  afterAll(() => two.close());

  const suspend = (input: object, principal: Principal) => two.programs.call(Suspend, input as never, principal);
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${two.addressOf('institutions')}${path}`, { headers });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  describe('a command', () => {
    it('arrives with the caller who sent it', async () => {
      expect(await suspend({ institution: 'BCIT', reason: 'fire' }, registrar)).toEqual({ by: 'dev-ministry-registrar', roles: ['ministry-registrar'] });
    });

    it('comes back as the refusal that was thrown there, with code, words, faults and time', async () => {
      const refusal = await refusalOf(suspend({ institution: 'FIRE', reason: 'fire' }, registrar));
      expect(refusal).toMatchObject({ code: 'ILLEGAL_STATE', message: 'Not while it burns.', retryAfterSeconds: 3, status: 409 });
      expect(refusal.faults).toEqual([{ pointer: '/institution', code: 'BURNS', message: 'It burns.', hint: 'Wait.' }]);
    });

    it('is checked where it is decided: the caller first, then every fault of the input', async () => {
      expect(await refusalOf(suspend({ institution: 'bcit' }, await verified('learner')))).toMatchObject({ code: 'FORBIDDEN' });
      const { code, faults } = await refusalOf(suspend({ institution: 'bcit', reason: '', more: 1 }, registrar));
      expect({ code, at: faults.map(({ pointer }) => pointer).sort() }).toEqual({ code: 'INVALID_INPUT', at: ['/institution', '/more', '/reason'] });
    });

    it('of somebody without a token stays without one: this process lends it no name', async () => {
      expect(await refusalOf(suspend({ institution: 'BCIT', reason: 'fire' }, anonymous))).toMatchObject({ code: 'UNAUTHENTICATED' });
    });

    it('cannot be called for a principal that nobody verified', async () => {
      await expect(suspend({ institution: 'BCIT', reason: 'fire' }, { ...registrar })).rejects.toThrow(/no token/);
    });

    it('that no service of the process has is not found', async () => {
      const response = await fetch(`${two.addressOf('institutions')}/commands/deleteEverything`, { method: 'POST', headers: bearer(await two.token('admin')) });
      expect(await response.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    });
  });

  it('asks what everybody may ask in its own name, when the caller has none', async () => {
    expect(await two.programs.call(Recognised, {}, anonymous)).toEqual({ by: 'svc-programs', roles: ['service'] });
    expect(await two.programs.call(Recognised, {}, registrar)).toMatchObject({ by: 'dev-ministry-registrar' });
  });

  describe('the log face', () => {
    it('is for services and administrators', async () => {
      const place = { issuer: `${two.signIn.url}/oidc`, reachedAt: two.signIn.url };
      const service = await new ServiceToken({ service: 'programs', dataDir: two.folders.programs, place }).get();
      expect((await get('/log/heads', bearer(service))).status).toBe(200);
      expect((await get('/log/heads', bearer(await two.token('admin')))).status).toBe(200);
      for (const role of ['ministry-registrar', 'learner', 'ministry-analyst']) {
        expect((await get('/log/heads', bearer(await two.token(role)))).status).toBe(403);
        expect((await get(`/log/${lamps.name}/0?after=0`, bearer(await two.token(role)))).status).toBe(403);
      }
    });

    it('believes no header but a good token', async () => {
      const forged = { 'x-mcr-service': 'programs', 'x-forwarded-user': 'svc-programs', 'x-roles': 'service,admin', 'x-internal': 'true' };
      expect((await get('/log/heads', forged)).status).toBe(401);
      // The sign-in's own key, and everything right but whom the token is meant for.
      const key = JSON.parse(await readFile(join(two.folders.signIn, 'secrets', 'sign-in.jwk'), 'utf8')) as PrivateKey;
      const claims = { iss: `${two.signIn.url}/oidc`, sub: 'svc-programs', client_id: 'svc-programs', jti: 'one', roles: ['service'] };
      const sign = async (aud: string) =>
        new SignJWT({ ...claims, aud })
          .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid! })
          .setIssuedAt()
          .setExpirationTime('5m')
          .sign(await importJWK(key, 'ES256'));
      expect((await get('/log/heads', bearer(await sign('urn:bc:mcr:somebody-else')))).status).toBe(401);
      expect((await get('/log/heads', bearer(await sign('urn:bc:mcr:registry')))).status).toBe(200);
    });

    it.each([`/log/${lamps.name}/x?after=0`, `/log/${lamps.name}/0?after=-1`, `/log/${lamps.name}/0?after=0&limit=501`, `/log/${lamps.name}/0`])(
      'refuses %s as malformed',
      async (path) => {
        expect((await get(path, bearer(await two.token('admin')))).status).toBe(400);
      },
    );

    it('knows the topics of its own services only', async () => {
      expect((await get('/log/mcr.programs.v1/0?after=0', bearer(await two.token('admin')))).status).toBe(404);
    });
  });

  const lit = (): Promise<string[]> =>
    two.programs
      .database('programs')
      .query<{ name: string }>('select name from lamp order by name')
      .then((rows) => rows.map(({ name }) => name));
  const light = (...names: string[]) =>
    two.institutions.parts('institutions').unitOfWork.run(async (tx) => names.forEach((lamp) => tx.append(LampLit, { lamp }, { version: 1 })));

  it('follows the log of a service elsewhere, and goes on when that one has been away', async () => {
    await light('a', 'b', 'c');
    await eventually(async () => expect(await lit()).toEqual(['a', 'b', 'c']));
    await two.institutions.close();
    expect(await refusalOf(suspend({ institution: 'BCIT', reason: 'fire' }, registrar))).toMatchObject({ code: 'UNAVAILABLE', retryAfterSeconds: 5 });
    const lag = two.programs.parts('programs').messaging.lag();
    await expect(lag).rejects.toMatchObject({ code: 'ECONNREFUSED', message: 'The institutions service does not answer.' });
    await two.startInstitutions();
    await light('d');
    await eventually(async () => expect(await lit()).toEqual(['a', 'b', 'c', 'd']), { timeoutMs: 20_000 });
    expect((await fetch(`${two.addressOf('programs')}/health/ready`)).status).toBe(200);
  });

  it('reads events that are larger than one answer', async () => {
    const padding = 'x'.repeat(500_000);
    await two.institutions.parts('institutions').unitOfWork.run(async (tx) => {
      for (let number = 0; number < 12; number += 1) tx.append(LampLit, { lamp: `large-${number}`, padding }, { version: 1, partition: 1 });
    });
    await eventually(async () => expect((await lit()).filter((name) => name.startsWith('large-'))).toHaveLength(12), { timeoutMs: 20_000 });
  });
});
