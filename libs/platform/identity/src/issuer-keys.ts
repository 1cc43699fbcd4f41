import { Refusal } from '@mcr/event-kit';
import { type JSONWebKeySet, type JWTVerifyGetKey, createLocalJWKSet, createRemoteJWKSet, errors } from 'jose';
import { z } from 'zod';

const TIMEOUT_MS = 5_000;
const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** The keys of the sign-in in this process: no request is needed to find them. */
export const keysInProcess = (jwks: JSONWebKeySet): JWTVerifyGetKey => createLocalJWKSet(jwks);

async function keySetUrl(issuer: string): Promise<URL> {
  const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`The issuer's metadata answered ${response.status}.`);
  const metadata = Metadata.parse(await response.json());
  if (metadata.issuer !== issuer) throw new Error(`The issuer calls itself ${metadata.issuer}.`);
  const url = new URL(metadata.jwks_uri);
  if (url.protocol !== 'https:' && new URL(issuer).protocol === 'https:') throw new Error('The keys of an https issuer must come over https.');
  return url;
}

const isTokensFault = (thrown: unknown): boolean => thrown instanceof errors.JWKSNoMatchingKey || thrown instanceof errors.JWKSMultipleMatchingKeys;

/**
 * The keys of an issuer elsewhere, found through its metadata at the first token and kept.
 * Unknown key ids fetch the key set again at most every 30 seconds, so forged tokens cannot flood the issuer.
 */
export function keysOfIssuer(issuer: string, onFailure?: (failure: unknown) => void): JWTVerifyGetKey {
  let known: JWTVerifyGetKey | undefined;
  let discovery: Promise<JWTVerifyGetKey> | undefined;
  const discover = (): Promise<JWTVerifyGetKey> =>
    (discovery ??= keySetUrl(issuer)
      .then((url) => (known = createRemoteJWKSet(url, REMOTE)))
      .finally(() => (discovery = undefined)));

  return unavailableOnFailure(async (header, token) => (known ?? (await discover()))(header, token), onFailure);
}

/** The keys of the registry's own sign-in, for a process that the sign-in is not in. The address is ours and not taken from metadata. */
export const keysAt = (url: URL, onFailure?: (failure: unknown) => void): JWTVerifyGetKey => unavailableOnFailure(createRemoteJWKSet(url, REMOTE), onFailure);

const REMOTE = { timeoutDuration: TIMEOUT_MS, cooldownDuration: 30_000 };

/** An issuer that cannot be reached is UNAVAILABLE: a caller with a good token must not be told that it is bad. */
function unavailableOnFailure(find: JWTVerifyGetKey, onFailure: (failure: unknown) => void = () => undefined): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await find(header, token);
    } catch (thrown) {
      if (isTokensFault(thrown)) throw thrown;
      onFailure(thrown);
      throw new Refusal('UNAVAILABLE', 'The keys of the sign-in cannot be fetched at the moment.', { retryAfterSeconds: 5 });
    }
  };
}
