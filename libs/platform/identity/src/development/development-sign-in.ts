import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import { Provider } from 'oidc-provider';
import { clientKeyPath, ensurePrivateKey, publicPartOf } from '../client/key-file.ts';
import { HandedKeys } from './handed-keys.ts';
import { type FindClient, signInClients } from './sign-in-clients.ts';
import { keySetOf, signInKey } from './sign-in-keys.ts';
import { SERVED, metadataOf, signInSettings } from './sign-in-settings.ts';
import { SpentAssertions } from './spent-assertions.ts';

export interface DevelopmentSignInOptions {
  /** What the sign-in calls itself, and where it is reached: PUBLIC_URL and `/oidc`. */
  readonly issuer: string;
  readonly dataDir: string;
  /** Asked at every request for a token; it answers from the registry's own table of publishing clients. */
  readonly findClient: FindClient;
  readonly log?: { error(detail: object, message: string): void };
}

export interface DevelopmentSignIn {
  readonly issuer: string;
  readonly jwks: JSONWebKeySet;
  /** For `node:http`, or mounted at the issuer's path with or without that path cut off. */
  readonly callback: (request: IncomingMessage, response: ServerResponse) => void;
}

/**
 * The sign-in of a registry that has no other (OIDC_ISSUER is unset). It gives access tokens for ten minutes to three kinds of
 * clients: the development roles, whose one key lies in the data folder, the registered publishing clients, and services
 * whose public keys were handed to it.
 */
export async function createDevelopmentSignIn({ issuer, dataDir, findClient, log }: DevelopmentSignInOptions): Promise<DevelopmentSignIn> {
  const signingKey = await signInKey(dataDir);
  const handedKeys = new HandedKeys(dataDir);
  const developmentKey = (await handedKeys.find('development')) ?? publicPartOf(await ensurePrivateKey(clientKeyPath(dataDir, 'development'), 'ES256'));
  const clients = signInClients(developmentKey, handedKeys, findClient);
  const spentAssertions = new SpentAssertions();
  const provider = new Provider(
    issuer,
    signInSettings(issuer, signingKey, (model) => (model === 'Client' ? clients : spentAssertions)),
  );
  const metadata = metadataOf(issuer);
  const failed = (error: unknown): void => log?.error({ err: error }, 'The development sign-in failed');
  provider.on('server_error', (_ctx, error) => failed(error));
  (provider as EventEmitter).on('error', failed);
  provider.use(async (ctx, next) => {
    if (!(SERVED as readonly string[]).includes(ctx.path)) {
      ctx.status = 404;
      ctx.body = { error: 'not_found', error_description: 'The development sign-in has no such page.' };
      return;
    }
    await next();
    if (ctx.path.startsWith('/.well-known/') && ctx.status === 200) ctx.body = metadata;
  });
  const answer = provider.callback();
  const mountedAt = new URL(issuer).pathname.replace(/\/$/, '');
  return {
    issuer,
    jwks: keySetOf(signingKey),
    callback: (request: IncomingMessage & { originalUrl?: string }, response) => {
      if (mountedAt !== '' && request.url?.startsWith(`${mountedAt}/`)) {
        request.originalUrl ??= request.url;
        request.url = request.url.slice(mountedAt.length);
      }
      void answer(request, response);
    },
  };
}
