import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InviteInstitution, RegisterPublishingClient, SuspendInstitution } from '@mcr/contracts';
import { Refusal, newCtid } from '@mcr/event-kit';
import { type TestRegistry, anInstitution, principals } from '@mcr/testing';
import { aPublicKey, anActiveInstitution, eventsOf, rowOf, startInstitutions } from '../testing/institutions-registry.ts';

const { registrar } = principals;
let registry: TestRegistry;

beforeAll(async () => {
  registry = await startInstitutions({ poolSize: 8 });
});
afterAll(() => registry.close());

/** Each call's refusal code, or "done". */
const outcomes = async (calls: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(calls)).map((result) => {
    if (result.status === 'fulfilled') return 'done';
    if (result.reason instanceof Refusal) return result.reason.code;
    throw result.reason;
  });

describe('at the same time', () => {
  it('one of identical invitations wins', async () => {
    const invitation = anInstitution({ code: 'AAA' });
    const found = await outcomes(Array.from({ length: 6 }, () => registry.call(InviteInstitution, invitation, registrar)));
    expect(found.sort()).toEqual([...Array<string>(5).fill('CODE_TAKEN'), 'done']);
    expect(await eventsOf(registry, invitation.ctid!)).toHaveLength(1);
  });

  it('one of the invitations with the same CTID wins', async () => {
    const ctid = newCtid();
    const found = await outcomes(['BBA', 'BBB', 'BBC', 'BBD'].map((code) => registry.call(InviteInstitution, anInstitution({ ctid, code }), registrar)));
    expect(found.sort()).toEqual(['CTID_TAKEN', 'CTID_TAKEN', 'CTID_TAKEN', 'done']);
  });

  it('one of two decisions on the same version wins', async () => {
    await anActiveInstitution(registry, 'CCC');
    const suspend = (reason: string) => registry.call(SuspendInstitution, { institution: 'CCC', reason, expectedVersion: 3 }, registrar);
    expect((await outcomes([suspend('Fees unpaid.'), suspend('Fraud suspected.')])).sort()).toEqual(['VERSION_CONFLICT', 'done']);
    expect(await rowOf(registry, 'CCC')).toMatchObject({ version: 4 });
  });

  it('the same registration is made once and answered each time', async () => {
    const { ctid } = await anActiveInstitution(registry, 'DDD');
    const input = { institution: 'DDD', clientId: 'ddd-publisher', publicKey: aPublicKey() };
    expect(await outcomes(Array.from({ length: 4 }, () => registry.call(RegisterPublishingClient, input, registrar)))).toEqual(Array(4).fill('done'));
    expect(await eventsOf(registry, ctid)).toHaveLength(4);
  });

  it('one of two institutions gets a client id', async () => {
    const both = ['EEA', 'EEB'];
    for (const code of both) await anActiveInstitution(registry, code);
    const publicKey = aPublicKey();
    const found = await outcomes(
      both.map((institution) => registry.call(RegisterPublishingClient, { institution, clientId: 'shared-publisher', publicKey }, registrar)),
    );
    expect(found.sort()).toEqual(['CLIENT_ID_TAKEN', 'done']);
    const versions = await Promise.all(both.map(async (code) => (await rowOf(registry, code))!['version']));
    expect(versions.sort()).toEqual([3, 4]);
  });

  it('different institutions do not wait for ever for each other, and no event is lost', async () => {
    const invitations = Array.from({ length: 20 }, (_, index) => anInstitution({ code: `F${String.fromCharCode(65 + index)}F` }));
    expect(await outcomes(invitations.map((invitation) => registry.call(InviteInstitution, invitation, registrar)))).toEqual(Array(20).fill('done'));
    for (const { ctid } of invitations) expect(await eventsOf(registry, ctid!)).toHaveLength(1);
  });
});
