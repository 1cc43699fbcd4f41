import { join } from 'node:path';
import { ensurePrivateKey } from './key-file.ts';
import { TokenSource } from './token-source.ts';
import { type TokenEndpoint, discoverIssuer } from './token-endpoint.ts';

/** Client ids that begin so belong to the registry's own services; a publishing client of such a name cannot sign in here. */
export const SERVICE_PREFIX = 'svc-';

/** What a service calls itself when it calls another one. */
export const serviceClientId = (service: string): string => `${SERVICE_PREFIX}${service}`;

/** A service's own key, among the secrets of the folder that its process is given. No other process needs to read it. */
export const serviceKeyPath = (dataDir: string, service: string): string => join(dataDir, 'secrets', `${serviceClientId(service)}.jwk`);

/** Where a process asks for its token: the registry's own sign-in at an address inside, or an issuer elsewhere. */
export type SignInPlace = { readonly issuer: string; readonly reachedAt: string } | { readonly issuerElsewhere: string };

const endpointOf = (place: SignInPlace) => async (): Promise<TokenEndpoint> =>
  'reachedAt' in place ? { issuer: place.issuer, url: `${place.reachedAt}/oidc/token` } : discoverIssuer(place.issuerElsewhere);

/** The token with which a process speaks for itself, where nobody's own token is at hand. */
export class ServiceToken {
  readonly #who: { readonly service: string; readonly dataDir: string; readonly place: SignInPlace };
  #source: Promise<TokenSource> | undefined;

  constructor(who: { readonly service: string; readonly dataDir: string; readonly place: SignInPlace }) {
    this.#who = who;
  }

  /** @throws SignInError while the sign-in does not answer, or does not know this process's key. */
  async get(): Promise<string> {
    return (await (this.#source ??= this.#open())).token();
  }

  async #open(): Promise<TokenSource> {
    const { service, dataDir, place } = this.#who;
    const key = await ensurePrivateKey(serviceKeyPath(dataDir, service), 'ES256');
    return new TokenSource({ clientId: serviceClientId(service), key, endpoint: endpointOf(place) });
  }
}
