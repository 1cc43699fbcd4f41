import { calculateJwkThumbprint } from 'jose';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { PublicKey } from '../client/key-file.ts';
import type { Role } from '../principal.ts';
import { SERVICE_PREFIX } from '../client/service-identity.ts';
import { RESERVED_PREFIX, developmentPersonOf } from './development-roles.ts';
import type { HandedKeys } from './handed-keys.ts';

/** A publishing client as it is registered. */
export interface RegisteredClient {
  readonly clientId: string;
  readonly publicKey: PublicKey;
  readonly scopes: readonly string[];
  readonly status: 'ACTIVE' | 'REVOKED';
}

export type FindClient = (clientId: string) => Promise<RegisteredClient | undefined> | RegisteredClient | undefined;

/** What the registry adds to a client's metadata, in OAuth's way of writing names. */
export const CLIENT_METADATA = ['registry_roles', 'registry_institution', 'registry_scopes'] as const;

/** What a client's tokens say. */
export interface ClientClaims {
  readonly roles: readonly Role[];
  readonly institution?: string;
  readonly scopes: string;
}

export const claimsOf = (client: Record<string, unknown>): ClientClaims => ({
  roles: client['registry_roles'] as Role[],
  institution: client['registry_institution'] as string | undefined,
  scopes: client['registry_scopes'] as string,
});

/**
 * Only the key itself is believed: what a registration says beside it (algorithm, use) follows from the key. An assertion
 * that names a key must name this one: by the registered id, or else by its thumbprint (RFC 7638).
 */
async function keyOnly(key: PublicKey): Promise<object> {
  const kid = key.kid ?? (await calculateJwkThumbprint(key));
  return key.kty === 'OKP' ? { kty: key.kty, crv: key.crv, x: key.x, kid } : { kty: key.kty, crv: key.crv, x: key.x, y: key.y, kid };
}

async function metadataOf(clientId: string, key: PublicKey, { roles, institution, scopes }: ClientClaims): Promise<AdapterPayload> {
  return {
    client_id: clientId,
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    jwks: { keys: [await keyOnly(key)] },
    registry_roles: roles,
    ...(institution === undefined ? {} : { registry_institution: institution }),
    registry_scopes: scopes,
  } as AdapterPayload;
}

const refuseToKeep = (): Promise<never> => Promise.reject(new Error('Clients are kept by the registry, not by the sign-in.'));

/** The clients of the sign-in, looked up anew for every request: a revoked one is unknown from that moment. */
export function signInClients(developmentKey: PublicKey, handedKeys: HandedKeys, findClient: FindClient): Adapter {
  const find = async (clientId: string): Promise<AdapterPayload | undefined> => {
    if (clientId.startsWith(SERVICE_PREFIX)) {
      const key = await handedKeys.find(clientId);
      return key && metadataOf(clientId, key, { roles: ['service'], scopes: '' });
    }
    if (clientId.startsWith(RESERVED_PREFIX)) {
      const person = developmentPersonOf(clientId);
      return person && metadataOf(clientId, developmentKey, { roles: [person.role], institution: person.institution, scopes: '' });
    }
    const client = await findClient(clientId);
    if (client?.status !== 'ACTIVE') return undefined;
    return metadataOf(clientId, client.publicKey, { roles: ['institution-client'], scopes: client.scopes.join(' ') });
  };
  const nothing = () => Promise.resolve(undefined);
  return {
    find,
    findByUid: nothing,
    findByUserCode: nothing,
    upsert: refuseToKeep,
    consume: refuseToKeep,
    destroy: refuseToKeep,
    revokeByGrantId: refuseToKeep,
  };
}
