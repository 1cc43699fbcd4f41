import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DevelopmentSignIn, createDevelopmentSignIn } from '../development/development-sign-in.ts';
import type { RegisteredClient } from '../development/sign-in-clients.ts';

/** The development sign-in on a port of its own, with a table of clients that a test can change. */
export interface SignInServer {
  readonly url: string;
  readonly dataDir: string;
  readonly signIn: DevelopmentSignIn;
  readonly clients: Map<string, RegisteredClient>;
  readonly failures: object[];
  /** What the rest of the registry answers for, beside the sign-in. */
  requests: string[];
  close(): Promise<void>;
  /** Ends this one and starts another on the same port and data folder, as a restart of the registry does. */
  restart(): Promise<void>;
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'mcr-identity-'));

export async function startSignIn(): Promise<SignInServer> {
  const dataDir = await temporaryFolder();
  const clients = new Map<string, RegisteredClient>();
  const failures: object[] = [];
  const server = createServer((request, response) => {
    self.requests.push(`${request.method} ${request.url}`);
    self.signIn.callback(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const create = () =>
    createDevelopmentSignIn({
      issuer: `${url}/oidc`,
      dataDir,
      findClient: async (clientId) => clients.get(clientId),
      log: { error: (detail) => failures.push(detail) },
    });
  const self = {
    url,
    dataDir,
    clients,
    failures,
    requests: [] as string[],
    signIn: await create(),
    restart: async () => {
      self.signIn = await create();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return self;
}
