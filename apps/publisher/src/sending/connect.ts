import { clientKeyPath, publisherClientId, readPrivateKey, SignInError, type ClientIdentity } from '@mcr/identity';
import { CannotRun } from '../cannot-run.ts';
import { Registry } from './registry.ts';

interface Connection {
  readonly institution: string;
  readonly url: string;
  readonly dataDir: string;
  readonly key?: string;
  readonly clientId?: string;
}

/** Who publishes: the institution's client with its key. @throws CannotRun without a usable key. */
export function identityOf({ institution, url, dataDir, key: keyFile, clientId = publisherClientId(institution) }: Connection): Promise<ClientIdentity> {
  return orCannotRun(async () => ({ url, clientId, key: await readPrivateKey(keyFile ?? clientKeyPath(dataDir, institution)) }));
}

/** Signs in as the institution's client. @throws CannotRun without a usable key, or when the registry does not answer or refuses it. */
export async function connect(connection: Connection): Promise<Registry> {
  const registry = new Registry(await identityOf(connection));
  await orCannotRun(() => registry.signIn());
  return registry;
}

async function orCannotRun<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    const remedy = error.reason === 'NO_KEY' ? ' Name the key of your client with --key FILE, or the data folder of the registry with DATA_DIR.' : '';
    throw new CannotRun(`${error.message}${remedy}`);
  }
}
