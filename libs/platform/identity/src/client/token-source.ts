import { randomUUID } from 'node:crypto';
import { SignJWT, importJWK } from 'jose';
import { z } from 'zod';
import { type PrivateKey, algorithmOf } from './key-file.ts';
import { SignInError } from './sign-in-error.ts';
import { type TokenEndpoint, discover, request } from './token-endpoint.ts';

interface Client {
  readonly clientId: string;
  /** Proves who it is. */
  readonly key: PrivateKey;
}

/** A client of the registry, and its address, such as `http://127.0.0.1:3000`. */
export interface ClientIdentity extends Client {
  readonly url: string;
}

/** A client that knows where it signs in without asking the registry. */
export interface ClientWithEndpoint extends Client {
  readonly endpoint: () => Promise<TokenEndpoint>;
}

const ASSERTION_SECONDS = 60;
const RENEW_SECONDS_BEFORE_END = 60;
const Answer = z.object({ access_token: z.string(), expires_in: z.number().positive() });
const OAuthError = z.object({ error: z.string() });

/** Signs in with `private_key_jwt` (RFC 7523) and keeps the token until shortly before it ends. Concurrent callers share one request. */
export class TokenSource {
  private current: { token: string; renewAtMs: number } | undefined;
  private pending: Promise<string> | undefined;

  constructor(
    private readonly client: ClientIdentity | ClientWithEndpoint,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async token(): Promise<string> {
    if (this.current !== undefined && this.now().getTime() < this.current.renewAtMs) return this.current.token;
    this.pending ??= this.renew().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async renew(): Promise<string> {
    const askedAtMs = this.now().getTime();
    const { access_token: token, expires_in: seconds } = await askForToken(this.client);
    this.current = { token, renewAtMs: askedAtMs + (seconds - Math.min(RENEW_SECONDS_BEFORE_END, seconds / 2)) * 1000 };
    return token;
  }
}

/** One access token. For more than one request use a `TokenSource`. */
export const clientToken = (client: ClientIdentity): Promise<string> => new TokenSource(client).token();

async function assertion({ clientId, key }: Client, endpoint: TokenEndpoint): Promise<string> {
  const algorithm = algorithmOf(key);
  const issuedAt = Math.floor(Date.now() / 1000);
  const jwt = new SignJWT({ iss: clientId, sub: clientId, aud: endpoint.issuer, jti: randomUUID(), iat: issuedAt, exp: issuedAt + ASSERTION_SECONDS });
  try {
    return await jwt.setProtectedHeader({ alg: algorithm }).sign(await importJWK(key, algorithm));
  } catch {
    throw new SignInError('BAD_KEY', `The key of the client "${clientId}" cannot sign.`);
  }
}

async function askForToken(client: ClientIdentity | ClientWithEndpoint): Promise<z.infer<typeof Answer>> {
  const endpoint = 'endpoint' in client ? await client.endpoint() : await discover(client.url);
  const response = await request(endpoint.url, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(client, endpoint),
    }),
  });
  const body: unknown = await response.json().catch(() => undefined);
  const answer = Answer.safeParse(body);
  if (response.ok && answer.success) return answer.data;
  const error = OAuthError.safeParse(body).data?.error;
  if (error === 'invalid_client')
    throw new SignInError('REFUSED', `The sign-in refused the client "${client.clientId}": it is unknown or revoked, or its key is another.`);
  throw new SignInError('REFUSED', `The sign-in gave no token: it answered ${response.status}${error === undefined ? '' : ` (${JSON.stringify(error)})`}.`);
}
