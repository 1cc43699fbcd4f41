import { clientKeyPath, publisherClientId, readPrivateKey, SignInError } from '@mcr/identity';
import { CannotRun } from '../cannot-run.ts';
import { Registry } from './registry.ts';

interface Connection {
  readonly institution: string;
  readonly url: string;
  readonly dataDir: string;
  readonly key?: string;
  readonly clientId?: string;
}

/** Signs in as the institution's client. @throws CannotRun without a usable key, or when the registry does not answer or refuses it. */
export async function connect({ institution, url, dataDir, key: keyFile, clientId = publisherClientId(institution) }: Connection): Promise<Registry> {
  try {
    const registry = new Registry({ url, clientId, key: await readPrivateKey(keyFile ?? clientKeyPath(dataDir, institution)) });
    await registry.signIn();
    return registry;
  } catch (error) {
    if (!(error instanceof SignInError)) throw error;
    const remedy = error.reason === 'NO_KEY' ? ' Name the key of your client with --key FILE, or the data folder of the registry with DATA_DIR.' : '';
    throw new CannotRun(`${error.message}${remedy}`);
  }
}
