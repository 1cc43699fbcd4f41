import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDevelopmentSignIn, type FindClient } from '@mcr/identity';

/** The development sign-in in a place of its own, as it is where the gateway runs in another process. */
export interface TestSignIn {
  /** Where it is reached; its pages are below `/oidc`. */
  readonly url: string;
  readonly issuer: string;
  readonly jwksUrl: string;
  close(): Promise<void>;
}

/** Its key lies in the data folder. It calls itself after `publicUrl`, or after its own address. */
export async function startTestSignIn(dataDir: string, { publicUrl, findClient }: { publicUrl?: string; findClient?: FindClient } = {}): Promise<TestSignIn> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${publicUrl ?? url}/oidc`;
  const { callback } = await createDevelopmentSignIn({ issuer, dataDir, findClient: findClient ?? (() => Promise.resolve(undefined)) });
  server.on('request', callback);
  return {
    url,
    issuer,
    jwksUrl: `${url}/oidc/jwks`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
