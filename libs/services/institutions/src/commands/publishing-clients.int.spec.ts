import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RegisterPublishingClient, RevokePublishingClient, SuspendInstitution } from '@mcr/contracts';
import { type TestRegistry, principals } from '@mcr/testing';
import { aPublicKey, anActiveInstitution, codes, eventsOf, refusalOf, rowOf, startInstitutions } from '../testing/institutions-registry.ts';

const { registrar } = principals;
const aCode = codes();
const aClientId = (code: string): string => `${code.toLowerCase()}-publisher`;
let registry: TestRegistry;
let failsBeforeCommit = false;

beforeAll(async () => {
  registry = await startInstitutions({
    atFaultPoint: (point) => {
      if (failsBeforeCommit && point === 'after-append-before-commit') throw new Error('The machine stopped here.');
    },
  });
});
afterAll(() => registry.close());

const clientRow = async (clientId: string) =>
  (await registry.database('institutions').query('select * from publishing_client where client_id = $1', [clientId]))[0];

describe('a publishing client', () => {
  it('is registered and revoked as a part of its institution: its events count the institution’s version', async () => {
    const institution = aCode();
    const { ctid } = await anActiveInstitution(registry, institution);
    const [clientId, publicKey] = [aClientId(institution), aPublicKey()];
    const registered = await registry.call(RegisterPublishingClient, { institution, clientId, publicKey }, registrar);
    expect(registered).toEqual({ clientId, institutionCode: institution, scopes: ['award:publish'], status: 'ACTIVE' });
    expect(await rowOf(registry, institution)).toMatchObject({ version: 4 });
    expect(await registry.call(RevokePublishingClient, { clientId, reason: 'Key lost.' }, registrar)).toEqual({ ...registered, status: 'REVOKED' });
    expect(await rowOf(registry, institution)).toMatchObject({ version: 5 });
    expect(await clientRow(clientId)).toMatchObject({ status: 'REVOKED', reason: 'Key lost.', public_key: publicKey });

    const snapshot = { clientId, institutionCtid: ctid, institutionCode: institution, scopes: ['award:publish'], publicKey };
    expect((await eventsOf(registry, ctid)).slice(3).map(({ type, aggregateversion, data }) => ({ type, aggregateversion, data }))).toEqual([
      { type: 'ca.bc.mcr.publishingClient.registered.v1', aggregateversion: 4, data: { ...snapshot, status: 'ACTIVE' } },
      { type: 'ca.bc.mcr.publishingClient.revoked.v1', aggregateversion: 5, data: { ...snapshot, status: 'REVOKED' } },
    ]);
  });

  it('is registered once, however often the same is asked', async () => {
    const institution = aCode();
    const { ctid } = await anActiveInstitution(registry, institution);
    const input = { institution, clientId: aClientId(institution), publicKey: aPublicKey() };
    const first = await registry.call(RegisterPublishingClient, input, registrar);
    expect(await registry.call(RegisterPublishingClient, input, principals.institution(institution))).toEqual(first);
    expect(await eventsOf(registry, ctid)).toHaveLength(4);
    expect(await rowOf(registry, institution)).toMatchObject({ version: 4 });
  });

  it('keeps its id from everybody else, and for ever', async () => {
    const [one, other] = [aCode(), aCode()];
    await anActiveInstitution(registry, one);
    const { ctid } = await anActiveInstitution(registry, other);
    const input = { institution: one, clientId: aClientId(one), publicKey: aPublicKey() };
    await registry.call(RegisterPublishingClient, input, registrar);
    const codeOf = async (changes: object) => (await refusalOf(registry.call(RegisterPublishingClient, { ...input, ...changes }, registrar))).code;
    expect(await codeOf({ publicKey: aPublicKey() })).toBe('CLIENT_ID_TAKEN');
    expect(await codeOf({ institution: other })).toBe('CLIENT_ID_TAKEN');
    await registry.call(RevokePublishingClient, { clientId: input.clientId }, registrar);
    expect(await codeOf({})).toBe('CLIENT_ID_TAKEN');
    expect(await eventsOf(registry, ctid)).toHaveLength(3);
  });

  it('belongs to an active institution', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    await registry.call(SuspendInstitution, { institution, reason: 'Fees unpaid.' }, registrar);
    const input = { institution, clientId: aClientId(institution), publicKey: aPublicKey() };
    expect((await refusalOf(registry.call(RegisterPublishingClient, input, registrar))).code).toBe('ILLEGAL_STATE');
    expect((await refusalOf(registry.call(RegisterPublishingClient, { ...input, institution: 'NOBODY' }, registrar))).code).toBe('INSTITUTION_NOT_FOUND');
    expect(await clientRow(input.clientId)).toBeUndefined();
  });

  it('is revoked also while its institution is suspended, and once', async () => {
    const institution = aCode();
    await anActiveInstitution(registry, institution);
    const clientId = aClientId(institution);
    await registry.call(RegisterPublishingClient, { institution, clientId, publicKey: aPublicKey() }, registrar);
    await registry.call(SuspendInstitution, { institution, reason: 'Fees unpaid.' }, registrar);
    expect((await registry.call(RevokePublishingClient, { clientId }, registrar)).status).toBe('REVOKED');
    expect((await refusalOf(registry.call(RevokePublishingClient, { clientId }, registrar))).code).toBe('ILLEGAL_STATE');
  });

  it('is found by the staff of its own institution only', async () => {
    const [institution, other] = [aCode(), aCode()];
    await anActiveInstitution(registry, institution);
    await anActiveInstitution(registry, other);
    const clientId = aClientId(institution);
    await registry.call(RegisterPublishingClient, { institution, clientId, publicKey: aPublicKey() }, principals.institution(institution));
    const revoke = (input: { institution?: string; clientId: string }, code: string) =>
      registry.call(RevokePublishingClient, input, principals.institution(code));
    expect((await refusalOf(revoke({ institution: other, clientId }, other))).code).toBe('PUBLISHING_CLIENT_NOT_FOUND');
    expect((await refusalOf(revoke({ institution, clientId }, other))).code).toBe('FORBIDDEN');
    expect((await refusalOf(revoke({ clientId }, other))).code).toBe('FORBIDDEN');
    expect((await refusalOf(revoke({ institution, clientId: 'no-such-client' }, institution))).code).toBe('PUBLISHING_CLIENT_NOT_FOUND');
    expect((await revoke({ institution, clientId }, institution)).status).toBe('REVOKED');
  });

  it('and its event are both kept, or neither', async () => {
    const institution = aCode();
    const { ctid } = await anActiveInstitution(registry, institution);
    const input = { institution, clientId: aClientId(institution), publicKey: aPublicKey() };
    failsBeforeCommit = true;
    await expect(registry.call(RegisterPublishingClient, input, registrar)).rejects.toThrow('stopped here');
    failsBeforeCommit = false;
    expect(await clientRow(input.clientId)).toBeUndefined();
    expect(await rowOf(registry, institution)).toMatchObject({ version: 3 });
    await registry.call(RegisterPublishingClient, input, registrar);
    failsBeforeCommit = true;
    await expect(registry.call(RevokePublishingClient, { clientId: input.clientId }, registrar)).rejects.toThrow('stopped here');
    failsBeforeCommit = false;
    expect(await clientRow(input.clientId)).toMatchObject({ status: 'ACTIVE' });
    expect(await eventsOf(registry, ctid)).toHaveLength(4);
  });

  it.each([
    ['a private key', { d: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, '/publicKey/d'],
    ['a key that is too short', { x: 'AAAA' }, '/publicKey/x'],
    ['an algorithm that is not its own', { alg: 'none' }, '/publicKey/alg'],
    ['a key id that cannot be stored', { kid: 'k\u0000' }, '/publicKey/kid'],
    ['a kind of key that is not taken', { kty: 'RSA' }, '/publicKey/kty'],
    ['a point that is not on its curve', { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }, '/publicKey'],
  ])('is refused with %s', async (_what, change, pointer) => {
    const input = { institution: 'BCIT', clientId: 'bcit-publisher', publicKey: { ...aPublicKey(), ...change } };
    expect(await refusalOf(registry.call(RegisterPublishingClient, input as never, registrar))).toMatchObject({ code: 'INVALID_INPUT', faults: [{ pointer }] });
  });
});
