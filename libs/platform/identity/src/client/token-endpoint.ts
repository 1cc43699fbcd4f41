import { z } from 'zod';
import { SignInError } from './sign-in-error.ts';

/** Where to ask for a token, and what the sign-in calls itself. */
export interface TokenEndpoint {
  readonly issuer: string;
  readonly url: string;
}

const TIMEOUT_MS = 10_000;
const THIS_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '[::]']);
const Metadata = z.object({ issuer: z.url(), token_endpoint: z.url() });

export async function request(url: string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch {
    throw new SignInError('UNREACHABLE', `The registry does not answer at ${new URL(url).origin}. Start it with "npm start", or name its address.`);
  }
}

async function metadataAt(issuer: URL) {
  const response = await request(`${issuer.href.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const metadata = Metadata.safeParse(await response.json().catch(() => undefined));
  if (response.ok && metadata.success) return metadata.data;
  throw new SignInError(
    'NOT_A_REGISTRY',
    `There is no sign-in of a registry at ${issuer.href}. A registry with another sign-in (OIDC_ISSUER) gives its tokens there.`,
  );
}

/** Where an issuer gives its tokens, as it says itself. */
export async function discoverIssuer(issuer: string): Promise<TokenEndpoint> {
  const metadata = await metadataAt(new URL(issuer));
  if (metadata.issuer !== issuer) throw new SignInError('NOT_A_REGISTRY', `The issuer ${issuer} calls itself ${metadata.issuer}.`);
  return { issuer, url: metadata.token_endpoint };
}

/**
 * Asks the registry's sign-in where its token endpoint is. The issuer must be the one that was asked for: otherwise a
 * stranger could name another sign-in and use the client's signed assertion there. On this machine only the name and
 * the port may differ (localhost, a forwarded port); the token is then asked for where the registry was reached.
 */
export async function discover(registryUrl: string): Promise<TokenEndpoint> {
  if (!URL.canParse(registryUrl)) throw new SignInError('UNREACHABLE', `"${registryUrl}" is not an address.`);
  const expected = new URL(`${registryUrl.replace(/\/+$/, '')}/oidc`);
  const { issuer, token_endpoint: endpoint } = await metadataAt(expected);
  if (issuer === expected.href) return { issuer, url: endpoint };
  const named = new URL(issuer);
  if (THIS_MACHINE.has(named.hostname) && THIS_MACHINE.has(expected.hostname) && named.pathname === expected.pathname) {
    return { issuer, url: new URL(new URL(endpoint).pathname, expected).href };
  }
  throw new SignInError('NOT_A_REGISTRY', `The sign-in at ${expected.href} calls itself ${issuer}: use that address.`);
}
