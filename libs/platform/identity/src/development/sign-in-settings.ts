import { type Adapter, type Client, type Configuration, errors } from 'oidc-provider';
import type { PrivateKey } from '../client/key-file.ts';
import { AUDIENCE, PUBLISH_SCOPE } from '../principal.ts';
import { CLIENT_METADATA, claimsOf } from './sign-in-clients.ts';

/** A token is good for this long after its client was revoked, where nobody asks the registry's own copy. */
export const TOKEN_SECONDS = 600;
const LONGEST_ASSERTION_SECONDS = 300;
const CLOCK_SKEW_SECONDS = 10;

/** What the sign-in answers. Everything else of the provider is out of reach, whatever it would do. */
export const SERVED = ['/token', '/jwks', '/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'] as const;

const ASSERTION_ALGORITHMS = ['EdDSA', 'Ed25519', 'ES256'] as const;

/** The metadata (RFC 8414). The provider would write its addresses from the Host header, and name pages that are out of reach. */
export const metadataOf = (issuer: string) => ({
  issuer,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  grant_types_supported: ['client_credentials'],
  response_types_supported: [],
  scopes_supported: [PUBLISH_SCOPE],
  token_endpoint_auth_methods_supported: ['private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
});

const off = { enabled: false } as const;
const claims = (client: Client) => claimsOf(client as unknown as Record<string, unknown>);

/** Stricter than the provider, which also takes an assertion for whatever address the Host header names. */
function checkAssertion(issuer: string, { aud, exp }: Record<string, unknown>): void {
  const forUs = [aud].flat().every((audience) => audience === issuer || audience === `${issuer}/token`);
  if (!forUs) throw new errors.InvalidClientAuth('the client assertion is for another audience');
  if (Number(exp) > Date.now() / 1000 + LONGEST_ASSERTION_SECONDS + CLOCK_SKEW_SECONDS) {
    throw new errors.InvalidClientAuth('the client assertion must expire within 5 minutes');
  }
}

/** Machine clients with their own keys, and nothing else: no pages, no cookies, no secrets, no authorisation codes. */
export function signInSettings(issuer: string, signingKey: PrivateKey, adapter: (model: string) => Adapter): Configuration {
  return {
    adapter,
    jwks: { keys: [{ ...signingKey, alg: 'ES256', use: 'sig' }] },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: [...ASSERTION_ALGORITHMS] },
    clockTolerance: CLOCK_SKEW_SECONDS,
    responseTypes: [],
    scopes: [],
    extraClientMetadata: { properties: [...CLIENT_METADATA] },
    ttl: { ClientCredentials: TOKEN_SECONDS },
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.body = out;
    },
    assertJwtClientAuthClaimsAndHeader: (_ctx, assertion) => checkAssertion(issuer, assertion),
    extraTokenClaims: (_ctx, token) => {
      const { roles, institution } = claims(token.client!);
      return { roles, ...(institution === undefined ? {} : { institution }) };
    },
    features: {
      claimsParameter: off,
      clientCredentials: { enabled: true },
      devInteractions: off,
      dPoP: off,
      pushedAuthorizationRequests: off,
      rpInitiatedLogout: off,
      userinfo: off,
      resourceIndicators: {
        enabled: true,
        defaultResource: () => AUDIENCE,
        getResourceServerInfo: (ctx, resource, client) => {
          if (resource !== AUDIENCE) throw new errors.InvalidTarget();
          const { scopes } = claims(client);
          // A client that asks for no scope gets the ones of its registration (RFC 6749, 3.3).
          ctx.oidc.params!['scope'] ??= scopes || undefined;
          return { scope: scopes, audience: AUDIENCE, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
        },
      },
    },
  };
}
