import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishingClientRegistered, PublishingClientRevoked } from '@mcr/contracts';
import { newCtid, type DataOf } from '@mcr/event-kit';
import { clientKeyPath, ensurePrivateKey, publicPartOf } from '@mcr/identity';
import { eventually } from '@mcr/testing';
import { PublishingClientReactions } from '../consumers/publishing-clients.consumer.ts';
import { RunningGateway } from '../testing/start-gateway.ts';

type Client = DataOf<typeof PublishingClientRegistered>;

describe('the development sign-in of the gateway', () => {
  let gateway: RunningGateway;
  let client: Client;
  beforeAll(async () => {
    gateway = await RunningGateway.start();
    const key = await ensurePrivateKey(clientKeyPath(gateway.registry.dataDir, 'BCIT'));
    client = {
      clientId: 'bcit-publisher',
      institutionCtid: newCtid(),
      institutionCode: 'BCIT',
      scopes: ['award:publish'],
      publicKey: publicPartOf(key),
      status: 'ACTIVE',
    } as Client;
  });
  afterAll(() => gateway.close());

  const append = (definition: typeof PublishingClientRegistered, data: Client, version: number) =>
    gateway.registry.parts('institutions').unitOfWork.run(async (tx) => tx.append(definition, data, { version }));
  const kept = () =>
    gateway.registry.database('gateway').query<{ status: string; aggregate_version: number }>('select status, aggregate_version from publishing_client');

  it('says where its keys and its token endpoint are', async () => {
    const metadata = (await (await fetch(`${gateway.registry.url}/oidc/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(metadata).toMatchObject({ issuer: `${gateway.registry.url}/oidc`, token_endpoint: `${gateway.registry.url}/oidc/token` });
    expect(await (await fetch(metadata['jwks_uri']!)).json()).toMatchObject({ keys: [{ kty: 'EC' }] });
  });

  it('reads its own bodies, and refuses the ones that make no sense', async () => {
    const token = `${gateway.registry.url}/oidc/token`;
    const form = await fetch(token, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) });
    expect({ status: form.status, body: await form.json() }).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    const json = await fetch(token, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
    expect(json.status).toBe(400);
    expect((await fetch(`${gateway.registry.url}/oidc/nowhere`)).status).toBe(404);
  });

  it('knows a publishing client from its registration to its revocation', async () => {
    await expect(gateway.token('institution-client', 'BCIT')).rejects.toThrow(/unknown or revoked/);
    await append(PublishingClientRegistered, client, 1);
    await eventually(() => gateway.token('institution-client', 'BCIT'));
    await append(PublishingClientRevoked, { ...client, status: 'REVOKED' }, 2);
    await eventually(() => expect(gateway.token('institution-client', 'BCIT')).rejects.toThrow(/unknown or revoked/));
  });

  it('keeps the newest that it heard of a client when an older event comes again', async () => {
    const [before] = await kept();
    const again = { data: client, aggregateversion: 1 } as never;
    await gateway.registry.parts('gateway').unitOfWork.run((tx) => new PublishingClientReactions().keepClientWhenRegisteredOrRevoked(again, { tx }));
    expect(await kept()).toEqual([before]);
    expect(before).toEqual({ status: 'REVOKED', aggregate_version: 2 });
  });

  it('is not there when people sign in elsewhere', async () => {
    const elsewhere = await RunningGateway.start({ environment: { OIDC_ISSUER: 'http://127.0.0.1:9/realms/bc' } });
    try {
      expect((await fetch(`${elsewhere.registry.url}/oidc/.well-known/openid-configuration`)).status).toBe(404);
    } finally {
      await elsewhere.close();
    }
  });
});
